import { Fault } from '../../base/fault.ts'
import { type Instant, instant, milliseconds } from '../../base/time.ts'
import { parseDecimal } from '../../log/decimal.ts'

/** A row that was shown, by its number and its time: numbers are given again after a restored backup. */
export interface Place {
  id: number
  at: Instant
}

/** How far an issuer has read in the log and in the access notes; undefined before the first. */
export interface Cursor {
  entry: Place | undefined
  note: Place | undefined
}

const NONE = '-'

/** `ID.MILLISECONDS` for either side, or `-`, joined by `_`: no secret, and fit for a URL as it is. */
export function formatCursor({ entry, note }: Cursor): string {
  return [entry, note]
    .map((place) => (place ? `${place.id}.${milliseconds(place.at)}` : NONE))
    .join('_')
}

/** @throws Fault body_invalid for any text that {@link formatCursor} does not write */
export function parseCursor(text: string): Cursor {
  const [entry, note, ...rest] = text.split('_').map(placeOf)
  const cursor = { entry: entry ?? undefined, note: note ?? undefined }
  if (note === undefined || rest.length > 0 || formatCursor(cursor) !== text) throw forged()
  return cursor
}

/** Null for none, and for what is no place; the comparison of the whole text tells the two apart. */
function placeOf(text: string): Place | null {
  const [id, at] = text.split('.').map(parseDecimal)
  if (id === undefined || at === undefined || at > LATEST) return null
  return { id, at: instant(at) }
}

/** The last millisecond that an instant of four digits of year can name. */
const LATEST = Date.parse('9999-12-31T23:59:59.999Z')

/** A cursor that was never given, or that names what a restored database does not hold any more. */
export function forged(): Fault {
  const detail = 'This platform gave no such cursor. Send one as it was given, or begin without.'
  return new Fault('body_invalid', `cursor: ${detail}`, {
    errors: [{ field: 'cursor', code: 'invalid', detail }],
  })
}
