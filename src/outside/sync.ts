import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Returns when what a file holds, or the names that a folder holds, would survive a power cut. */
export function sync(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
