import type { CompiledQuery } from 'kysely'
import type { Instant } from '../../base/time.ts'
import type { Entry } from '../../log/entry.ts'
import type { EntryFacts } from './log-facts.ts'

/** What all proposals of one group share while they are judged, in order. */
export interface Group {
  /** 電子保証発行日時 of everything that this group appends. */
  readonly arrived: Instant
  /** The note of the newest checkpoint; empty while the log is. */
  readonly head: string
  /** What earlier proposals of the group have changed and the database does not hold yet. */
  readonly memory: Map<string, unknown>
}

/** Where an entry landed: its proof in the tree of `note`. */
export interface Landed {
  index: number
  size: number
  note: string
  entry: Uint8Array
  /** Inclusion proof, from the leaf's sibling upwards. */
  hashes: Uint8Array[]
}

/** An entry with the rows that stand beside it, or an answer that needs no entry. */
export type Decision<Result> =
  | {
      kind: 'append'
      entry: Entry
      /** The guarantee that it is about, for auditors' lists; what the entry itself says goes without. */
      facts?: EntryFacts
      rows: (index: number) => CompiledQuery[]
      done: (landed: Landed) => Result
    }
  /** `result` is asked for after the group's commit. */
  | { kind: 'answer'; result: () => Result }

/**
 * Judges against the state of the log's head; a Fault that it throws fails this proposal alone.
 * Called again from the start when another writer was faster.
 */
export type Proposal<Result> = (group: Group) => Promise<Decision<Result>>

/** A proposal in the queue of the writer. */
export interface Waiting {
  proposal: Proposal<unknown>
  resolve: (result: unknown) => void
  reject: (reason: unknown) => void
}
