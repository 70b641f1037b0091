import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, openSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import type { Guard } from '../ports.ts'

const SYNC_EVERY = 1000

/**
 * The guard as a file, replaced by rename. It is fsynced at most once a second and by `close`:
 * what a power cut may roll back is one second of a note that only ever asks for more caution.
 */
export function openGuard(path: string): Guard & { close(): Promise<void> } {
  // A name of its own for each opening: in containers two processes may have the same number.
  const next = `${path}.${randomUUID()}.tmp`
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  /** Never throws: a file that is gone shows at the next reading, and must not end the process. */
  function sync(): void {
    timer = undefined
    let file: number | undefined
    try {
      file = openSync(path, 'r')
      fsyncSync(file)
    } catch {
      // The next write goes through the same folder and reports what is wrong with it.
    } finally {
      if (file !== undefined) closeSync(file)
    }
  }

  return {
    async read() {
      try {
        const note = await readFile(path, 'utf8')
        return note === '' ? { state: 'unreadable' } : { state: 'kept', note }
      } catch (error) {
        return {
          state: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : 'unreadable',
        }
      }
    },
    write(note) {
      writing = writing
        .catch(() => {})
        .then(async () => {
          await writeFile(next, note, { mode: 0o600 })
          await rename(next, path)
          timer ??= setTimeout(sync, SYNC_EVERY).unref()
        })
      return writing
    },
    async close() {
      await writing.catch(() => {})
      if (timer === undefined) return
      clearTimeout(timer)
      sync()
    },
  }
}
