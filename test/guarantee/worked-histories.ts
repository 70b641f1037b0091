import type { Certificate } from '../../src/guarantee/certificate.ts'
import type { Status } from '../../src/guarantee/history.ts'
import type { EventKind } from '../../src/guarantee/record.ts'

/**
 * An event of a worked history. Its certificate is that of the event before with `set` changed, or,
 * with `as`, the very snapshot of an earlier seq.
 */
export interface WorkedEvent {
  event: EventKind
  targetSeq?: number
  reasonCode?: string
  set?: Partial<Certificate>
  as?: number
  /** What `follows` warns of. */
  warnings?: string[]
}

/** A row as the list shows it: seq and 対象 label, and for hidden rows why and by which seq. */
export type WorkedRow = string

export interface WorkedHistory {
  name: string
  events: WorkedEvent[]
  /** Rows of the contractor and, without the switch, of the owner. */
  effective: WorkedRow[]
  /** Rows of the auditor and, with the switch, of the owner. */
  all: WorkedRow[]
  state: Status['state']
  amendments: number
  /** The guaranteed amount of the current certificate. */
  amount: number
  /** Events that must not follow: state_conflict. */
  refused: WorkedEvent[]
  /** Events that may follow: the near twins of the refused. */
  accepted: WorkedEvent[]
}

const issue: WorkedEvent = { event: 'issue', set: { guaranteedAmount: 20_000_000 } }
const amend = (guaranteedAmount: number): WorkedEvent => ({
  event: 'amend',
  set: { guaranteedAmount },
})
const correct = (targetSeq: number, guaranteedAmount: number): WorkedEvent => ({
  event: 'correct',
  targetSeq,
  set: { guaranteedAmount },
})
const restore = (targetSeq: number, as: number): WorkedEvent => ({
  event: 'cancel_amendment',
  targetSeq,
  as,
})
const cancel: WorkedEvent = { event: 'cancel', reasonCode: 'contract_terminated' }
const release: WorkedEvent = { event: 'release' }

export const WORKED_HISTORIES: WorkedHistory[] = [
  {
    name: 'one entry',
    events: [issue],
    effective: ['1 issue'],
    all: ['1 issue'],
    state: 'in_force',
    amendments: 0,
    amount: 20_000_000,
    refused: [issue, restore(1, 1), correct(2, 1), correct(0, 1)],
    accepted: [amend(24_000_000), correct(1, 19_000_000), cancel, release],
  },
  {
    name: 'two amends',
    events: [issue, amend(24_000_000), amend(22_000_000)],
    effective: ['1 issue', '2 amend', '3 amend'],
    all: ['1 issue', '2 amend', '3 amend'],
    state: 'in_force',
    amendments: 2,
    amount: 22_000_000,
    refused: [restore(2, 1), restore(3, 1), restore(1, 1)],
    accepted: [restore(3, 2), correct(2, 1), correct(1, 1)],
  },
  {
    name: 'an amend cancelled: the terms before take effect again',
    events: [issue, amend(24_000_000), restore(2, 1)],
    effective: ['1 issue'],
    all: ['1 issue', '2 amend cancelled 3', '3 cancel_amendment is_cancellation'],
    state: 'in_force',
    amendments: 0,
    amount: 20_000_000,
    refused: [restore(3, 2), restore(2, 1), correct(3, 1), correct(2, 1)],
    accepted: [amend(24_000_000), correct(1, 1), cancel],
  },
  {
    name: 'the issue corrected',
    events: [issue, correct(1, 19_000_000)],
    effective: ['2 issue'],
    all: ['1 issue corrected 2', '2 issue'],
    state: 'in_force',
    amendments: 0,
    amount: 19_000_000,
    refused: [correct(1, 1), restore(2, 1), restore(1, 1)],
    accepted: [correct(2, 18_000_000), amend(24_000_000)],
  },
  {
    name: 'a correction corrected keeps the label at the end of the chain',
    events: [issue, amend(24_000_000), correct(2, 23_000_000), correct(3, 22_000_000)],
    effective: ['1 issue', '4 amend'],
    all: ['1 issue', '2 amend corrected 3', '3 amend corrected 4', '4 amend'],
    state: 'in_force',
    amendments: 1,
    amount: 22_000_000,
    refused: [correct(2, 1), correct(3, 1), restore(3, 1), restore(2, 1), restore(4, 3)],
    accepted: [restore(4, 1), correct(4, 1)],
  },
  {
    name: 'the correct standing for an amend cancelled',
    events: [issue, amend(24_000_000), correct(2, 23_000_000), restore(3, 1)],
    effective: ['1 issue'],
    all: [
      '1 issue',
      '2 amend corrected 3',
      '3 amend cancelled 4',
      '4 cancel_amendment is_cancellation',
    ],
    state: 'in_force',
    amendments: 0,
    amount: 20_000_000,
    refused: [restore(2, 1), restore(3, 1), correct(3, 1)],
    accepted: [amend(1_000_000), correct(1, 1)],
  },
  {
    name: 'two amends, the first corrected after the second: the second stays the latest',
    events: [issue, amend(24_000_000), amend(26_000_000), correct(2, 25_000_000)],
    effective: ['1 issue', '3 amend', '4 amend'],
    all: ['1 issue', '2 amend corrected 4', '3 amend', '4 amend'],
    state: 'in_force',
    amendments: 2,
    amount: 25_000_000,
    refused: [restore(4, 3), restore(3, 1), restore(3, 2), correct(2, 1)],
    accepted: [restore(3, 4), correct(3, 1), amend(1)],
  },
  {
    name: 'cancelled',
    events: [issue, amend(24_000_000), cancel],
    effective: ['1 issue', '2 amend', '3 cancel'],
    all: ['1 issue', '2 amend', '3 cancel'],
    state: 'cancelled',
    amendments: 1,
    amount: 24_000_000,
    refused: [amend(1), cancel, release, issue, restore(2, 1), restore(3, 1)],
    accepted: [restore(3, 2), correct(3, 24_000_000), correct(2, 1), correct(1, 1)],
  },
  {
    name: 'the cancel cancelled: in force again',
    events: [issue, amend(24_000_000), cancel, restore(3, 2)],
    effective: ['1 issue', '2 amend'],
    all: ['1 issue', '2 amend', '3 cancel cancelled 4', '4 cancel_amendment is_cancellation'],
    state: 'in_force',
    amendments: 1,
    amount: 24_000_000,
    refused: [restore(4, 3), restore(3, 2), correct(3, 1), correct(4, 1)],
    accepted: [amend(1), cancel, release, restore(2, 1)],
  },
  {
    name: 'a cancel after which an earlier entry is corrected can still be cancelled',
    events: [issue, cancel, correct(1, 19_000_000), restore(2, 3)],
    effective: ['3 issue'],
    all: [
      '1 issue corrected 3',
      '2 cancel cancelled 4',
      '3 issue',
      '4 cancel_amendment is_cancellation',
    ],
    state: 'in_force',
    amendments: 0,
    amount: 19_000_000,
    refused: [restore(4, 3), correct(2, 1), correct(1, 1)],
    accepted: [amend(1), correct(3, 1)],
  },
  {
    name: 'released, and the release cancelled after its correction',
    events: [issue, release, correct(2, 20_000_000), restore(3, 1)],
    effective: ['1 issue'],
    all: [
      '1 issue',
      '2 release corrected 3',
      '3 release cancelled 4',
      '4 cancel_amendment is_cancellation',
    ],
    state: 'in_force',
    amendments: 0,
    amount: 20_000_000,
    refused: [restore(2, 1), correct(3, 1)],
    accepted: [release, cancel],
  },
  {
    name: 'released',
    events: [issue, release],
    effective: ['1 issue', '2 release'],
    all: ['1 issue', '2 release'],
    state: 'released',
    amendments: 0,
    amount: 20_000_000,
    refused: [amend(1), cancel, release, restore(1, 1)],
    accepted: [restore(2, 1), correct(2, 20_000_000)],
  },
  {
    name: 'converted to paper, and so it stays when the entry is corrected',
    events: [issue, { event: 'cancel', reasonCode: 'converted_to_paper' }, correct(2, 20_000_000)],
    effective: ['1 issue', '3 cancel'],
    all: ['1 issue', '2 cancel corrected 3', '3 cancel'],
    state: 'on_paper',
    amendments: 0,
    amount: 20_000_000,
    refused: [amend(1), restore(2, 1)],
    accepted: [restore(3, 1)],
  },
  {
    name: 'replaced by another guarantee',
    events: [issue, { event: 'cancel', reasonCode: 'replaced' }],
    effective: ['1 issue', '2 cancel'],
    all: ['1 issue', '2 cancel'],
    state: 'cancelled',
    amendments: 0,
    amount: 20_000_000,
    refused: [amend(1), { ...restore(2, 1), set: { worksName: '別の工事' } }],
    accepted: [restore(2, 1)],
  },
  {
    name: 'an amend that changes nothing is taken with a warning',
    events: [issue, { event: 'amend', as: 1, warnings: ['no_change'] }],
    effective: ['1 issue', '2 amend'],
    all: ['1 issue', '2 amend'],
    state: 'in_force',
    amendments: 1,
    amount: 20_000_000,
    refused: [{ ...restore(2, 1), set: { documentDate: '2025-11-26' } }],
    accepted: [restore(2, 1)],
  },
]
