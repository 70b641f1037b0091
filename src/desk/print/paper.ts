import type { Instant } from '../../base/time.ts'

/** What a paper is, for its title bar and for those who hear it read. */
export interface PaperInfo {
  title: string
  /** Stands in the file as its time of making; the same data and time make the same bytes. */
  madeAt: Instant
}

/** A printed paper. */
export interface Printed {
  pdf: Uint8Array
  /** Characters that the fonts lack, each once: they stand as 〓 (a variant as its usual form). */
  missing: string[]
}

export type Face = 'regular' | 'bold' | 'mono'

export interface Style {
  face: Face
  /** In points. */
  size: number
  /**
   * The face with thicker outlines, where a second font in the file would be too much: a bold of
   * thirty kanji is 5 KB. For titles only: on a FAX smaller kanji run together.
   */
  heavy?: boolean
  /** Height of a line, in sizes; 1.5 when left out. */
  leading?: number
}

/** Points. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export const MM = 72 / 25.4
/** To the hundredth, as PDF readers know it: coordinates are written no finer. */
export const A4 = { width: 595.28, height: 841.89 }

/**
 * An A4 sheet on which is drawn in points, from the top left corner. What is read is drawn within
 * `tag`; lines and frames are marked as nothing to be read.
 */
export interface Paper {
  width(text: string, style: Style): number
  /** The text in lines of at most `width`; a line break in it is kept. */
  lines(text: string, style: Style, width: number): string[]
  lineHeight(style: Style): number
  /** Whether the face has a glyph for every character. */
  has(text: string, face: Face): boolean
  /** One line whose line box begins at `top`. */
  write(line: string, x: number, top: number, style: Style): void
  /** Large words across the sheet, behind what is drawn later. */
  stamp(text: string, angle: number): void
  rule(x: number, y: number, x2: number, y2: number, thickness: number): void
  frame(box: Box, thickness: number): void
  /** Dark areas given as an SVG path of `side` units, scaled into a square; to be tagged. */
  shape(path: string, side: number, box: Box): void
  /** One structure element with what `draw` writes. */
  tag(
    name: string,
    draw: () => void,
    options?: { alt?: string; scope?: 'Row' | 'Column'; box?: Box },
  ): void
  /** A structure element that holds those that `draw` makes. */
  group(name: string, draw: () => void): void
  nextSheet(): void
  readonly missing: ReadonlySet<string>
  end(): Promise<Printed>
}
