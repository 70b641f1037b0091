import { Fault } from '../../../base/fault.ts'
import type { Day } from '../../../base/time.ts'
import type { Certificate } from '../../../guarantee/certificate.ts'
import {
  type Change,
  effectiveVersions,
  follows,
  history,
  statusOf,
  type Version,
} from '../../../guarantee/history.ts'
import type { RecordPayload } from '../../../guarantee/record.ts'
import { EVENT_NAMES } from '../life-words.ts'
import { snapshotFor } from '../snapshot-for.ts'
import { type Issued, stateOf } from '../version-rows.ts'
import type { PaperContent } from './paper-content.ts'
import type { PaperEvent } from './paper-events.ts'
import { type OnPaper, type PaperStep, paperVersions } from './paper-rows.ts'

/** What the company wishes to happen to a guarantee on paper. */
export interface PaperWish {
  event: PaperEvent
  /** After it; for amend and correct. */
  certificate?: Certificate
  reason?: string
  reasonCode?: NonNullable<RecordPayload['reasonCode']>
}

/** Sheets that become void, by the steps that made them. */
interface Voids {
  from: number
  to: number
  why: string
}

/** What a wish would do. */
export interface PaperPlan {
  issued: Issued
  content: Pick<PaperStep, 'seq' | 'event' | 'targetSeq' | 'reason' | 'reasonCode'> & {
    certificate: Certificate
  }
  changes: Change[]
  state: Issued['state']
  /** None where all sheets go on. */
  voids?: Voids
  /** Their numbers. */
  voided: readonly string[]
  /** What new sheets say; none where none are made. */
  prints?: Omit<PaperContent, 'office' | 'details'>
}

/**
 * What a wish would do, judged by the rules that hold in the log, too.
 * @param on the day of today
 * @throws Fault state_conflict
 */
export function planOf(issued: Issued, paper: OnPaper, wish: PaperWish, on: Day): PaperPlan {
  const versions = paperVersions(paper.steps)
  const current = versions.at(-1)
  if (!current) throw new Fault('state_conflict', 'There are no sheets of it yet.')
  const { event } = wish
  checkState(issued, event)
  const seq = paper.newest + 1
  const { latest, next } = nextOf(versions, wish, seq)
  const after = event === 'reissue' ? versions : [...versions, next]
  const { certificate } = next
  const shown = { ...current, seq, certificate }
  return {
    issued,
    content: {
      ...{ seq, event, certificate, targetSeq: next.targetSeq ?? null },
      ...{ reason: wish.reason ?? null, reasonCode: wish.reasonCode ?? null },
    },
    changes: history([current, shown], 'auditor').at(-1)?.changes ?? [],
    state: stateAfter(issued, after),
    voided: [],
    ...sheetsAfter(
      paper,
      event,
      latest,
      {
        ...(issued.format === 'electronic' && { switched: true }),
        ...(event === 'amend' && {
          amended: {
            times: statusOf(after, '').amendments,
            before: current.certificate,
            reason: wish.reason ?? '',
            on,
          },
        }),
      },
      on,
    ),
  }
}

/** Of what has ended, neither new sheets nor corrected ones are made. */
function checkState({ state }: Issued, event: PaperEvent): void {
  const ended = state === 'cancelled' || state === 'released'
  if (ended && (event === 'reissue' || event === 'correct')) {
    throw new Fault('state_conflict', 'The guarantee has ended; take the ending back first.')
  }
}

/** The history with the wish in it, and the effective version that it is about. */
function nextOf(versions: readonly Version[], wish: PaperWish, seq: number) {
  const latest = effectiveVersions(versions).at(-1)
  const current = versions.at(-1)
  if (!latest || !current) throw new Fault('state_conflict', 'There are no sheets of it yet.')
  const { event } = wish
  const kept = { ...current, seq, index: seq - 1 }
  if (event === 'reissue') return { latest, next: kept }
  const certificate = wish.certificate ?? snapshotFor({ event }, versions)
  const targets = event === 'correct' || event === 'cancel_amendment'
  const { targetSeq: _, ...bare } = kept
  const next: Version = {
    ...bare,
    ...{ event, certificate },
    ...(targets && { targetSeq: latest.version.seq }),
  }
  follows(versions, next)
  return { latest, next }
}

/** One that came over from the log stays 書面へ切替済 for as long as it is in force. */
function stateAfter({ format }: Issued, versions: readonly Version[]): Issued['state'] {
  const state = stateOf(versions)
  return state === 'in_force' && format === 'electronic' ? 'on_paper' : state
}

/**
 * 変更 adds sheets to those of before; 再発行 and 訂正 put new ones in their place. 変更取消 makes those
 * of the 変更 void, and only where the ones before it are void already, new ones are needed.
 */
function sheetsAfter(
  { sets, newest }: OnPaper,
  event: PaperEvent,
  { version, root }: ReturnType<typeof effectiveVersions>[number],
  said: Omit<PaperContent, 'office' | 'details'>,
  on: Day,
): Pick<PaperPlan, 'prints' | 'voids'> & Partial<Pick<PaperPlan, 'voided'>> {
  if (event === 'cancel' || event === 'release') return {}
  if (event === 'amend') return { prints: said }
  const takesBack = event === 'cancel_amendment'
  if (takesBack && root.event !== 'amend') return {}
  const standing = sets.filter((set) => set.standing !== 'void')
  const numbers = (of: typeof sets) => of.flatMap(({ sheets }) => sheets.map(({ sheet }) => sheet))
  const why = EVENT_NAMES[event]
  const last = standing.at(-1)
  if (takesBack && last?.step.seq === version.seq && last.step.event === 'amend') {
    const { seq } = version
    return { voids: { from: seq, to: seq, why }, voided: numbers([last]) }
  }
  const voided = numbers(standing)
  return {
    voids: { from: 0, to: newest, why },
    voided,
    prints: { ...said, replacing: { why: event, on, sheets: voided } },
  }
}
