import { type FontFile, type FontSubset, glyphOf } from './font-file.ts'
import type { Piece } from './lines.ts'
import { createShaper, type Sign } from './shaper.ts'

interface Position {
  xAdvance: number
  yAdvance: number
  xOffset: number
  yOffset: number
}

/** What pdfkit asks of a font (its `EmbeddedFont`), and what we do. */
export interface Typeface {
  layout(text: string): { glyphs: Sign[]; positions: Position[]; advanceWidth: number }
  createSubset(): { includeGlyph(id: number): number; encode(): Uint8Array }
  getGlyph(id: number): { advanceWidth: number }
  /** The symbols of a text with their widths at size 1. */
  pieces(text: string): Piece[]
  /** Width at size 1. */
  width(text: string): number
  /** Whether every character has a glyph. */
  has(text: string): boolean
}

/**
 * A font for one document, over the font file that all documents share.
 *
 * The layout of fontkit is not used: it keeps the characters of the first text in which a glyph
 * was seen, for ever, so that the text copied out of later documents is another one. Here each
 * pair of outline and characters is a glyph of its own.
 */
export function createTypeface(font: FontFile, missing: Set<string>): Typeface {
  const shaper = createShaper(font, missing)
  const pieces = (text: string) =>
    shaper.shape(text).map(({ sign, text: part }) => ({
      text: part,
      width: sign.advanceWidth / font.unitsPerEm,
    }))
  return {
    ...metrics(font),
    pieces,
    width: (text) => pieces(text).reduce((sum, { width }) => sum + width, 0),
    has: (text) => [...text].every((one) => glyphOf(font, one) !== undefined),
    getGlyph: (id) => ({ advanceWidth: shaper.sign(id)?.advanceWidth ?? 0 }),
    createSubset: () => createSubset(font.createSubset(), (id) => shaper.sign(id)?.outline ?? 0),
    layout: (text) => run(shaper.shape(text).map(({ sign }) => sign)),
  }
}

function run(glyphs: Sign[]) {
  const positions = glyphs.map(({ advanceWidth }) => ({
    xAdvance: advanceWidth,
    yAdvance: 0,
    xOffset: 0,
    yOffset: 0,
  }))
  return {
    glyphs,
    positions,
    // pdfkit scales the positions in place and reads the sum afterwards.
    get advanceWidth() {
      return positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0)
    },
  }
}

/** One glyph of the embedded font for each symbol, though several may have the same outline. */
function createSubset(subset: FontSubset, outline: (id: number) => number) {
  const places = new Map<number, number>()
  return {
    includeGlyph(id: number): number {
      const found = places.get(id)
      if (found !== undefined) return found
      const place = subset.glyphs.length
      subset.glyphs.push(outline(id))
      places.set(id, place)
      return place
    },
    encode: () => subset.encode(),
  }
}

/** Everything else that pdfkit reads of a font. */
function metrics(font: FontFile) {
  return {
    postscriptName: font.postscriptName,
    unitsPerEm: font.unitsPerEm,
    ascent: font.ascent,
    descent: font.descent,
    lineGap: font.lineGap,
    xHeight: font.xHeight,
    capHeight: font.capHeight,
    bbox: font.bbox,
    italicAngle: font.italicAngle,
    'OS/2': font['OS/2'],
    post: font.post,
    head: font.head,
  }
}
