import type { Font, Glyph } from 'fontkit'

/** What fontkit gives and its types leave out. */
export interface FontFile extends Font {
  cmap: { tables: { table: { version: number; varSelectors: { toArray(): Selector[] } } }[] }
  post: unknown
  head: unknown
}

interface Selector {
  varSelector: number
  defaultUVS?: Iterable<{ startUnicodeValue: number; additionalCount: number }>
  nonDefaultUVS?: Iterable<{ unicodeValue: number; glyphID: number }>
}

/** They turn the order in which what follows is read: never shown as nothing. */
const TURNS = /^[\u200E\u200F\u202A-\u202E\u2066-\u2069]$/
const UNSEEN = /^\p{Default_Ignorable_Code_Point}$/u

/** Whether a character is by its nature not seen, as a zero-width space is. */
export function isUnseen(text: string): boolean {
  return UNSEEN.test(text) && !TURNS.test(text)
}

/** The glyph of one character; undefined when the font has none. */
export function glyphOf(font: FontFile, text: string): Glyph | undefined {
  if (TURNS.test(text) || !isOne(text)) return undefined
  const glyph = font.glyphForCodePoint(text.codePointAt(0) as number)
  return glyph.id === 0 ? undefined : glyph
}

/** Whether a text is a single code point. */
export function isOne(text: string): boolean {
  return String.fromCodePoint(text.codePointAt(0) as number) === text
}

const variants = new WeakMap<FontFile, Map<string, number>>()

/**
 * The glyph of a variation sequence: 0 for the usual one, undefined when the font has none.
 * fontkit's own search never finds one of a selector that has usual forms too.
 */
export function variantOf(font: FontFile, base: string, selector: string): number | undefined {
  const found = variants.get(font) ?? readVariants(font)
  variants.set(font, found)
  return found.get(base + selector)
}

function readVariants(font: FontFile): Map<string, number> {
  const all = new Map<string, number>()
  const sequences = font.cmap.tables.find(({ table }) => table.version === 14)?.table
  for (const { varSelector, ...forms } of sequences?.varSelectors.toArray() ?? []) {
    const selector = String.fromCodePoint(varSelector)
    for (const { startUnicodeValue, additionalCount } of forms.defaultUVS ?? []) {
      for (let more = 0; more <= additionalCount; more++) {
        all.set(String.fromCodePoint(startUnicodeValue + more) + selector, 0)
      }
    }
    for (const { unicodeValue, glyphID } of forms.nonDefaultUVS ?? []) {
      all.set(String.fromCodePoint(unicodeValue) + selector, glyphID)
    }
  }
  return all
}
