import { randomUUID } from 'node:crypto'
import { closeSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { sync } from './sync.ts'

/** What file systems without links (USB sticks, some shares) say when one is asked for. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP'])

/** An empty file beside `path`, which only its owner reads, to be filled and then placed. */
export function temporaryBeside(path: string): string {
  const temporary = `${path}.${randomUUID()}.tmp`
  closeSync(openSync(temporary, 'wx', 0o600))
  return temporary
}

/**
 * Gives a finished file its name. When it returns, the whole file stands there and would survive a
 * power cut. A link, unlike a rename, takes no other's place.
 * @throws Error EEXIST where a file of that name is there already, left as it was
 */
export function placeNew(temporary: string, path: string): void {
  sync(temporary)
  try {
    linkSync(temporary, path)
  } catch (error) {
    if (!NO_LINKS.has((error as NodeJS.ErrnoException).code ?? '')) throw error
    closeSync(openSync(path, 'wx', 0o600))
    renameSync(temporary, path)
  }
  rmSync(temporary, { force: true })
  sync(dirname(path))
}

/** Writes a text as {@link placeNew} places a file. @throws Error EEXIST */
export function writeNew(path: string, text: string): void {
  const temporary = temporaryBeside(path)
  try {
    writeFileSync(temporary, text)
    placeNew(temporary, path)
  } finally {
    rmSync(temporary, { force: true })
  }
}
