/** Columns of a line of mail: 38 of full width (pages.md §10). */
const LINE = 2 * 38
const LONGEST_WORD = 40

const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' })

/** What the terminal and the mail program give one column to; all else is of full width. */
const NARROW = /^[\u0020-\u007E\u00A5\u203E\uFF61-\uFF9F]/

/** What begins no line (JIS X 4051, 行頭禁則). */
const NOT_FIRST =
  /^[、。，．・：；？！」』）］｝〉》】〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)\]}]/u

/** What ends no line (行末禁則): opening marks. */
const NOT_LAST = /^[「『（［｛〈《【〔([{]/

/** Half-width columns of a text; a letter with its marks and selectors counts once. */
export function mailColumns(text: string): number {
  return widthOf(cellsOf(text))
}

/**
 * A line in pieces of 38 full-width columns at most; no letter is parted from its marks or variation
 * selector, no address and no word of ASCII is parted, and no piece begins with a closing mark or ends
 * with an opening one.
 * @param hang half-width columns by which the pieces after the first are set in
 */
export function wrapMail(line: string, hang = 0): string[] {
  const lines: string[] = []
  let units: string[] = []
  for (const unit of unitsOf(line)) {
    const begun = units.some((one) => one !== ' ')
    if (!begun || widthOf(units) + widthOf([unit]) <= LINE) {
      units.push(unit)
      continue
    }
    const carried = carriedOver(units, unit)
    lines.push(units.join('').trimEnd())
    units = [' '.repeat(hang), ...carried, ...(unit === ' ' ? [] : [unit])]
  }
  return [...lines, units.join('').trimEnd()]
}

/** Takes from the end of a line what has to stand on the next one, before what comes there. */
function carriedOver(units: string[], next: string): string[] {
  let at = NOT_FIRST.test(next)
    ? units.findLastIndex((unit) => !NOT_FIRST.test(unit))
    : units.length
  while (at > 1 && NOT_LAST.test(units[at - 1] ?? '')) at -= 1
  return at > 0 ? units.splice(at) : []
}

/** Addresses and words of ASCII whole, all else letter by letter. */
function unitsOf(text: string): string[] {
  return text
    .split(/([!-~]+)/)
    .flatMap((part, at) => (at % 2 === 1 && isWhole(part) ? [part] : cellsOf(part)))
}

function isWhole(word: string): boolean {
  return word.length <= LONGEST_WORD || /^https?:/.test(word)
}

function cellsOf(text: string): string[] {
  return [...graphemes.segment(text)].map(({ segment }) => segment)
}

function widthOf(units: readonly string[]): number {
  let width = 0
  for (const unit of units) width += /^[ -~]+$/.test(unit) ? unit.length : NARROW.test(unit) ? 1 : 2
  return width
}
