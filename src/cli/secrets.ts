import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { base64 } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { SECRET_NAMES } from '../config.ts'
import type { Secret } from '../outside/secrets.ts'
import { readSecrets } from '../outside/secrets-file.ts'
import { type Answer, answering, leaf, type Shell } from './command.ts'
import { withPlatform } from './opened.ts'

/** `akashi secrets --to FILE`: what the Worker needs, as wrangler takes it. */
export function secretsCommand(program: Command, shell: Shell): void {
  leaf(program, 'secrets', 'secrets', ['secrets --to .dev.vars'], shell)
    .requiredOption('--to <file>', shell.words.options.secretsTo)
    .action(answering(secrets))
}

async function secrets({ to }: { to: string }): Promise<Answer> {
  const lists = await withPlatform(async ({ config }) =>
    readSecrets(SECRET_NAMES, config.secretsFile, config.secrets),
  )
  const lines = SECRET_NAMES.map((name) => `${name}='${written(lists[name] ?? [])}'\n`)
  try {
    writeFileSync(to, lines.join(''), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    throw new Fault('body_invalid', `${to} cannot be written: ${(error as Error).message}.`)
  }
  return { json: { file: to, names: SECRET_NAMES }, lines: [to] }
}

/** The JSON list that a variable of this name holds; no character of it needs quoting. */
function written(list: readonly Secret[]): string {
  return JSON.stringify(list.map(({ value, ...rest }) => ({ ...rest, value: base64(value) })))
}
