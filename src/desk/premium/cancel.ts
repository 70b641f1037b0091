import type { Instant } from '../../base/time.ts'
import { PPM, rounded, times, whole } from './fraction.ts'
import { named, type TableNamed } from './quote.ts'
import type { RateTable } from './rate-table.ts'

/** When a guarantee is cancelled (解約), as the table distinguishes it. */
export type CancelStage = keyof RateTable['cancel']

/** What a cancellation gives back. */
export interface CancelQuote extends TableNamed {
  for: 'cancel'
  stage: CancelStage
  chargedYen: number
  refundPpm: number
  retainYen: number
  type: 'refund' | 'none'
  yen: number
  computedAt: Instant
}

/** What is given back on 解約, never more than was charged. */
export function quoteCancel(
  table: RateTable,
  { stage, chargedYen }: { stage: CancelStage; chargedYen: number },
  computedAt: Instant,
): CancelQuote {
  const { refundPpm, retainYen = 0 } = table.cancel[stage]
  const share = times(whole(chargedYen), refundPpm, PPM)
  const back = Number(rounded(share, { unit: 1, mode: 'down' })) - retainYen
  const yen = Math.max(0, back)
  const type = yen > 0 ? 'refund' : 'none'
  return {
    for: 'cancel',
    ...named(table),
    stage,
    chargedYen,
    refundPpm,
    retainYen,
    type,
    yen,
    computedAt,
  }
}
