import { Fault } from '../../base/fault.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
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

export interface Preview {
  event: LifeEvent
  fields: LifeFields
  errors: FieldError[]
  /** None for a new auth key, and where something is wrong. */
  plan?: LifePlan | PaperPlan
  premium?: Reckoning
}

const NOTHING_CHANGED: FieldError = { field: LIFE_TERMS[0], text: LIFE_ERRORS.nothingChanged }

/** The day on which a changed certificate is made out is no change of what it says. */
function isUnchanged({ changes }: LifePlan | PaperPlan): boolean {
  return changes.every(({ field }) => field === 'documentDate')
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
    return { event, fields, errors, plan, ...(await reckon(seen, plan, fields)) }
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
    return { event, fields, errors, plan, ...(await reckon(seen, plan, fields)) }
  }
}
