import { cpSync, rmSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { behind } from '../platform/behind.ts'
import { PLATFORM, type World } from '../platform/world.ts'
import { lookAt, type Seen, type Sound, startAndLook } from './damaged.ts'
import { type Dice, diceOf, LONG, PATIENCE, SEED, tell } from './plan.ts'
import { rowOf } from './reckon.ts'
import { newSound } from './sound.ts'

const FLIPS = LONG ? 20 : 1

/** A value with its column; as stored, text in its bytes. */
interface Cell {
  name: string
  type: string
  value: bigint | Buffer | null
}

/** Columns that the log answers for: a changed bit in them is named by fsck. */
const ANSWERED_FOR =
  /^(log\w+(?!\.generation)\b|version|recordBody|issuerKey|keyEvent)\.|^guarantee\.(?!pid|salt|mac)/

/** Every table that the migrations have made, with its columns. */
function tablesOf(db: Database.Database): Map<string, Pick<Cell, 'name' | 'type'>[]> {
  const names = db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    .pluck()
    .all() as string[]
  return new Map(names.sort().map((name) => [name, db.pragma(`table_info("${name}")`) as Cell[]]))
}

/** The rows of a table, as they are stored. */
function rowsOf(db: Database.Database, table: string, columns: Pick<Cell, 'name' | 'type'>[]) {
  const raw = columns.map(({ name, type }) =>
    type === 'INTEGER' ? `"${name}"` : `CAST("${name}" AS BLOB)`,
  )
  const rows = db.prepare(`SELECT ${raw} FROM "${table}"`).safeIntegers().raw().all()
  return (rows as Cell['value'][][]).map((values) =>
    columns.map((column, i) => ({ ...column, value: values[i] ?? null })),
  )
}

function write(db: Database.Database, table: string, row: Cell[], at: number, value: unknown) {
  const is = row.map(({ name, type }) =>
    type === 'INTEGER' ? `"${name}" IS ?` : `CAST("${name}" AS BLOB) IS ?`,
  )
  const { name, type } = row[at] as Cell
  const to = type === 'TEXT' ? 'CAST(? AS TEXT)' : '?'
  const values = row.map((cell) => cell.value)
  const update = `UPDATE "${table}" SET "${name}" = ${to} WHERE ${is.join(' AND ')}`
  db.prepare(update).run(value, ...values)
}

/** Changes one bit of a column in some row; undefined where the column is empty or takes none. */
function flip(db: Database.Database, table: string, rows: Cell[][], at: number, dice: Dice) {
  const full = rows.filter((row) => (row[at] as Cell).value?.toString() !== undefined)
  const some = full.filter((row) => (row[at] as Cell).value?.toString() !== '')
  for (let tries = 0; tries < 10 && some.length > 0; tries++) {
    const row = dice.pick(some)
    const { name, value } = row[at] as Cell & { value: bigint | Buffer }
    const bit = dice.below(typeof value === 'bigint' ? 64 : value.length * 8)
    const other = flipped(value, bit)
    try {
      write(db, table, row, at, other)
    } catch {
      // Another row has that key; another bit will do.
      continue
    }
    const now = row.with(at, { ...(row[at] as Cell), value: other })
    return {
      column: `${table}.${name}`,
      what: `bit ${bit} of ${table}.${name}`,
      restore: () => write(db, table, now, at, value),
    }
  }
  return undefined
}

/** On a copy, since a start writes: what it finds missing, it may make. */
async function startOnCopy({ dataDir, clock }: World, sound: Sound): Promise<Seen> {
  const copy = `${dataDir}-copy`
  try {
    cpSync(dataDir, copy, { recursive: true })
    const config = readConfig({ DATA_DIR: copy, PUBLIC_ORIGIN: PLATFORM })
    return await startAndLook(config, clock, sound)
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

function flipped(value: bigint | Buffer, bit: number): bigint | Buffer {
  if (typeof value === 'bigint') return BigInt.asIntN(64, value ^ (1n << BigInt(bit)))
  const bytes = Buffer.from(value)
  bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7))
  return bytes
}

test('one bit changed anywhere in any table is never shown as verified, and no receipt goes bad', {
  timeout: PATIENCE,
}, async (context) => {
  const { world, sound } = await newSound()
  const db = behind(world)
  db.pragma('ignore_check_constraints = ON')
  const here = { ports: world.ports, settings: world.opened.settings }
  const dice = diceOf(SEED)
  const row = rowOf('a bit changed in a column of a table', `${SEED}`)
  const problems: string[] = []
  const silent = new Set<string>()
  for (const [table, columns] of tablesOf(db)) {
    for (const at of columns.keys()) {
      for (let i = 0; i < FLIPS; i++) {
        const one = flip(db, table, rowsOf(db, table, columns), at, dice)
        if (!one) continue
        const warm = await lookAt(here, world.platform, sound)
        const cold = await startOnCopy(world, sound)
        one.restore()
        row.times++
        row.answers += warm.answers + cold.answers
        const wrong = [...warm.wrong, ...cold.wrong]
        row.wrong += wrong.length
        problems.push(...wrong.map((sentence) => `${one.what}: ${sentence}`))
        if (warm.fsck === 0) silent.add(one.column)
      }
    }
  }
  tell(context, row)
  expect(problems).toEqual([])
  expect([...silent].filter((column) => ANSWERED_FOR.test(column))).toEqual([])
  const unharmed = { wrong: [], internal: [], fsck: 0 }
  expect(await lookAt(here, world.platform, sound)).toMatchObject(unharmed)
  expect(await startOnCopy(world, sound)).toMatchObject(unharmed)
})
