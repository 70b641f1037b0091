import type { Instant } from '../../base/time.ts'
import type { TableNamed } from './quote.ts'

/** A statement that is taken back. */
export interface Reversed {
  number: string
  type: 'charge' | 'refund'
  yen: number
}

/** What takes statements back whole (変更取消): their sums the other way round. */
export interface ReversalQuote extends TableNamed {
  for: 'reversal'
  /** The guarantee was not issued: no 変更取消, but all that was paid. */
  notIssued?: boolean
  statements: Reversed[]
  /** What had been charged, less what had been given back, before. */
  chargedYen: number
  type: 'charge' | 'refund' | 'none'
  /** Yen to pay or to give back; 0 with `none`. */
  yen: number
  computedAt: Instant
}

/**
 * The counterpart of statements, to the yen: afterwards as much is charged as before them, whatever
 * tables and least sums there have been since.
 * @param table named on the last of them
 */
export function quoteReversal(
  table: TableNamed,
  { statements, chargedYen }: { statements: Reversed[]; chargedYen: number },
  computedAt: Instant,
): ReversalQuote {
  const net = statements.reduce((all, { type, yen }) => all + (type === 'charge' ? yen : -yen), 0)
  const { rateTableId, rateTableSha256, rateTableLabel, termsId, mark, tax } = table
  return {
    for: 'reversal',
    ...{ rateTableId, rateTableSha256, rateTableLabel, termsId, ...(mark && { mark }), tax },
    statements,
    chargedYen,
    type: net > 0 ? 'refund' : net < 0 ? 'charge' : 'none',
    yen: Math.abs(net),
    computedAt,
  }
}
