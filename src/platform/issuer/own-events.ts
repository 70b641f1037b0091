import type { Ports } from '../../ports.ts'
import { type Cursor, forged, formatCursor, type Place, parseCursor } from './cursor.ts'
import { createOwnEntries, type OwnEntry } from './own-entries.ts'
import { createOwnNotes, type OwnNote } from './own-notes.ts'

/** `cursor` leads on from behind this very event, whenever it is sent. */
export type OwnEvent = (OwnEntry | OwnNote) & { cursor: string }

interface Placed<Item> {
  place: Place
  item: Item
}

type Read<Item> = (issuer: string, from: number, most: number) => Promise<Placed<Item>[]>

/**
 * What happened under an issuer's name: entries of the log and access notes, ascending. A cursor
 * is a place in each of the two, since both only ever grow at their own end; a time would lose what
 * is written late. Between the two the earlier time goes first, as far as both are known.
 * @param limit events at most
 * @throws Fault body_invalid for a cursor that was not given to this issuer
 */
export function createOwnEvents({ store }: Ports) {
  const entriesFrom = createOwnEntries(store)
  const notesFrom = createOwnNotes(store)

  return async function ownEvents(
    issuer: string,
    { cursor, limit }: { cursor?: string | undefined; limit: number },
  ): Promise<{ items: OwnEvent[]; next?: string }> {
    const after = cursor === undefined ? NOTHING_YET : parseCursor(cursor)
    const [entries, notes] = await Promise.all([
      behind(entriesFrom, issuer, after.entry, limit + 1),
      behind(notesFrom, issuer, after.note, limit + 1),
    ])
    const items = merged(entries, notes, after).slice(0, limit)
    const next = items.length < entries.length + notes.length && items.at(-1)?.cursor
    return { items, ...(next && { next }) }
  }
}

const NOTHING_YET: Cursor = { entry: undefined, note: undefined }

/** What follows a place. The place itself is read with it: who names one that is not there guesses. */
async function behind<Item>(
  read: Read<Item>,
  issuer: string,
  place: Place | undefined,
  most: number,
): Promise<Placed<Item>[]> {
  if (!place) return read(issuer, 0, most)
  const [known, ...following] = await read(issuer, place.id, most + 1)
  if (known?.place.id !== place.id || known.place.at !== place.at) throw forged()
  return following
}

/** Both in one row, each in its own order, each event with the places that it leaves behind. */
function merged(
  entries: readonly Placed<OwnEntry>[],
  notes: readonly Placed<OwnNote>[],
  after: Cursor,
): OwnEvent[] {
  const events: OwnEvent[] = []
  const add = ({ item }: Placed<OwnEntry | OwnNote>, cursor: Cursor) => {
    events.push({ ...item, cursor: formatCursor(cursor) })
    return cursor
  }
  let reached = after
  let seen = 0
  for (const entry of entries) {
    for (let note = notes[seen]; note && note.place.at < entry.place.at; note = notes[seen]) {
      reached = add(note, { ...reached, note: note.place })
      seen += 1
    }
    reached = add(entry, { ...reached, entry: entry.place })
  }
  for (const note of notes.slice(seen)) reached = add(note, { ...reached, note: note.place })
  return events
}
