import { Fault } from '../../base/fault.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import type { Version } from '../../guarantee/history.ts'
import { OWNER_RULES } from '../../guarantee/rules/particulars.ts'
import { type Finding, findings } from '../../guarantee/sufficiency.ts'
import type { FieldError } from '../../web/form.ts'
import type { Premiums } from '../company/premiums.ts'
import type { Life, LifePlan } from './life.ts'
import { LIFE_TERMS, type LifeEvent } from './life-events.ts'
import { type LifeFields, readLifeForm, readPaperForm } from './life-form.ts'
import { type Reckoning, reckoned } from './life-premium.ts'
import { LIFE_ERRORS } from './life-words.ts'
import type { Overview } from './overview.ts'
import { PAPER_EVENTS } from './paper/paper-events.ts'
import type { PaperLife } from './paper/paper-life.ts'
import type { PaperPlan } from './paper/paper-plan.ts'
import { paperVersions } from './paper/paper-rows.ts'
import { historyOf } from './version-rows.ts'

export interface Preview {
  event: LifeEvent
  fields: LifeFields
  errors: FieldError[]
  /** None for a new auth key, and where something is wrong. */
  plan?: LifePlan | PaperPlan
  premium?: Reckoning
  /** What is to be heeded of the terms that it makes. */
  warnings?: Finding[]
}

type Terms = (LifePlan | PaperPlan)['content']

const NOTHING_CHANGED: FieldError = { field: LIFE_TERMS[0], text: LIFE_ERRORS.nothingChanged }

/** The day on which a changed certificate is made out is no change of what it says. */
function isUnchanged({ changes }: LifePlan | PaperPlan): boolean {
  return changes.every(({ field }) => field === 'documentDate')
}

/** The owner itself was checked before the issue, and its terms cannot be changed here. */
const OF_OWNER = OWNER_RULES.map(({ code }) => code)

/** Of the terms after a 変更 or 訂正, by the usual values: an owner's own are known to the platform alone. */
function warningsOf({ event, targetSeq, certificate }: Terms, versions: readonly Version[]) {
  if (event !== 'amend' && event !== 'correct') return {}
  const judged = { event, certificate, versions, targetSeq: targetSeq ?? undefined }
  const warnings = findings(judged).filter(
    ({ code, severity }) => severity !== 'not_checkable' && !OF_OWNER.includes(code),
  )
  return warnings.length > 0 ? { warnings } : {}
}

/** What a form would do, with what it costs, or everything that is wrong with it. */
export function createPreview(
  { life, premiums }: { life: Life; premiums: Premiums },
  paperLife: Pick<PaperLife, 'plan'>,
) {
  async function reckon(seen: Overview, plan: LifePlan | PaperPlan, fields: LifeFields) {
    const premium = await reckoned(premiums, seen, plan, fields)
    return premium ? { premium } : {}
  }

  async function onPaper(seen: Overview, event: LifeEvent, fields: LifeFields): Promise<Preview> {
    const paperEvent = PAPER_EVENTS.find((one) => one === event)
    if (!paperEvent) throw new Fault('state_conflict', 'It is on paper; this is of the log.')
    const { issued, paper } = seen
    const certificate = JSON.parse(issued.certificate) as Certificate
    const { wish, errors } = readPaperForm(paperEvent, fields, certificate, life.today())
    if (errors.length > 0) return { event, fields, errors }
    const plan = paperLife.plan(issued, paper, wish)
    if (wish.certificate && isUnchanged(plan)) return { event, fields, errors: [NOTHING_CHANGED] }
    const warnings = warningsOf(plan.content, paperVersions(paper.steps))
    return { event, fields, errors, plan, ...warnings, ...(await reckon(seen, plan, fields)) }
  }

  return async (seen: Overview, event: LifeEvent, fields: LifeFields): Promise<Preview> => {
    const bySheets = seen.isOnPaper && (seen.paper.steps.length > 0 || event !== 'cancel_amendment')
    if (bySheets) return onPaper(seen, event, fields)
    if (event === 'rekey') return { event, fields, errors: [] }
    if (event === 'reissue') throw new Fault('state_conflict', 'It is not on paper.')
    const { wish, errors } = readLifeForm(event, fields, seen, life.today())
    if (errors.length > 0) return { event, fields, errors }
    const { issuer, numberKey } = seen.issued
    const plan = await life.plan(issuer, numberKey, wish)
    if (wish.certificate && isUnchanged(plan)) return { event, fields, errors: [NOTHING_CHANGED] }
    const warnings = warningsOf(plan.content, historyOf(seen.versions))
    return { event, fields, errors, plan, ...warnings, ...(await reckon(seen, plan, fields)) }
  }
}
