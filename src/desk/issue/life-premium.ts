import type { Certificate } from '../../guarantee/certificate.ts'
import { readRecord } from '../../guarantee/record.ts'
import type { AppliedKind } from '../application/content.ts'
import type { BillMade, Payment, Reckoned } from '../company/bills.ts'
import type { OpenStatement } from '../company/open-statements.ts'
import type { Premiums } from '../company/premiums.ts'
import type { CancelStage } from '../premium/cancel.ts'
import type { ChangeQuote } from '../premium/change.ts'
import { bandNotes } from '../print/statement-lines.ts'
import type { LifePlan } from './life.ts'
import type { LifeFields } from './life-form.ts'
import { stagesOf } from './life-words.ts'
import type { Overview } from './overview.ts'
import type { PaperPlan } from './paper/paper-plan.ts'

/** What the difference in premium comes to; `bill` makes its statement. */
export interface Reckoning {
  /** `mark`: 見本料率. */
  quote: { type: 'charge' | 'refund' | 'none' | 'unknown'; yen: number; mark?: string }
  /** Why it comes to that. */
  notes?: readonly string[]
  /** What else of the guarantee is open. */
  open: readonly OpenStatement[]
  bill(payment: Payment): Promise<BillMade>
}

/** A record or a step on paper, with the statement that it brought about. */
interface Done {
  seq: number
  event: string
  targetSeq: number | null
  reasonCode: string | null
  statement: string | null
}

const nothing = (type: 'none' | 'unknown'): Reckoning => ({
  quote: { type, yen: 0 },
  open: [],
  bill: async () => ({ queries: [] }),
})

/**
 * 変更 costs the difference or gives it back, 訂正 the whole difference, 解約 gives back by how far the
 * works are; 変更取消 takes back what any of them came to.
 * What was billed elsewhere, or never, is unknown: a difference to it cannot be reckoned.
 * @returns undefined where the deed has nothing to do with the premium
 */
export async function reckoned(
  premiums: Premiums,
  seen: Overview,
  plan: LifePlan | PaperPlan,
  { stage }: LifeFields,
): Promise<Reckoning | undefined> {
  const { issuer, org, application, kind, contractNumber, certificate } = seen.issued
  const about = { issuer, org, application, kind: kind as AppliedKind, contractNumber }
  const { event, certificate: becomes, targetSeq } = plan.content
  const was = JSON.parse(certificate) as Certificate
  if (event === 'release' || event === 'reissue' || isSwitch(plan.content)) return undefined
  const done = 'known' in plan ? recorded(seen) : seen.paper.steps
  const { root, statements } = targetOf(done, targetSeq)
  // What a 解約 gives back hangs on what was charged, not on the terms.
  if (event === 'correct' && (root === 'cancel' || root === 'switch')) return nothing('none')
  if (!(await premiums.isBilled(about))) {
    const touched = event === 'cancel' || root === 'cancel' || differ(was, becomes)
    return nothing(touched ? 'unknown' : 'none')
  }
  if (event === 'amend') return explained(await premiums.forChange(about, { was, becomes }))
  if (event === 'cancel_amendment') {
    return (await premiums.forReversal(about, statements)) ?? nothing('none')
  }
  if (event === 'correct') {
    return explained(await premiums.forCorrection(about, { was, becomes }, statements[0]))
  }
  const known = stagesOf(kind).choices.find(({ value }) => value === stage)
  return premiums.forCancel(about, was, (known?.value ?? 'after_advance_paid') as CancelStage)
}

function explained(made: Reckoned<ChangeQuote>): Reckoning {
  return { ...made, notes: bandNotes(made.quote.steps) }
}

function isSwitch({ event, reasonCode }: Pick<Done, 'event'> & { reasonCode?: string | null }) {
  return event === 'cancel' && reasonCode === 'converted_to_paper'
}

/** What a premium is reckoned by. */
function differ(was: Certificate, becomes: Certificate): boolean {
  return (
    was.guaranteedAmount !== becomes.guaranteedAmount ||
    was.coverage.start !== becomes.coverage.start ||
    was.coverage.end !== becomes.coverage.end
  )
}

function recorded({ versions }: Overview): Done[] {
  return versions.map(({ seq, event, jws, statement }) => {
    const { targetSeq = null, reasonCode = null } = readRecord(jws).payload
    return { seq, event, statement, targetSeq, reasonCode }
  })
}

/** What is corrected or taken back, with the 訂正 that stand in its place: newest statement first. */
function targetOf(done: readonly Done[], targetSeq: number | null | undefined) {
  const statements: string[] = []
  let one = done.find(({ seq }) => seq === targetSeq)
  while (one) {
    const { event, statement, targetSeq: corrected } = one
    if (statement !== null) statements.push(statement)
    if (event !== 'correct') return { root: isSwitch(one) ? 'switch' : event, statements }
    one = done.find(({ seq }) => seq === corrected)
  }
  return { root: undefined, statements }
}
