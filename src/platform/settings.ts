import { Fault } from '../base/fault.ts'
import type { Identity } from '../ports.ts'
import { kept } from '../store/kept.ts'
import type { Store } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'
import { createReopenings } from './log/reopenings.ts'

/** What is fixed at the first start. */
export interface Settings extends Identity {
  /** Whether the database holds the demo. */
  demo: boolean
}

/** What a start asks for: explicit values, and what to take where nothing is stored yet. */
export interface Wishes {
  platform?: string | undefined
  origin?: string | undefined
  defaults: Settings
}

/** As stored, with the origin of the first log: another one after a reopening. */
interface Stored {
  settings: Settings
  firstOrigin: string
}

/** @throws Fault store_unavailable for rows that nobody wrote so */
async function allSettings(store: Store): Promise<Tables['setting'][]> {
  const rows = await store.all(kept(store.db, (db) => db.selectFrom('setting').selectAll())())
  if (rows.every((row) => typeof row.name === 'string' && typeof row.value === 'string')) {
    return rows
  }
  throw new Fault(
    'store_unavailable',
    'What is stored of the settings is damaged. Put a backup of the database back (docs/operations.md).',
  )
}

/** The stored settings, or undefined before the first start. */
async function readSettings(store: Store): Promise<Stored | undefined> {
  const rows = await allSettings(store)
  const value = (name: string) => rows.find((row) => row.name === name)?.value
  const platform = value('platform')
  const firstOrigin = value('origin')
  if (platform === undefined || firstOrigin === undefined) return undefined
  const origin = (await createReopenings(store)()).at(-1)?.origin ?? firstOrigin
  return { settings: { platform, origin, demo: value('demo') !== '0' }, firstOrigin }
}

const DEMO_LOADED = 'loaded'

/** Notes that the sample data is complete. */
export async function markDemoLoaded(store: Store): Promise<void> {
  const row = { name: 'demo', value: DEMO_LOADED }
  await store.commit([
    store.db.updateTable('setting').set(row).where('name', '=', row.name).compile(),
  ])
}

/**
 * Whether the sample data is complete; a process that was killed while loading leaves a part.
 * @throws Fault state_conflict for a part, with the cure
 */
export async function isDemoLoaded(store: Store): Promise<boolean> {
  const stateOf = store.db.selectFrom('setting').select('value').where('name', '=', 'demo')
  const [state] = await store.all(stateOf.compile())
  if (state?.value === DEMO_LOADED) return true
  // The loader begins with the owners.
  const owners = await store.all(store.db.selectFrom('owner').select('id').limit(1).compile())
  if (owners.length === 0) return false
  throw new Fault(
    'state_conflict',
    'Loading the sample data was interrupted. Run akashi demo reset, then start again.',
  )
}

/**
 * Fixes platform and origin at the first start and keeps to them afterwards.
 * @throws Fault state_conflict when an explicit value differs from the stored one
 */
export async function fixSettings(store: Store, wishes: Wishes): Promise<Settings> {
  const stored = await readSettings(store)
  if (!stored) {
    const first = {
      platform: wishes.platform ?? wishes.defaults.platform,
      origin: wishes.origin ?? wishes.defaults.origin,
      demo: wishes.defaults.demo,
    }
    const rows = { ...first, demo: first.demo ? '1' : '0' }
    await store.commit(
      Object.entries(rows).map(([name, value]) =>
        store.db.insertInto('setting').values({ name, value }).compile(),
      ),
    )
    return first
  }
  const { settings } = stored
  for (const [name, variable, known] of [
    ['platform', 'PLATFORM_ID', [settings.platform]],
    ['origin', 'LOG_ORIGIN', [settings.origin, stored.firstOrigin]],
  ] as const) {
    const wished = wishes[name]
    if (wished !== undefined && !known.some((value) => value === wished)) {
      throw new Fault(
        'state_conflict',
        `${variable} was fixed at the first start as ${settings[name]}. Leave it unset, or use another DATA_DIR.`,
      )
    }
  }
  return settings
}

const FINGERPRINT = 'secret:'

/** For secrets that are made anew: nothing was ever signed or kept under those before. */
export async function forgetFingerprints(store: Store): Promise<void> {
  await store.commit([
    store.db.deleteFrom('setting').where('name', 'like', `${FINGERPRINT}%`).compile(),
  ])
}

/**
 * Compares fingerprints of the secrets with those that the database knows, and adds new ones.
 * @param fingerprints by `NAME:id`
 * @throws Fault state_conflict when a known one is missing or differs
 */
export async function checkFingerprints(
  store: Store,
  fingerprints: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = await allSettings(store)
  const known = new Map(
    rows.flatMap(({ name, value }) =>
      name.startsWith(FINGERPRINT) ? [[name.slice(FINGERPRINT.length), value] as const] : [],
    ),
  )
  for (const [id, print] of known) {
    if (fingerprints.get(id) === print) continue
    const what = fingerprints.has(id) ? 'is another one than' : 'is missing:'
    throw new Fault(
      'state_conflict',
      `The secret ${id} ${what} the one this database was used with. Put it back into the secrets.`,
    )
  }
  const fresh = [...fingerprints].filter(([id]) => !known.has(id))
  if (fresh.length === 0) return
  await store.commit(
    fresh.map(([id, value]) =>
      store.db
        .insertInto('setting')
        .values({ name: FINGERPRINT + id, value })
        .compile(),
    ),
  )
}
