import { existsSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Command } from 'commander'
import { Fault } from '../base/fault.ts'
import { type Config, readConfig, SECRET_NAMES, type SecretName } from '../config.ts'
import { placeNew, temporaryBeside, writeNew } from '../outside/new-file.ts'
import { sealSecrets } from '../outside/sealed-secrets.ts'
import { type Secret, writtenSecrets } from '../outside/secrets.ts'
import { readSecrets } from '../outside/secrets-file.ts'
import { createTipReader } from '../platform/log/log-tip.ts'
import { openSqlite } from '../store/sqlite.ts'
import { copySqlite, DATABASE_PARTS, settleSqlite, sqliteFaults } from '../store/sqlite-file.ts'
import { type Answer, answering, leaf, type Shell } from './command.ts'
import { readNewSecret } from './input.ts'
import { type Here, withDatabase } from './opened.ts'

interface BackupOptions {
  secretsTo?: string
}

/** `akashi backup`: the whole database at one moment, while a server may go on writing it. */
export function backupCommand(program: Command, shell: Shell): void {
  const examples = ['backup akashi-0401.db', 'backup akashi-0401.db --secrets-to akashi.secrets']
  leaf(program, 'backup <file>', 'backup', examples, shell)
    .option('--secrets-to <file>', shell.words.options.backupSecretsTo)
    .action(answering((file: string, given: BackupOptions) => backup(file, given, shell)))
}

async function backup(
  file: string,
  { secretsTo }: BackupOptions,
  { words }: Shell,
): Promise<Answer> {
  if (readConfig(process.env).d1Config !== undefined) {
    throw new Fault(
      'state_conflict',
      'This database is D1, which keeps its own backups: wrangler d1 export, and D1 Time Travel.',
    )
  }
  checkPlaces([file, ...(secretsTo === undefined ? [] : [secretsTo])])
  return withDatabase(async (here) => {
    const sealed =
      secretsTo === undefined
        ? undefined
        : await sealSecrets(secretsOf(here.config), await readNewSecret(words.askPassphrase))
    const { size } = await writeBackup(file, here)
    if (secretsTo !== undefined && sealed !== undefined) writeNew(secretsTo, sealed)
    const { origin } = here.settings
    const bytes = statSync(file).size
    return {
      json: { file, bytes, entries: size, origin, ...(secretsTo !== undefined && { secretsTo }) },
      lines: [words.backedUp(file, size, origin)],
      notes: secretsTo === undefined ? [words.secretsApart] : [],
    }
  })
}

/** @throws Fault body_invalid for a file that is there, and for a folder that is not */
function checkPlaces(paths: readonly string[]): void {
  const taken = paths.find((path) => existsSync(path))
  if (taken !== undefined) {
    throw new Fault(
      'body_invalid',
      `${taken} is there already, and a backup takes no other's place. Give another name.`,
    )
  }
  const missing = paths.map((path) => dirname(path)).find((folder) => !existsSync(folder))
  if (missing !== undefined) {
    throw new Fault(
      'body_invalid',
      `There is no folder ${missing}. Make it (mkdir -p ${missing}), or mount the disk that it is on.`,
    )
  }
}

/** A file is called a backup once it was opened and found sound, up to the head that it holds. */
async function writeBackup(file: string, here: Here): Promise<{ size: number }> {
  const temporary = temporaryBeside(file)
  try {
    copySqlite(here.config.databasePath, temporary)
    const tip = await checked(temporary, here)
    settleSqlite(temporary)
    placeNew(temporary, file)
    return tip
  } finally {
    for (const part of DATABASE_PARTS) rmSync(temporary + part, { force: true })
  }
}

async function checked(path: string, { ports, settings }: Here): Promise<{ size: number }> {
  const [fault] = sqliteFaults(path)
  if (fault !== undefined) {
    throw new Fault(
      'store_unavailable',
      `The database is damaged (${fault}), and no backup was made of it. Run akashi log fsck.`,
    )
  }
  const store = openSqlite(path)
  try {
    return await createTipReader({ ...ports, store }, settings).read()
  } finally {
    await store.close()
  }
}

/** All secrets that this installation was started with, as a secrets file holds them. */
function secretsOf({ secretsFile, secrets }: Config): string {
  const lists = readSecrets(SECRET_NAMES, secretsFile, secrets)
  return writtenSecrets(lists as Record<SecretName, Secret[]>)
}
