import { createHash } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { createFsck } from '../../src/platform/fsck/fsck.ts'
import { codeOf } from './fault-of.ts'
import { newWorld, type World } from './world.ts'

export const CHECKER = { department: '契約検査課', name: '山田' }

export interface Note {
  id: number
  at: string
  kind: string
  issuer: string | null
  numberKey: string | null
  source: string | null
  detail: string
  salt: Buffer | null
  commitment: Buffer | null
}

interface Seal {
  start: number
  count: number
  lastNote: number
  hash: Buffer
}

/** The database with its triggers, as a careless program would reach it. */
export function beside({ dataDir }: World) {
  const db = new Database(join(dataDir, 'akashi.db'))
  onTestFinished(() => void db.close())
  const notes = () => db.prepare('SELECT * FROM accessNote ORDER BY id').all() as Note[]
  const seals = () => db.prepare('SELECT * FROM accessSeal ORDER BY start').all() as Seal[]
  return { db, notes, seals }
}

/** Two look-ups, one of them by name, and a failure. */
export async function newScene() {
  const world = await newWorld()
  await world.issue()
  await world.lookup({ checker: CHECKER })
  await world.lookup()
  await codeOf(world.platform.shares.open('A'.repeat(22)))
  return { world, ...beside(world) }
}

export async function faults({ ports, opened }: World): Promise<string[]> {
  const found: string[] = []
  await createFsck(ports, opened.settings)(({ table, at }) => void found.push(`${table} ${at}`))
  return found
}

export const sha256 = (...parts: (Buffer | string)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** The chain as its comment describes it, written again here. */
export function chained(notes: readonly Note[]): Buffer {
  let hash: Buffer = Buffer.alloc(32)
  for (const { id, at, kind, issuer, numberKey, source, detail, commitment } of notes) {
    const members = Object.entries(JSON.parse(detail) as Record<string, string>).sort()
    const facts = members.filter(([name]) => name !== 'department' && name !== 'name')
    const committed = commitment?.toString('base64') ?? null
    const row = ['akashi-access/v1', id, at, kind, issuer, numberKey, source, facts, committed]
    hash = sha256(hash, JSON.stringify(row))
  }
  return hash
}
