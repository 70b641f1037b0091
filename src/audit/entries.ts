import { base64 } from '../base/bytes.ts'
import { parseCheckpoint } from '../log/checkpoint.ts'
import { EMPTY_ROOT } from '../log/tree.ts'
import { createOwnerId } from '../platform/directory/registered-owner.ts'
import { type Head, logReader } from '../platform/log/log-reader.ts'
import type { Ports } from '../ports.ts'
import { USUAL_WIDTH, type Walk } from './blocks.ts'
import {
  createEntryRows,
  createFactsCheck,
  ENTRY_COLUMNS,
  type EntryChoice,
  type EntrySelection,
} from './entry-rows.ts'
import type { Format } from './format.ts'
import { createPositions } from './positions.ts'
import type { Begun, Pull } from './pulls.ts'
import type { Auditor } from './tokens.ts'

/** No owner has this id: who asks for one that is not registered sees nothing, and is told nothing. */
const NOBODY = 0

/** Pulls of the log's entries, hidden and corrected ones included; out of scope is not there. */
export function createEntryPulls({ store }: Pick<Ports, 'store'>) {
  const log = logReader(store)
  const positions = createPositions(store)
  const ownerId = createOwnerId(store)
  const walkOf = createWalkOf({ store })

  return async function entryPull({ scope }: Auditor, choice: EntryChoice): Promise<Pull> {
    const { from, to, owner, ...plain } = choice
    const selection: EntrySelection = {
      scope,
      ...plain,
      ...(owner !== undefined && {
        ownerId: (await ownerId({ code: owner, name: owner })) ?? NOBODY,
      }),
    }
    return {
      call: 'entries',
      selection: { ...choice },
      columns: ENTRY_COLUMNS,
      walk: (format) => walkOf(selection, format),

      async begin() {
        const head = await log.head()
        const size = head?.size ?? 0
        return {
          next: from === undefined ? 0 : await positions.firstFrom(from, size),
          end: to === undefined ? size : await positions.firstFrom(to, size),
          ...stateOf(head),
        }
      },
    }
  }
}

/** The signed head that a pull goes up to. */
function stateOf(head: Head | undefined): Pick<Begun, 'headers' | 'closing'> {
  const size = head?.size ?? 0
  const root = base64((head && parseCheckpoint(head.note)?.root) ?? EMPTY_ROOT)
  return {
    headers: { 'akashi-log-size': String(size), 'akashi-log-root': root },
    closing: (rows) => ({
      facts: { rows, size, root, checkpoint: head?.note ?? '' },
      row: { index: size, entry: 'end', count: rows, sha256: root },
    }),
  }
}

function createWalkOf({ store }: Pick<Ports, 'store'>) {
  const check = createFactsCheck(store)

  return (selection: EntrySelection, format: Format): Walk => {
    const rows = createEntryRows(store, selection, format)
    const { numberKey } = selection
    return numberKey === undefined
      ? { ...rows, width: USUAL_WIDTH, check: check.ofRange }
      : // A few, found by an index, wherever in the log they stand.
        { ...rows, width: 2 ** 50, check: (_, to) => check.ofNumber(numberKey, to) }
  }
}
