import { Command, CommanderError } from 'commander'
import { Fault, type FaultCode } from '../base/fault.ts'
import { ConfigError } from '../config.ts'
import { SecretsError } from '../outside/secrets.ts'
import { StoreFault } from '../store/store.ts'
import { statusOf } from '../web/answer.ts'
import type { Lang } from '../web/lang.ts'
import { type CliWords, cliWords } from './words.ts'

/** 0 fine, 1 not valid, 2 usage, 3 could not check (interface.md "CLI"). */
export type ExitCode = 0 | 1 | 2 | 3

/** What a command found: data for stdout in two spellings, and what is said beside it. */
export interface Answer {
  /** Printed under `--json`. */
  json: unknown
  /** Lines for people, printed otherwise; none leaves stdout empty. */
  lines: readonly string[]
  /** Messages for people, on stderr. */
  notes?: readonly string[]
  exit?: ExitCode
}

/** Nothing was found wrong and nothing right either: the platform, a file or trust was missing. */
export class CouldNotCheck extends Error {
  override name = 'CouldNotCheck'
}

/** What every group of commands is built with. */
export interface Shell {
  lang: Lang
  words: CliWords
}

export function shellOf(lang: Lang): Shell {
  return { lang, words: cliWords[lang] }
}

/** The command `akashi` itself, whose manners all its commands inherit. */
export function createProgram({ words }: Shell): Command {
  return new Command('akashi')
    .description(words.about)
    .helpOption('-h, --help', words.options.help)
    .helpCommand('help [command]', words.options.help)
    .configureHelp({ styleTitle: (title) => words.titles[title] ?? title })
    .exitOverride()
}

/** A group of commands: `akashi issuer …`. */
export function group(program: Command, name: keyof CliWords['groups'], { words }: Shell): Command {
  return program.command(name).description(words.groups[name])
}

/**
 * A command of its own, with `--json` and with examples in its help.
 * @param usage name and arguments, as `key-add <id> <file>`
 */
export function leaf(
  parent: Command,
  usage: string,
  about: keyof CliWords['commands'],
  examples: readonly string[],
  { words }: Shell,
): Command {
  const shown = examples.map((example) => `  akashi ${example}`).join('\n')
  return parent
    .command(usage)
    .description(words.commands[about])
    .option('--json', words.options.json)
    .addHelpText('after', `\n${words.examples}\n${shown}`)
}

/** The action of a {@link leaf}: runs the deed, prints its answer, sets the exit code. */
export function answering<Arguments extends unknown[]>(
  deed: (...args: Arguments) => Promise<Answer>,
): (...args: [...Arguments, Command]) => Promise<void> {
  return async (...args) => {
    const command = args.pop() as Command
    const answer = await deed(...(args.map(asTyped) as unknown as Arguments))
    for (const note of answer.notes ?? []) process.stderr.write(`${note}\n`)
    const lines = command.opts().json ? [JSON.stringify(answer.json, null, 2)] : answer.lines
    for (const line of lines) process.stdout.write(`${line}\n`)
    process.exitCode = answer.exit ?? 0
  }
}

/** Runs the command line; whatever is refused is told on stderr and in the exit code. */
export async function run(program: Command, argv: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(argv.map(shielded), { from: 'user' })
  } catch (error) {
    process.exitCode = refusal(error)
  }
}

/** A key's thumbprint (RFC 7638) may begin with a hyphen; no option is as long as one. */
const HYPHENED_KID = /^-[A-Za-z0-9_-]{42}$/
/** No argument of a process can have it. */
const SHIELD = '\0'

/** So that commander takes no thumbprint for an option. */
function shielded(token: string): string {
  return HYPHENED_KID.test(token) ? SHIELD + token : token
}

function asTyped(argument: unknown): unknown {
  return typeof argument === 'string' && argument.startsWith(SHIELD) ? argument.slice(1) : argument
}

function refusal(error: unknown): ExitCode {
  // Commander has printed its own message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof CouldNotCheck) return say(error.message, 3)
  if (error instanceof ConfigError || error instanceof SecretsError) return say(error.message, 2)
  if (error instanceof StoreFault) return say(`the database: ${error.message}`, 3)
  // The operating system's own no, such as EACCES for DATA_DIR.
  if (error instanceof Error && /^E[A-Z]+$/.test((error as NodeJS.ErrnoException).code ?? '')) {
    return say(error.message, 3)
  }
  if (!(error instanceof Fault)) throw error
  const members = error.errors?.map(({ field, detail }) => `\n  ${field}: ${detail}`) ?? []
  return say(`${error.message} (${error.code})${members.join('')}`, exitOf(error.code))
}

/** Past 500 it is the platform's own trouble, which says nothing of what was asked. */
function exitOf(code: FaultCode): ExitCode {
  if (code === 'body_invalid') return 2
  return statusOf(code) < 500 ? 1 : 3
}

function say(message: string, exit: ExitCode): ExitCode {
  process.stderr.write(`error: ${message}\n`)
  return exit
}
