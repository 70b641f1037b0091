/** A glyph of a font file. */
export interface Glyph {
  id: number
  /** In the units of the font. */
  advanceWidth: number
}

/** What we, and pdfkit through us, read of a font that fontkit opened. */
export interface FontFile {
  postscriptName: string
  unitsPerEm: number
  ascent: number
  descent: number
  lineGap: number
  xHeight: number
  capHeight: number
  bbox: { minX: number; minY: number; maxX: number; maxY: number }
  italicAngle: number
  'OS/2': unknown
  post: unknown
  head: unknown
  cmap: { tables: { table: { version: number; varSelectors: { toArray(): Selector[] } } }[] }
  getGlyph(id: number): Glyph
  /** Glyph 0 when the font has none. */
  glyphForCodePoint(codePoint: number): Glyph
  createSubset(): FontSubset
}

/** A font to be embedded. */
export interface FontSubset {
  /** Outlines in the order of the embedded font. */
  glyphs: number[]
  encode(): Uint8Array
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
