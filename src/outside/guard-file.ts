import { randomUUID } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, statSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Guard } from '../ports.ts'
import { sync } from './sync.ts'

const SYNC_EVERY = 1000

/** Milliseconds after which a temporary file belongs to no process that still writes it. */
const LEFT_BEHIND = 60_000
const TEMPORARY = /^[0-9a-f-]{36}\.tmp$/

/**
 * The guard as a file, replaced by rename. It is fsynced at most once a second and by `close`:
 * what a power cut may roll back is one second of a note that only ever asks for more caution.
 * @throws Error of the operating system where no file can be written at `path`
 */
export function openGuard(path: string): Guard & { close(): Promise<void> } {
  // A name of its own for each opening: in containers two processes may have the same number.
  const next = `${path}.${randomUUID()}.tmp`
  prepare(path, next)
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()
  let missed: string | undefined

  /** Never throws: a file that is gone shows at the next reading, and must not end the process. */
  function syncNow(): void {
    timer = undefined
    try {
      sync(path)
      sync(dirname(path))
    } catch {
      // The next write goes through the same folder and reports what is wrong with it.
    }
  }

  async function put(note: string): Promise<void> {
    missed = note
    await writeFile(next, note, { mode: 0o600 })
    await rename(next, path)
    missed = undefined
    timer ??= setTimeout(syncNow, SYNC_EVERY).unref()
  }

  function write(note: string): Promise<void> {
    writing = writing.catch(() => {}).then(() => put(note))
    return writing
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
    write,
    async retry() {
      await writing.catch(() => {})
      if (missed !== undefined) await write(missed)
    },
    async close() {
      await writing.catch(() => {})
      if (timer === undefined) return
      clearTimeout(timer)
      syncNow()
    },
  }
}

/** Makes the folder, tries that a file can stand in it, and clears away what a crash left there. */
function prepare(path: string, next: string): void {
  const folder = dirname(path)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw Object.assign(new Error(`EISDIR: ${path} is a folder`), { code: 'EISDIR' })
  }
  closeSync(openSync(next, 'wx', 0o600))
  rmSync(next)
  const start = `${basename(path)}.`
  const left = readdirSync(folder)
    .filter((name) => name.startsWith(start) && TEMPORARY.test(name.slice(start.length)))
    .map((name) => join(folder, name))
  for (const file of left) {
    const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
    if (changed < Date.now() - LEFT_BEHIND) rmSync(file, { force: true })
  }
}
