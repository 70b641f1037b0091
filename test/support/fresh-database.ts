import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrations } from '../../src/open.ts'
import { migrateSqlite } from '../../src/store/sqlite.ts'

let fresh: Buffer | undefined

/** Puts an empty database there, as a first start makes it: migrated once, and copied from then on. */
export function freshDatabase(path: string): void {
  fresh ??= migrated()
  writeFileSync(path, fresh, { mode: 0o600, flag: 'wx' })
}

function migrated(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-fresh-'))
  try {
    const path = join(folder, 'akashi.db')
    migrateSqlite(path, migrations())
    return readFileSync(path)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
