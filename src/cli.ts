// First, before anything that an older Node could not load.
import './refuse-old-node.ts'
import type { Command } from 'commander'
import { createProgram, run, type Shell, shellOf } from './cli/command.ts'

type Adds = (program: Command, shell: Shell) => void

const accounts = async (): Promise<Adds> => (await import('./cli/account.ts')).accountCommands

/** Each is loaded when it is asked for, in half the time that all of them take; in the order of the help. */
const COMMANDS: Record<string, () => Promise<Adds>> = {
  issuer: async () => (await import('./cli/issuer.ts')).issuerCommands,
  owner: async () => (await import('./cli/owner.ts')).ownerCommands,
  key: async () => (await import('./cli/key.ts')).keyCommands,
  sign: async () => (await import('./cli/sign.ts')).signCommand,
  submit: async () => (await import('./cli/submit.ts')).submitCommand,
  lookup: async () => (await import('./cli/lookup.ts')).lookupCommand,
  verify: async () => (await import('./cli/verify.ts')).verifyCommand,
  log: async () => (await import('./cli/log.ts')).logCommands,
  erase: async () => (await import('./cli/erase.ts')).eraseCommand,
  token: async () => (await import('./cli/token.ts')).tokenCommands,
  org: accounts,
  user: accounts,
  backup: async () => (await import('./cli/backup.ts')).backupCommand,
  restore: async () => (await import('./cli/restore.ts')).restoreCommand,
  desk: async () => (await import('./cli/desk.ts')).deskCommands,
  demo: async () => (await import('./cli/demo.ts')).demoCommands,
  doctor: async () => (await import('./cli/doctor.ts')).doctorCommand,
  secrets: async () => (await import('./cli/secrets.ts')).secretsCommand,
  'bench-data': async () => (await import('./cli/bench.ts')).benchCommand,
  worker: async () => (await import('./cli/worker.ts')).workerCommand,
}

const { LC_ALL, LC_MESSAGES, LANG } = process.env
const shell = shellOf((LC_ALL || LC_MESSAGES || LANG || '').startsWith('ja') ? 'ja' : 'en')
const program = createProgram(shell)
const argv = process.argv.slice(2)

// Help, and what is no command, are told with all of them.
const [asked = ''] = argv
const wanted = Object.hasOwn(COMMANDS, asked) ? [COMMANDS[asked]] : Object.values(COMMANDS)
for (const load of new Set(wanted)) (await load?.())?.(program, shell)

// A reader that has seen enough (`| head`) closes the pipe; that is no fault.
process.stdout.on('error', () => process.exit())

await run(program, argv)
