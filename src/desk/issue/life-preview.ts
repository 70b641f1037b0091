import type { CompiledQuery } from 'kysely'
import { Fault } from '../../base/fault.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import type { FieldError } from '../../web/form.ts'
import type { AppliedKind } from '../application/content.ts'
import type { Payment } from '../company/bills.ts'
import type { Premiums } from '../company/premiums.ts'
import type { CancelStage } from '../premium/cancel.ts'
import type { Life, LifePlan } from './life.ts'
import { LIFE_TERMS, type LifeEvent } from './life-events.ts'
import { type LifeFields, readLifeForm, readPaperForm } from './life-form.ts'
import { LIFE_ERRORS, STAGES } from './life-words.ts'
import type { Overview } from './overview.ts'
import { PAPER_EVENTS } from './paper/paper-events.ts'
import type { PaperLife } from './paper/paper-life.ts'
import type { PaperPlan } from './paper/paper-plan.ts'
import type { Issued } from './version-rows.ts'

/** What the difference in premium comes to; `bill` makes its statement. */
interface Reckoning {
  quote: { type: 'charge' | 'refund' | 'none'; yen: number }
  bill(payment: Payment): Promise<{ number?: string; queries: CompiledQuery[] }>
}

export interface Preview {
  event: LifeEvent
  fields: LifeFields
  errors: FieldError[]
  /** None for a new auth key, and where something is wrong. */
  plan?: LifePlan | PaperPlan
  premium?: Reckoning
}

/** What a form would do, with what it costs, or everything that is wrong with it. */
export function createPreview(
  { life, premiums }: { life: Life; premiums: Premiums },
  paperLife: Pick<PaperLife, 'plan'>,
) {
  async function reckon(issued: Issued, plan: LifePlan | PaperPlan, fields: LifeFields) {
    const premium = await reckoned(premiums, issued, plan.content, fields)
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
    const changed = plan.changes.some(({ field }) => field !== 'documentDate')
    if (wish.certificate && !changed) {
      const nothing = { field: LIFE_TERMS[0], text: LIFE_ERRORS.nothingChanged }
      return { event, fields, errors: [nothing] }
    }
    return { event, fields, errors, plan, ...(await reckon(issued, plan, fields)) }
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
    return { event, fields, errors, plan, ...(await reckon(seen.issued, plan, fields)) }
  }
}

/** 変更 costs the difference or gives it back; 解約 gives back by how far the works are. */
async function reckoned(
  premiums: Premiums,
  issued: Issued,
  content: (LifePlan | PaperPlan)['content'],
  { stage }: LifeFields,
): Promise<Reckoning | undefined> {
  const { issuer, org, application, contractNumber } = issued
  const about = { issuer, org, application, kind: issued.kind as AppliedKind, contractNumber }
  const was = JSON.parse(issued.certificate)
  if (content.event === 'amend') {
    return premiums.forChange(about, { was, becomes: content.certificate })
  }
  if (content.event !== 'cancel' || content.reasonCode === 'converted_to_paper') return undefined
  const known = STAGES.find(({ value }) => value === stage)?.value ?? 'after_advance_paid'
  return premiums.forCancel(about, was, known as CancelStage)
}
