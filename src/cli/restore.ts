import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { openSecrets } from '../outside/sealed-secrets.ts'
import { type Answer, answering, leaf, type Shell } from './command.ts'
import { readSecret, readText } from './input.ts'
import { checkBackup, putBack } from './put-back.ts'

interface RestoreOptions {
  secretsFrom?: string
}

/** `akashi restore`: a backup in the place where no database is. */
export function restoreCommand(program: Command, shell: Shell): void {
  const examples = [
    'restore akashi-0401.db',
    'restore akashi-0401.db --secrets-from akashi.secrets',
  ]
  leaf(program, 'restore <file>', 'restore', examples, shell)
    .option('--secrets-from <file>', shell.words.options.restoreSecretsFrom)
    .action(answering((file: string, given: RestoreOptions) => restore(file, given, shell)))
}

async function restore(
  file: string,
  { secretsFrom }: RestoreOptions,
  { words }: Shell,
): Promise<Answer> {
  const config = readConfig(process.env)
  // Before anybody types a passphrase for nothing.
  checkBackup(file)
  const secrets =
    secretsFrom === undefined ? undefined : await opened(secretsFrom, words.askPassphrase)
  const found = await putBack(config, file, secrets)
  const { entries, origin, refused } = found
  return {
    json: { database: config.databasePath, ...found },
    lines: [words.restored(config.databasePath, entries, origin)],
    notes: [
      ...(refused === undefined
        ? [words.restoredWhole]
        : [refused, ...words.restoredRefuses(file)]),
      words.restoredUndoes,
    ],
  }
}

/** The text of a secrets file, out of its sealed one. */
async function opened(file: string, question: string): Promise<string> {
  const sealed = await readText(file)
  return openSecrets(sealed, await readSecret(question), file)
}
