import { foldCode } from '../base/text.ts'

/** The 55 symbols of keys that we issue: none of `0 O o 1 l I i`; 12 of them carry 69.4 bits. */
export const ISSUE_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz'

const LENGTH = 12
const FEWEST_DISTINCT = 5

/** A byte from here on would favour the first symbols; it is drawn again (rejection sampling). */
const UNBIASED = 256 - (256 % ISSUE_ALPHABET.length)

/** Far past any sound source: a refused candidate is rarer than one in 10^6. */
const ATTEMPTS = 100

/** What a person typed as 認証キー: width folded, spaces and hyphens out, case kept (pages.md §7). */
export function foldAuthKey(input: string): string {
  return foldCode(input).replaceAll('-', '')
}

/** Whether a text is a 認証キー of any issuer: twelve of `[0-9A-Za-z]`. */
export function isAuthKey(text: string): boolean {
  return /^[0-9A-Za-z]{12}$/.test(text)
}

const GROUPED =
  /(?<![0-9A-Za-z])(?:[0-9A-Za-z]{4}[-\u2010-\u2015\s]?){2}[0-9A-Za-z]{4}(?![0-9A-Za-z])/g

/**
 * Whether free text holds what may be a 認証キー: twelve letters and digits, or letters of mixed case,
 * grouped or not.
 */
export function holdsAuthKey(text: string): boolean {
  const found = text.normalize('NFKC').match(GROUPED) ?? []
  return found.some((key) => (/\d/.test(key) && /[A-Za-z]/.test(key)) || /[a-z][A-Z]/.test(key))
}

/**
 * A new 認証キー. `random(n)` gives n bytes of a cryptographic source.
 * Spreadsheets turn keys of digits only, or digits around one `e`, into numbers: those are never
 * issued, nor any with fewer than five distinct symbols (decisions.md "Auth keys").
 * @throws Error when the source is so broken that no candidate will do
 */
export function newAuthKey(random: (n: number) => Uint8Array): string {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const key = candidate(random)
    if (key !== undefined && isIssuable(key)) return key
  }
  throw new Error('the source of randomness repeats itself; no auth key can be made from it')
}

function candidate(random: (n: number) => Uint8Array): string | undefined {
  const key = [...random(2 * LENGTH)]
    .filter((byte) => byte < UNBIASED)
    .map((byte) => ISSUE_ALPHABET.charAt(byte % ISSUE_ALPHABET.length))
    .slice(0, LENGTH)
    .join('')
  return key.length === LENGTH ? key : undefined
}

function isIssuable(key: string): boolean {
  return !/^\d+(?:e\d+)?$/i.test(key) && new Set(key).size >= FEWEST_DISTINCT
}

/** The 読み合わせ表示: each symbol of a key with the kind by which it is read aloud. */
export function readingRow(
  key: string,
): { symbol: string; kind: 'upper' | 'lower' | 'digit' | 'other' }[] {
  return [...key].map((symbol) => ({ symbol, kind: kindOf(symbol) }))
}

function kindOf(symbol: string): 'upper' | 'lower' | 'digit' | 'other' {
  if (/^[A-Z]$/.test(symbol)) return 'upper'
  if (/^[a-z]$/.test(symbol)) return 'lower'
  return /^[0-9]$/.test(symbol) ? 'digit' : 'other'
}
