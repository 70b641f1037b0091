import type { CompiledQuery, Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** A database: built with `db`, read with `all`, written with `commit` alone. */
export interface Store {
  /** Builds queries and runs rare reads; a write through it is refused. */
  readonly db: Kysely<Tables>
  /** Rows of a query, run as a kept prepared statement (one per SQL text). */
  all<Row>(query: CompiledQuery<Row>): Promise<Row[]>
  /** Rows of several queries as of one moment: whatever is committed meanwhile is in none of them. */
  snapshot<Rows extends readonly unknown[]>(
    queries: Queries<Rows>,
  ): Promise<{ [Index in keyof Rows]: Rows[Index][] }>
  /**
   * All of the queries or none, in order. When it resolves they are durable: the power may go.
   * Rejects with {@link StoreFault}; after `conflict` nothing was kept and the caller reads again.
   */
  commit(queries: readonly CompiledQuery[]): Promise<void>
  /**
   * All or none, for rows that a power cut may take: waits neither for the disk nor for another
   * process that is writing, but rejects; on a connection that the log's writer never sees.
   */
  commitAside(queries: readonly CompiledQuery[]): Promise<void>
  /** What the engine finds wrong with its own pages and indexes, in its words; empty when sound. */
  damage(): Promise<string[]>
  close(): Promise<void>
}

/** Compiled queries, each with the type of its rows. */
export type Queries<Rows extends readonly unknown[]> = {
  readonly [Index in keyof Rows]: CompiledQuery<Rows[Index]>
}

/** Why a database said no, in one vocabulary for all engines. */
export class StoreFault extends Error {
  /** `conflict`: a key is taken (the compare-and-swap lost); `full`: no room left on the disk. */
  readonly reason: 'conflict' | 'full' | 'unavailable'

  constructor(reason: StoreFault['reason'], cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'StoreFault'
    this.reason = reason
  }
}
