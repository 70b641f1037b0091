import { existsSync, statSync } from 'node:fs'
import type { Command } from 'commander'
import { Fault } from '../base/fault.ts'
import { type Config, ConfigError, isLoopback, readConfig } from '../config.ts'
import { migrations } from '../open.ts'
import { fullestDisk, onOneVolume } from '../outside/disk.ts'
import { SecretsError } from '../outside/secrets.ts'
import { createAcceptGuard } from '../platform/fsck/accept-guard.ts'
import { fillFacts } from '../platform/intake/facts-fill.ts'
import { acceptClock, clockAccepted } from '../platform/log/clock-accepted.ts'
import { createClockWatch } from '../platform/log/clock-watch.ts'
import { createForkGuard } from '../platform/log/fork-guard.ts'
import { LEAST_FREE } from '../platform/log/health.ts'
import { createTipReader } from '../platform/log/log-tip.ts'
import { columnsLost } from '../store/sqlite-file.ts'
import { StoreFault } from '../store/store.ts'
import { type Answer, answering, leaf, type Shell } from './command.ts'
import { entriesOf } from './count.ts'
import { type Here, withPlatform } from './opened.ts'

type State = 'ok' | 'warn' | 'failed'

interface Examined {
  check: 'config' | 'secrets' | 'disk' | 'database' | 'platform' | 'log' | 'guard' | 'clock'
  state: State
  detail: string
}

interface DoctorOptions {
  acceptGuard?: true
  acceptClock?: true
  fillFacts?: true
}

/** `akashi doctor`: whether this installation can work, and the two questions only people answer. */
export function doctorCommand(program: Command, shell: Shell): void {
  const { options } = shell.words
  leaf(program, 'doctor', 'doctor', ['doctor', 'doctor --accept-guard'], shell)
    .option('--accept-guard', options.acceptGuard)
    .option('--accept-clock', options.acceptClock)
    .option('--fill-facts', options.fillFacts)
    .action(answering((given: DoctorOptions) => doctor(given, shell)))
}

async function doctor(given: DoctorOptions, { words }: Shell): Promise<Answer> {
  const config = readConfig(process.env)
  const examined: Examined[] = [
    { check: 'config', state: 'ok', detail: `${config.publicOrigin}, ${config.dataDir}` },
    secretsOf(config),
    await diskOf(config),
  ]
  const database = config.d1Config ?? config.databasePath
  if (!existsSync(database)) {
    const detail = `${database} is not there yet; the first start makes it`
    examined.push({ check: 'database', state: 'ok', detail })
  } else {
    examined.push(...(await inside(given)))
  }
  const failed = examined.some(({ state }) => state === 'failed')
  return {
    json: { ok: !failed, checks: examined },
    lines: examined.map(({ check, state, detail }) => `${words.states[state]} ${check}: ${detail}`),
    exit: failed ? 1 : 0,
  }
}

function secretsOf({ secretsFile, secrets }: Config): Examined {
  const check = 'secrets'
  if (!existsSync(secretsFile)) {
    const given = Object.keys(secrets).length
    const detail = given > 0 ? 'from the environment' : `${secretsFile} is not there yet`
    return { check, state: 'ok', detail }
  }
  const mode = statSync(secretsFile).mode & 0o777
  return (mode & 0o077) === 0
    ? { check, state: 'ok', detail: secretsFile }
    : { check, state: 'failed', detail: `others may read it: chmod 600 ${secretsFile}` }
}

async function diskOf({ databasePath, guardPath }: Config): Promise<Examined> {
  const { folder, free } = await fullestDisk([databasePath, guardPath])
  const detail = `${Math.floor(free * 100)} % free at ${folder}`
  const state = free < LEAST_FREE ? 'failed' : 'ok'
  return { check: 'disk', state, detail: state === 'ok' ? detail : `${detail}; make room` }
}

/** What needs the database open; when that fails, its reason is the one finding. */
async function inside(given: DoctorOptions): Promise<Examined[]> {
  let opened = false
  try {
    return await withPlatform(async (here) => {
      opened = true
      if (given.acceptGuard) await createAcceptGuard(here.ports, here.settings)()
      if (given.acceptClock) await acceptClock(here.ports)
      if (given.fillFacts) await fillFacts(here.ports.store, true)
      return [
        databaseOf(here),
        platformOf(here),
        await logOf(here),
        await guardOf(here),
        await clockOf(here),
      ]
    })
  } catch (error) {
    // Once it is open, only what was asked to be accepted may still be refused.
    if (opened || !isRefusal(error)) throw error
    return [{ check: 'database', state: 'failed', detail: error.message }]
  }
}

function databaseOf({ config: { d1Config, databasePath } }: Here): Examined {
  const check = 'database'
  if (d1Config !== undefined) return { check, state: 'ok', detail: d1Config }
  const lost = columnsLost(databasePath, migrations())
  return lost.length === 0
    ? { check, state: 'ok', detail: databasePath }
    : {
        check,
        state: 'failed',
        detail: `its schema is damaged: ${lost.join(', ')}; put a backup back`,
      }
}

/** A first start that knew neither PORT nor PUBLIC_ORIGIN gives a name that stays for ever. */
function platformOf({ settings: { platform }, config: { publicOrigin } }: Here): Examined {
  const check = 'platform'
  const [named, served] = [loopbackPort(platform), loopbackPort(publicOrigin)]
  if (named === undefined || named === served) return { check, state: 'ok', detail: platform }
  const cure =
    'export PORT or PUBLIC_ORIGIN before the first command on a fresh DATA_DIR, or keep this name'
  const detail = `every record is signed for ${platform}, but this is ${publicOrigin}; ${cure}`
  return { check, state: 'warn', detail }
}

/** The port of an origin on this machine; undefined for any other name. */
function loopbackPort(name: string): string | undefined {
  const url = URL.canParse(name) ? new URL(name) : undefined
  return url && isLoopback(url.hostname) ? url.port : undefined
}

function logOf({ ports, settings }: Here): Promise<Examined> {
  return examine('log', async () => {
    const { size } = await createTipReader(ports, settings).read()
    return {
      state: 'ok',
      detail: `${entriesOf(size)} of ${settings.origin}`,
    }
  })
}

function guardOf({ ports, settings, config }: Here): Promise<Examined> {
  const { d1Config, guardPath, databasePath } = config
  return examine('guard', async () => {
    await createForkGuard(ports).check(() => createTipReader(ports, settings).read())
    if (d1Config !== undefined) return { state: 'ok', detail: `GUARD of ${d1Config}` }
    const advice = 'a restored volume brings an old guard along: set GUARD_PATH to another volume'
    return onOneVolume(databasePath, guardPath)
      ? { state: 'warn', detail: `${guardPath} lies on the volume of the database; ${advice}` }
      : { state: 'ok', detail: guardPath }
  })
}

function clockOf({ ports, settings }: Here): Promise<Examined> {
  return examine('clock', async () => {
    const watch = createClockWatch(ports.clock, () => clockAccepted(ports.store))
    const { lastArrived } = await createTipReader(ports, settings).read()
    return { state: 'ok', detail: await watch.stamp(lastArrived) }
  })
}

async function examine(
  check: Examined['check'],
  look: () => Promise<{ state: State; detail: string }>,
): Promise<Examined> {
  try {
    return { check, ...(await look()) }
  } catch (error) {
    if (!isRefusal(error)) throw error
    return { check, state: 'failed', detail: error.message }
  }
}

function isRefusal(error: unknown): error is Error {
  const known = [Fault, ConfigError, SecretsError, StoreFault]
  return known.some((kind) => error instanceof kind)
}
