import { type Day, dayInTokyo, type Instant } from '../../base/time.ts'
import { readDay } from '../../web/amount.ts'
import { plainDay } from '../../web/show.ts'
import { RECEIPT_WORDS } from './words.ts'

/**
 * The day on which a sum was received or given back, as it was typed: not before it was billed, and
 * not after today; else what is wrong with it.
 */
export function moneyDay(
  typed: string,
  { billedAt, now }: { billedAt: Instant | undefined; now: Instant },
): { on: Day } | { error: string } {
  const on = readDay(typed)
  if (on === undefined) return { error: RECEIPT_WORDS.unread }
  if (on > dayInTokyo(now)) return { error: RECEIPT_WORDS.future }
  const billed = billedAt && dayInTokyo(billedAt)
  if (billed === undefined || on >= billed) return { on }
  return { error: RECEIPT_WORDS.early(plainDay('ja', billed)) }
}
