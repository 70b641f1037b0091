import { foldCode, foldWidth } from '../base/text.ts'

/** 保証契約番号 of the default issuer profile: five digits, hyphen, six digits. */
export const DEFAULT_PATTERN = '^[0-9]{5}-[0-9]{6}$'

/** The kanji for one between digits is a hyphen that was read or typed wrongly. */
const KANJI_ONE = /(?<=[0-9])一(?=[0-9])/g

/**
 * A default number wherever it stands in a text, not as part of a longer number or word. Runs of
 * spaces are bounded, for two unbounded ones side by side take quadratic time.
 */
const NUMBER_IN_TEXT = /(?<![0-9A-Za-z-])([0-9]{5})[ \t]{0,8}-?[ \t]{0,8}([0-9]{6})(?![0-9A-Za-z-])/
const HYPHENS_IN_TEXT = /(?<=[0-9])[ \t]{0,8}[‐‑‒–—―−ー─━⁃ｰ一][ \t]{0,8}(?=[0-9])/g

/** Addresses hold words of any length; none of them is a key. */
const ADDRESS = /https?:\/\/[!-~]+/g
const LABELLED_KEY =
  /(?:認証キー|auth(?:entication)? ?key)[^0-9A-Za-z]{0,20}((?:[0-9A-Za-z][ -]?){11}[0-9A-Za-z])(?![0-9A-Za-z])/i
const KEY_TOKEN = /(?<![0-9A-Za-z_-])[0-9A-Za-z]{12}(?![0-9A-Za-z_-])/g
const GROUPED_KEY =
  /(?<![0-9A-Za-z_-])[0-9A-Za-z]{4}([ -])[0-9A-Za-z]{4}\1[0-9A-Za-z]{4}(?![0-9A-Za-z_-])/g

/** What a text of twelve letters or digits is when it is no key: a word, or a telephone number. */
const WORD_OR_DIGITS = /^(?:[A-Z]?[a-z]+|[A-Z]+|[0-9]+)$/

/**
 * What a person typed as 保証契約番号, in display form: width, hyphen variants and spaces folded;
 * eleven digits get their hyphen after the fifth; anything else stays as folded (pages.md §7).
 */
export function foldContractNumber(input: string): string {
  const folded = foldCode(input).replace(KANJI_ONE, '-')
  return /^[0-9]{11}$/.test(folded) ? `${folded.slice(0, 5)}-${folded.slice(5)}` : folded
}

/**
 * The key under which a contract number is unique with its issuer and found by look-ups: NFKC,
 * hyphen variants and spaces removed, A–Z upper-case (decisions.md "Identity").
 */
export function numberKey(contractNumber: string): string {
  return foldContractNumber(contractNumber)
    .replaceAll('-', '')
    .replace(/[a-z]/g, (letter) => letter.toUpperCase())
}

/**
 * Contract number and auth key out of a whole pasted text, such as the key notice. A key after its
 * label wins; without a label it must be the only candidate, since a wrong guess costs the officer
 * more than typing twelve characters. `public/js/notice.js` does the same in the browser.
 */
export function readPasted(text: string): { contractNumber?: string; authKey?: string } {
  const folded = foldWidth(text).replace(HYPHENS_IN_TEXT, '-')
  const number = NUMBER_IN_TEXT.exec(folded)
  const authKey = keyIn(folded.replace(NUMBER_IN_TEXT, '\n').replace(ADDRESS, '\n'))
  return {
    ...(number && { contractNumber: `${number[1]}-${number[2]}` }),
    ...(authKey !== undefined && { authKey }),
  }
}

function keyIn(text: string): string | undefined {
  const labelled = LABELLED_KEY.exec(text)?.[1]
  if (labelled !== undefined) return labelled.replace(/[ -]/g, '')
  const found = [...text.matchAll(KEY_TOKEN), ...text.matchAll(GROUPED_KEY)]
    .map(([token]) => token.replace(/[ -]/g, ''))
    .filter((token) => !WORD_OR_DIGITS.test(token))
  const candidates = new Set(found)
  return candidates.size === 1 ? found[0] : undefined
}
