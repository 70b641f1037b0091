import { createNewestNote } from '../platform/access/newest-note.ts'
import type { Ports } from '../ports.ts'
import { ACCESS_COLUMNS, type AccessChoice, createAccessRows } from './access-rows.ts'
import { USUAL_WIDTH } from './blocks.ts'
import type { Pull } from './pulls.ts'
import type { Auditor } from './tokens.ts'

/**
 * Pulls of the access log: who looked, tried, failed, shared, pulled. A token that does not cover
 * everything sees rows about its guarantees alone; a failed try is about none.
 */
export function createAccessPulls({ store }: Pick<Ports, 'store'>) {
  const newest = createNewestNote(store)

  return ({ scope }: Auditor, choice: AccessChoice): Pull => ({
    call: 'access',
    selection: { ...choice },
    columns: ACCESS_COLUMNS,
    walk: (format) => ({ ...createAccessRows(store, scope, choice, format), width: USUAL_WIDTH }),

    async begin() {
      const last = await newest()
      return {
        next: 0,
        end: last + 1,
        headers: {},
        closing: (rows) => ({
          facts: { rows, last },
          row: { id: last, kind: 'end', detail: JSON.stringify({ rows }) },
        }),
      }
    },
  })
}
