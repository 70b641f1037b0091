import { readRecord } from '../../guarantee/record.ts'
import type { AppliedKind } from '../application/content.ts'
import type { BillMade, Payment } from '../company/bills.ts'
import type { Premiums } from '../company/premiums.ts'
import type { CancelStage } from '../premium/cancel.ts'
import type { LifePlan } from './life.ts'
import type { LifeFields } from './life-form.ts'
import { stagesOf } from './life-words.ts'
import type { Overview } from './overview.ts'
import type { PaperPlan } from './paper/paper-plan.ts'

/** What the difference in premium comes to; `bill` makes its statement. */
export interface Reckoning {
  /** `mark`: 見本料率. */
  quote: { type: 'charge' | 'refund' | 'none'; yen: number; mark?: string }
  bill(payment: Payment): Promise<BillMade>
}

/** A record or a step on paper, with the statement that it brought about. */
interface Done {
  seq: number
  event: string
  targetSeq: number | null
  statement: string | null
}

const NOTHING_DUE: Reckoning = {
  quote: { type: 'none', yen: 0 },
  bill: async () => ({ queries: [] }),
}

/**
 * 変更 costs the difference or gives it back, 訂正 the whole difference, 解約 gives back by how far the
 * works are; 変更取消 takes back what any of them came to.
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
  const { event, certificate: becomes, targetSeq, reasonCode } = plan.content
  const was = JSON.parse(certificate)
  if (event === 'amend') return premiums.forChange(about, { was, becomes })
  if (event === 'correct' || event === 'cancel_amendment') {
    const target = targetOf('known' in plan ? recorded(seen) : seen.paper.steps, targetSeq)
    if (event === 'cancel_amendment') {
      return (await premiums.forReversal(about, target.statements)) ?? NOTHING_DUE
    }
    // What a 解約 gives back hangs on what was charged, not on the terms.
    if (target.root === 'cancel') return NOTHING_DUE
    return premiums.forCorrection(about, { was, becomes }, target.statements[0])
  }
  if (event !== 'cancel' || reasonCode === 'converted_to_paper') return undefined
  const known = stagesOf(kind).choices.find(({ value }) => value === stage)
  return premiums.forCancel(about, was, (known?.value ?? 'after_advance_paid') as CancelStage)
}

function recorded({ versions }: Overview): Done[] {
  return versions.map(({ seq, event, jws, statement }) => ({
    ...{ seq, event, statement },
    targetSeq: readRecord(jws).payload.targetSeq ?? null,
  }))
}

/** What is corrected or taken back, with the 訂正 that stand in its place: newest statement first. */
function targetOf(done: readonly Done[], targetSeq: number | null | undefined) {
  const statements: string[] = []
  let one = done.find(({ seq }) => seq === targetSeq)
  while (one) {
    const { event, statement, targetSeq: corrected } = one
    if (statement !== null) statements.push(statement)
    if (event !== 'correct') return { root: event, statements }
    one = done.find(({ seq }) => seq === corrected)
  }
  return { root: undefined, statements }
}
