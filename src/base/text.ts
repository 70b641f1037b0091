/** Zero-width and other invisible characters that copying from PDF and mail leaves behind. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g

/**
 * Marks past thirty on one letter, more than any script has (UAX #15, Stream-Safe Text Format):
 * putting them in order takes the square of their number. NFKC makes marks of the last two too.
 */
const PILE = /([\p{M}\uFF9E\uFF9F]{30})[\p{M}\uFF9E\uFF9F]+/gu

/** What people and fonts use for a hyphen; NFKC leaves most of these as they are. */
const HYPHENS = /[‐‑‒–—―−ー─━⁃ｰ﹣－]/g

/**
 * Input of a number, key, amount, telephone or date in one spelling: invisible characters out,
 * NFKC (full-width to ASCII). Never for names: NFKC changes them (㈱, 神).
 */
export function foldWidth(text: string): string {
  return normal(text.replace(INVISIBLE, ''))
}

function normal(text: string): string {
  return text.replace(PILE, '$1').normalize('NFKC')
}

/** What programs write, and nothing folds to anything else. */
const FOLDED = /^[!-~]*$/

/** {@link foldWidth}, every hyphen variant to `-`, all white space out. */
export function foldCode(text: string): string {
  if (FOLDED.test(text)) return text
  return withoutSpace(foldWidth(text.replace(HYPHENS, '-')).replace(HYPHENS, '-'))
}

/** A name in the spelling under which it is compared and searched: NFKC, no white space, lower case. */
export function foldName(text: string): string {
  return withoutSpace(foldWidth(text).toLowerCase())
}

/** Still NFKC: `か゛` is か, a space and a mark there, and the mark joins the か when the space goes. */
function withoutSpace(text: string): string {
  return normal(text.replace(/\s+/gu, ''))
}

/** Length in Unicode code points. */
export function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

/** Whether a text may be kept as a name: no control character, no lone surrogate. */
export function isPlainText(text: string): boolean {
  return text.isWellFormed() && !/\p{Cc}/u.test(text)
}
