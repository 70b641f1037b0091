import type { D1Database } from '@cloudflare/workers-types'
import type { Guard } from '../ports.ts'

const READ = 'SELECT note FROM guard'
const WRITE =
  'INSERT INTO guard (id, note) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET note = excluded.note'

/**
 * The guard as the one row of a D1 database of its own, which a Time Travel of the log's database
 * leaves alone. D1 answers a write when it is stored on several machines.
 */
export function openD1Guard(db: D1Database): Guard {
  let missed: string | undefined

  async function write(note: string): Promise<void> {
    missed = note
    await db.prepare(WRITE).bind(note).run()
    missed = undefined
  }

  return {
    async read() {
      try {
        const row = await db.prepare(READ).first<{ note: string }>()
        return row ? { state: 'kept', note: row.note } : { state: 'absent' }
      } catch {
        return { state: 'unreadable' }
      }
    },
    write,
    async retry() {
      if (missed !== undefined) await write(missed)
    },
  }
}
