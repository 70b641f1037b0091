// Number and key out of a pasted key notice, as guarantee/contract-number.ts finds them; the tests
// hold both to the same texts.

const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g
const PILE = /([\p{M}\uFF9E\uFF9F]{30})[\p{M}\uFF9E\uFF9F]+/gu
const HYPHENS = /(?<=[0-9])[ \t]{0,8}[‐‑‒–—―−ー─━⁃一][ \t]{0,8}(?=[0-9])/g
const NUMBER = /(?<![0-9A-Za-z-])([0-9]{5})[ \t]{0,8}-?[ \t]{0,8}([0-9]{6})(?![0-9A-Za-z-])/
const ADDRESS = /https?:\/\/[!-~]+/g
const LABELLED_KEY =
  /(?:認証キー|auth(?:entication)? ?key)[^0-9A-Za-z]{0,20}((?:[0-9A-Za-z][ -]?){11}[0-9A-Za-z])(?![0-9A-Za-z])/i
const KEY_TOKEN = /(?<![0-9A-Za-z_-])[0-9A-Za-z]{12}(?![0-9A-Za-z_-])/g
const GROUPED_KEY =
  /(?<![0-9A-Za-z_-])[0-9A-Za-z]{4}([ -])[0-9A-Za-z]{4}\1[0-9A-Za-z]{4}(?![0-9A-Za-z_-])/g
const WORD_OR_DIGITS = /^(?:[A-Z]?[a-z]+|[A-Z]+|[0-9]+)$/

/**
 * @param {string} text
 * @returns {{ contractNumber?: string, authKey?: string }}
 */
export function readPasted(text) {
  const folded = text
    .replace(INVISIBLE, '')
    .replace(PILE, '$1')
    .normalize('NFKC')
    .replace(HYPHENS, '-')
  const number = NUMBER.exec(folded)
  const authKey = keyIn(folded.replace(NUMBER, '\n').replace(ADDRESS, '\n'))
  return {
    ...(number && { contractNumber: `${number[1]}-${number[2]}` }),
    ...(authKey !== undefined && { authKey }),
  }
}

/**
 * The key after its label, else the only token that is neither a word nor a number.
 * @param {string} text
 */
function keyIn(text) {
  const labelled = LABELLED_KEY.exec(text)?.[1]
  if (labelled !== undefined) return labelled.replace(/[ -]/g, '')
  const found = [...text.matchAll(KEY_TOKEN), ...text.matchAll(GROUPED_KEY)]
    .map(([token]) => token.replace(/[ -]/g, ''))
    .filter((token) => !WORD_OR_DIGITS.test(token))
  return new Set(found).size === 1 ? found[0] : undefined
}
