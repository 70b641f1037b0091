/** Zero-width and other invisible characters that copying from PDF and mail leaves behind. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g

/** What people and fonts use for a hyphen; NFKC leaves most of these as they are. */
const HYPHENS = /[‐‑‒–—―−ー─━⁃ｰ﹣－]/g

/**
 * Input of a number, key, amount, telephone or date in one spelling: invisible characters out,
 * NFKC (full-width to ASCII). Never for names: NFKC changes them (㈱, 神).
 */
export function foldWidth(text: string): string {
  return text.replace(INVISIBLE, '').normalize('NFKC')
}

/** {@link foldWidth}, every hyphen variant to `-`, all white space out. */
export function foldCode(text: string): string {
  return foldWidth(text.replace(HYPHENS, '-')).replace(HYPHENS, '-').replace(/\s+/gu, '')
}

/** A name in the spelling under which it is compared and searched: NFKC, no white space, lower case. */
export function foldName(text: string): string {
  return foldWidth(text).replace(/\s+/gu, '').toLowerCase()
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
