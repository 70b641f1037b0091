import { join } from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import type { World } from './world.ts'

/** The database as somebody reaches it behind the program's back: no trigger, no foreign key. */
export function behind({ dataDir }: World): Database.Database {
  const db = new Database(join(dataDir, 'akashi.db'))
  onTestFinished(() => void db.close())
  db.pragma('foreign_keys = OFF')
  const triggers = db.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all()
  for (const name of triggers) db.exec(`DROP TRIGGER ${name}`)
  return db
}

/** Runs SQL where no column has a type any more, as after damage: reached by a connection of its own. */
export function untyped(world: World, sql: string): void {
  const db = behind(world)
  db.unsafeMode()
  db.pragma('writable_schema = ON')
  db.exec("UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') WHERE type = 'table'")
  db.close()
  const other = behind(world)
  other.exec(sql)
  other.close()
}

/** A value of one row with the byte at `at` changed. */
export function changed<Value extends string | Uint8Array>(value: Value, at: number): Value {
  if (typeof value === 'string') {
    const other = value[at] === 'A' ? 'B' : 'A'
    return `${value.slice(0, at)}${other}${value.slice(at + 1)}` as Value
  }
  const bytes = Uint8Array.from(value)
  bytes[at] = (bytes[at] as number) ^ 1
  return Buffer.from(bytes) as Uint8Array as Value
}
