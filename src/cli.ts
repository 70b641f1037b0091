// First, before anything that an older Node could not load.
import './refuse-old-node.ts'
import { accountCommands } from './cli/account.ts'
import { backupCommand } from './cli/backup.ts'
import { benchCommand } from './cli/bench.ts'
import { createProgram, run, shellOf } from './cli/command.ts'
import { demoCommands } from './cli/demo.ts'
import { deskCommands } from './cli/desk.ts'
import { doctorCommand } from './cli/doctor.ts'
import { eraseCommand } from './cli/erase.ts'
import { issuerCommands } from './cli/issuer.ts'
import { keyCommands } from './cli/key.ts'
import { logCommands } from './cli/log.ts'
import { lookupCommand } from './cli/lookup.ts'
import { ownerCommands } from './cli/owner.ts'
import { restoreCommand } from './cli/restore.ts'
import { secretsCommand } from './cli/secrets.ts'
import { signCommand } from './cli/sign.ts'
import { submitCommand } from './cli/submit.ts'
import { tokenCommands } from './cli/token.ts'
import { verifyCommand } from './cli/verify.ts'
import { workerCommand } from './cli/worker.ts'

const { LC_ALL, LC_MESSAGES, LANG } = process.env
const shell = shellOf((LC_ALL || LC_MESSAGES || LANG || '').startsWith('ja') ? 'ja' : 'en')
const program = createProgram(shell)

issuerCommands(program, shell)
ownerCommands(program, shell)
keyCommands(program, shell)
signCommand(program, shell)
submitCommand(program, shell)
lookupCommand(program, shell)
verifyCommand(program, shell)
logCommands(program, shell)
eraseCommand(program, shell)
tokenCommands(program, shell)
accountCommands(program, shell)
backupCommand(program, shell)
restoreCommand(program, shell)
deskCommands(program, shell)
demoCommands(program, shell)
doctorCommand(program, shell)
secretsCommand(program, shell)
benchCommand(program, shell)
workerCommand(program, shell)

// A reader that has seen enough (`| head`) closes the pipe; that is no fault.
process.stdout.on('error', () => process.exit())

await run(program, process.argv.slice(2))
