import { type FontFile, glyphOf, isOne, isUnseen, variantOf } from './font-file.ts'

/**
 * Air after a symbol, a quarter of its size: it widens the symbol before it and is not part of the
 * text, so that groups stand apart on paper and are copied out in one run. A control character,
 * which no name may contain.
 */
export const AIR = '\u001f'

const AIR_WIDTH = 0.25
/** Full-width marks whose right half is blank, and those whose left half is (JIS X 4051, 約物). */
const CLOSING = /^[、。，．）」』】〕］｝〉》]$/
const OPENING = /^[（「『【〔［｛〈《]$/
const GETA = '〓'
const SELECTOR = /^[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]$/u
/** Asks for the form of text or of a picture (U+FE0E, U+FE0F); there is but the one. */
const PRESENTATION = /^[\uFE0E\uFE0F]$/
const MARK = /^\p{M}$/u

/** A glyph as it stands in one text: the same outline may stand for several texts. */
export interface Sign {
  id: number
  /** The glyph in the font file. */
  outline: number
  codePoints: number[]
  /** In the units of the font. */
  advanceWidth: number
}

/** A symbol and the part of the text that it stands for, air included. */
export interface Shaped {
  sign: Sign
  text: string
}

/** Turns texts into symbols; one for each document. */
export interface Shaper {
  shape(text: string): Shaped[]
  /** A symbol that `shape` gave, by its id. */
  sign(id: number): Sign | undefined
}

/** What the font lacks is shaped as 〓, keeps its characters, and is added to `missing`. */
export function createShaper(font: FontFile, missing: Set<string>): Shaper {
  const signs = signsOf()

  function plain(text: string): Sign {
    if (isUnseen(text)) return signs.of(font.glyphForCodePoint(0x20).id, text, 0)
    const glyph = glyphOf(font, text)
    if (glyph) return signs.of(glyph.id, text, glyph.advanceWidth)
    missing.add(text)
    const shown = glyphOf(font, GETA) ?? glyphOf(font, '?') ?? font.getGlyph(0)
    return signs.of(shown.id, text, shown.advanceWidth)
  }

  /** A character with the one that says how it is drawn; undefined when that stands alone. */
  function together(base: Shaped, text: string): Sign | undefined {
    const { outline, advanceWidth } = base.sign
    const both = base.text + text
    if (text === AIR) {
      const wider = advanceWidth + AIR_WIDTH * font.unitsPerEm
      return signs.of(outline, base.text.replaceAll(AIR, ''), wider)
    }
    if (SELECTOR.test(text) && isOne(base.text)) {
      if (PRESENTATION.test(text)) return signs.of(outline, both, advanceWidth)
      const variant = variantOf(font, base.text, text)
      if (variant === undefined) missing.add(both)
      return signs.of(variant || outline, both, advanceWidth)
    }
    const glyph = MARK.test(text) ? glyphOf(font, both.normalize('NFC')) : undefined
    return glyph && signs.of(glyph.id, both, glyph.advanceWidth)
  }

  return {
    sign: signs.byId,
    shape(text) {
      const shaped: Shaped[] = []
      for (const one of text) {
        const last = shaped.at(-1)
        const sign = last && together(last, one)
        if (last && sign) shaped.splice(-1, 1, { sign, text: last.text + one })
        else {
          if (last && isTight(last.text, one)) shaped.splice(-1, 1, tightened(last))
          shaped.push({ sign: plain(one), text: one })
        }
      }
      return shaped
    },
  }

  function tightened({ sign: { outline, advanceWidth }, text }: Shaped): Shaped {
    return { sign: signs.of(outline, text, advanceWidth / 2), text }
  }
}

/** Two blank halves side by side would be a hole in the line: ）、 and 」（. */
function isTight(before: string, after: string): boolean {
  return CLOSING.test(before) && (CLOSING.test(after) || OPENING.test(after))
}

/** Each triple of outline, text and width is one symbol. */
function signsOf() {
  const all: Sign[] = []
  const known = new Map<string, Sign>()
  return {
    byId: (id: number) => all[id - 1],
    of(outline: number, text: string, advanceWidth: number): Sign {
      const key = `${outline} ${advanceWidth} ${text}`
      const codePoints = [...text].map((one) => one.codePointAt(0) as number)
      const sign = known.get(key) ?? { id: all.length + 1, outline, codePoints, advanceWidth }
      if (!known.has(key)) {
        known.set(key, sign)
        all.push(sign)
      }
      return sign
    },
  }
}
