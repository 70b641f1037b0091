import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { Fault } from '../base/fault.ts'
import { type Config, SECRET_NAMES } from '../config.ts'
import { type Opened, openNode } from '../open.ts'
import { systemClock } from '../outside/clock.ts'
import { placeNew, temporaryBeside, writeNew } from '../outside/new-file.ts'
import { parseSecrets } from '../outside/secrets.ts'
import { createFsck } from '../platform/fsck/fsck.ts'
import { createForkGuard } from '../platform/log/fork-guard.ts'
import { createTipReader } from '../platform/log/log-tip.ts'
import {
  DATABASE_PARTS,
  isOurs,
  isSqlite,
  settleSqlite,
  sqliteFaults,
} from '../store/sqlite-file.ts'
import { StoreFault } from '../store/store.ts'

/** What was found in a backup, and whether its log may go on where it stands. */
export interface PutBack {
  entries: number
  origin: string
  /** Why nothing may be appended yet; absent when the guard agrees. */
  refused?: string
}

/**
 * Puts a backup where no database is: copied beside its place, its whole log derived again under
 * the secrets, then given its name. Nothing is left behind by one that is refused.
 * @param secrets what a secrets file holds, to be written too; undefined where they are there
 * @throws Fault body_invalid for what is no sound backup, state_conflict with the cure; ConfigError
 */
export async function putBack(
  config: Config,
  file: string,
  secrets: string | undefined,
): Promise<PutBack> {
  refuseUnlessEmpty(config, secrets)
  mkdirSync(dirname(config.databasePath), { recursive: true, mode: 0o700 })
  const temporary = temporaryBeside(config.databasePath)
  try {
    stage(file, temporary)
    const found = await examined(file, { ...config, databasePath: temporary }, secrets)
    settleSqlite(temporary)
    if (secrets !== undefined) writeNew(config.secretsFile, secrets)
    placeNew(temporary, config.databasePath)
    return found
  } finally {
    for (const part of DATABASE_PARTS) rmSync(temporary + part, { force: true })
  }
}

function refuseUnlessEmpty(config: Config, sealed: string | undefined): void {
  if (config.d1Config !== undefined) {
    throw new Fault(
      'state_conflict',
      'A backup goes into a SQLite file. Set DATABASE_URL to one, or leave it unset.',
    )
  }
  const { databasePath, secretsFile, secrets } = config
  const there = DATABASE_PARTS.map((part) => databasePath + part).find((path) => existsSync(path))
  if (there !== undefined) {
    throw new Fault(
      'state_conflict',
      `${there} is there already. Stop the server and move it aside with its -wal and -shm, or set DATA_DIR to an empty folder.`,
    )
  }
  if (sealed !== undefined && existsSync(secretsFile)) {
    throw new Fault(
      'state_conflict',
      `${secretsFile} is there already. Leave --secrets-from out if it belongs to the backup, else move it aside.`,
    )
  }
  if (sealed === undefined && !existsSync(secretsFile) && Object.keys(secrets).length === 0) {
    throw new Fault(
      'state_conflict',
      `A backup holds no secrets. Give --secrets-from FILE, or put your copy of the secrets at ${secretsFile}.`,
    )
  }
}

/**
 * What can be said of a file at a glance.
 * @throws Fault body_invalid for what is not there, is no SQLite file or is a database in use
 */
export function checkBackup(file: string): void {
  if (!existsSync(file)) {
    throw new Fault('body_invalid', `${file} is not there. Give what akashi backup wrote.`)
  }
  if (!isSqlite(file)) {
    throw new Fault(
      'body_invalid',
      `${file} is no backup of Akashi, since it is no database. Give what akashi backup wrote.`,
    )
  }
  if (existsSync(`${file}-wal`)) {
    throw new Fault(
      'body_invalid',
      `${file} has a journal (${file}-wal): it is a database in use, not a backup. Make one with akashi backup.`,
    )
  }
}

/** @throws Fault body_invalid for what is no backup of ours */
function stage(file: string, temporary: string): void {
  checkBackup(file)
  copyFileSync(file, temporary)
  chmodSync(temporary, 0o600)
  const [fault] = faultsOf(temporary)
  if (fault !== undefined) {
    throw new Fault('body_invalid', `${file} is damaged (${fault}). Take another backup.`)
  }
  if (!isOurs(temporary)) throw new Fault('body_invalid', `${file} is no backup of Akashi.`)
}

function faultsOf(path: string): string[] {
  try {
    return sqliteFaults(path)
  } catch (error) {
    // So damaged, or so much another thing, that SQLite reads none of it.
    if (error instanceof StoreFault) return [error.message]
    throw error
  }
}

/** Opens the staged database as a start does, and derives its whole log again. */
async function examined(
  file: string,
  config: Config,
  secrets: string | undefined,
): Promise<PutBack> {
  const given = secrets === undefined ? config.secrets : listsOf(secrets)
  const here = await openNode({ ...config, secrets: given }, systemClock, false)
  try {
    const { ports, settings } = here
    const { faults, size } = await createFsck(ports, settings)(() => {}, { guard: false })
    if (faults > 0) {
      throw new Fault(
        'state_conflict',
        `The log in ${file} has ${faults} faults of its own. Take another backup.`,
      )
    }
    const refused = await refusal(here)
    const found = { entries: size, origin: settings.origin }
    return refused === undefined ? found : { ...found, refused }
  } finally {
    await here.close()
  }
}

/** The lists of a secrets file, as the environment gives them one by one. */
function listsOf(secrets: string): Config['secrets'] {
  const file = parseSecrets(secrets, 'what is sealed')
  return Object.fromEntries(
    SECRET_NAMES.flatMap((name) => (file[name] ? [[name, JSON.stringify(file[name])]] : [])),
  )
}

async function refusal({ ports, settings }: Opened): Promise<string | undefined> {
  try {
    await createForkGuard(ports).check(() => createTipReader(ports, settings).read())
    return undefined
  } catch (error) {
    if (error instanceof Fault && error.code === 'log_rollback_detected') return error.message
    throw error
  }
}
