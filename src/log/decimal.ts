/**
 * The number that `text` spells in the one canonical way: ASCII digits, no sign, no leading zero,
 * at most 2^53 − 1. Sizes and indexes of c2sp.org/tlog-checkpoint and tlog-proof are written so.
 *
 * @returns undefined for every other text
 */
export function parseDecimal(text: string): number | undefined {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) return undefined
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : undefined
}
