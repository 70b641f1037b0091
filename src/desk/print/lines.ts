/** A symbol to be set, with the room that it takes, in any unit. */
export interface Piece {
  text: string
  width: number
}

/** What may not begin a line (JIS X 4051, 行頭禁則): closing marks, small kana, the long vowel. */
const NEVER_FIRST =
  /^[、。，．・：；？！‐－〜～」』）］｝〉》】〕”’％゛゜ヽヾゝゞ々ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;?!)\]}%｣､｡ｰ]/u

/** What may not end one (行末禁則): opening marks. */
const NEVER_LAST = /^[「『（［｛〈《【〔“‘([{｢￥¥＠@#＃]/u

/** Letters and digits that make up one word. */
const WORD = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}0-9'’_+-]/u

/**
 * Text set in lines of at most `width`: words of letters and digits stay whole, marks keep to
 * their side, and what does not fit whole is broken where the line is full. The lines put together
 * are the text; a space at a line's end stays there and takes no room.
 */
export function breakLines(pieces: readonly Piece[], width: number): string[] {
  const lines: string[] = []
  let start = 0
  while (start < pieces.length) {
    const end = endOfLine(pieces, start, width)
    lines.push(
      pieces
        .slice(start, end)
        .map(({ text }) => text)
        .join(''),
    )
    start = end
  }
  return lines.length === 0 ? [''] : lines
}

function endOfLine(pieces: readonly Piece[], start: number, width: number): number {
  let full = start
  let used = 0
  while (full < pieces.length) {
    const piece = pieces[full] as Piece
    if (piece.text !== ' ' && full > start && used + piece.width > width + 0.01) break
    used += piece.width
    full++
  }
  if (full === pieces.length) return full
  for (let end = full; end > start; end--) if (mayBreak(pieces, end)) return end
  return full
}

/** Whether a line may end before the piece at `index`. */
function mayBreak(pieces: readonly Piece[], index: number): boolean {
  const [before, after] = [pieces[index - 1] as Piece, pieces[index] as Piece]
  if (after.text === ' ' || NEVER_FIRST.test(after.text) || NEVER_LAST.test(before.text))
    return false
  return !(WORD.test(before.text) && WORD.test(after.text))
}
