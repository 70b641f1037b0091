import { isMailAddress } from '../../../base/mail-address.ts'
import { foldWidth } from '../../../base/text.ts'

/** Half-width katakana with its marks and punctuation (U+FF61–FF9F). */
const HALF_KANA = /[\uFF61-\uFF9F]+/g

/**
 * A bank's name in full width, as banks ask for it: ASCII, spaces and half-width katakana change,
 * every other character stays as it is (NFKC would take ㈱ and 﨑 apart).
 */
export function toFullWidth(text: string): string {
  return text
    .replace(HALF_KANA, (kana) => kana.normalize('NFKC'))
    .replace(/[!-~]/g, (ascii) => String.fromCharCode(ascii.charCodeAt(0) + 0xfee0))
    .replaceAll(' ', '\u3000')
}

/** 〇〇銀行　××支店, both parts full-width; empty where both are. */
export function bankText(bank: string, branch: string): string {
  return [bank, branch]
    .map((part) => toFullWidth(part.trim()))
    .filter((part) => part !== '')
    .join('\u3000')
}

/**
 * A telephone number of 10 or 11 digits with the hyphens as typed, and what stands behind 内線:
 * `0545-55-0123 内線12`; undefined when it is none.
 */
export function readPhone(text: string): string | undefined {
  const folded = foldWidth(text)
    .replace(/[‐‑‒–—―−ー─━⁃ｰ]/g, '-')
    .trim()
  const [, main = '', extension = ''] =
    /^(.*?)\s*(?:[(（]?\s*(?:内線|ext\.?)[\s:：]*(.*?)[)）]?)?$/iu.exec(folded) ?? ['', folded, '']
  const number = main
    .replace(/\s+/g, '')
    .replace(/^\((\d+)\)/, '$1-')
    .replace(/\((\d+)\)/, '-$1-')
  const digits = number.replaceAll('-', '')
  if (!/^0\d{9,10}$/.test(digits) || /^-|-$|--/.test(number)) return undefined
  return extension === '' ? number : `${number} 内線${extension}`
}

/** A postal code `417-8601` however it is typed, or undefined. */
export function readPostal(text: string): string | undefined {
  const digits = foldWidth(text)
    .replace(/[‐‑‒–—―−ー─━⁃ｰ-]/g, '')
    .replace(/[\s〒]/g, '')
  return /^\d{7}$/.test(digits) ? `${digits.slice(0, 3)}-${digits.slice(3)}` : undefined
}

/** One plain address in ASCII, its domain in lower case and with a dot; or undefined. */
export function readEmail(text: string): string | undefined {
  const folded = foldWidth(text).trim()
  const at = folded.lastIndexOf('@')
  const address = folded.slice(0, at) + folded.slice(at).toLowerCase()
  const ascii = /^[!-~]+$/.test(address) && /@[^@]+\.[^.@]+$/.test(address)
  return ascii && isMailAddress(address) ? address : undefined
}
