import { closeSync, fsyncSync, openSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import type { Guard } from '../ports.ts'

const SYNC_EVERY = 1000

/**
 * The guard as a file, replaced by rename. It is fsynced at most once a second and by `close`:
 * what a power cut may roll back is one second of a note that only ever asks for more caution.
 */
export function openGuard(path: string): Guard & { close(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  function sync(): void {
    timer = undefined
    const file = openSync(path, 'r')
    try {
      fsyncSync(file)
    } finally {
      closeSync(file)
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
          const next = `${path}.${process.pid}.tmp`
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
