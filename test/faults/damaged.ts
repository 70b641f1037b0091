import { isDeepStrictEqual } from 'node:util'
import { Fault } from '../../src/base/fault.ts'
import { instant } from '../../src/base/time.ts'
import { type Config, ConfigError } from '../../src/config.ts'
import type { TrustDocument } from '../../src/log/bundle.ts'
import { type Opened, openNode } from '../../src/open.ts'
import { SecretsError } from '../../src/outside/secrets.ts'
import { createFsck } from '../../src/platform/fsck/fsck.ts'
import { createPlatform, type Platform } from '../../src/platform/platform.ts'
import type { Clock } from '../../src/ports.ts'
import { StoreFault } from '../../src/store/store.ts'
import { checkReceipt } from '../../src/verifier/check.ts'
import { PLATFORM } from '../platform/world.ts'
import type { Acknowledged } from './reckon.ts'

type LookedUp = Awaited<ReturnType<Platform['lookup']['byPair']>>

/** What was shown and promised while everything was sound. */
export interface Sound {
  pairs: { contractNumber: string; authKey: string }[]
  token: string
  /** Shown to the pairs, then to the link. */
  contents: Content[]
  acknowledged: readonly Acknowledged[]
  trust: TrustDocument
}

/** What one look at a damaged database found. */
export interface Seen {
  /** What nobody may ever be shown: each a sentence. */
  wrong: string[]
  /** Errors that are no refusal: answered 500, with nothing but a number. */
  internal: string[]
  /** How many faults fsck named; undefined where it could not come to an end. */
  fsck: number | undefined
  answers: number
}

export type Content = ReturnType<typeof contentOf>

/** The part of an answer that issuer and log vouch for. */
export function contentOf(shown: LookedUp) {
  const { contractNumber, certificate, history, status, records, issuer } = shown
  const { state, seq, amendments } = status
  return { contractNumber, certificate, history, state, seq, amendments, records, id: issuer.id }
}

function isVouchedFor({ checks }: LookedUp): boolean {
  return checks.slice(0, 3).every(({ result }) => result === 'pass')
}

function newestOf(contractNumber: string, { acknowledged }: Sound): Acknowledged {
  const own = acknowledged.filter(({ receipt }) => receipt.contractNumber === contractNumber)
  const [newest] = own.sort((one, other) => other.receipt.seq - one.receipt.seq)
  if (!newest) throw new Error(`nothing was acknowledged of ${contractNumber}`)
  return newest
}

/** Everything that was shown and promised, asked for again of a database that is no longer sound. */
export async function lookAt(
  { ports, settings }: Pick<Opened, 'ports' | 'settings'>,
  platform: Platform,
  sound: Sound,
): Promise<Seen> {
  const seen: Seen = { wrong: [], internal: [], fsck: undefined, answers: 0 }
  const quiet = { ...ports, report: () => {} }

  async function ask<Result>(what: string, deed: () => Promise<Result>) {
    seen.answers++
    try {
      return await deed()
    } catch (error) {
      if (!isRefusal(error)) seen.internal.push(`${what}: ${error}`)
      return undefined
    }
  }

  const looks = [
    ...sound.pairs.map((pair) => () => platform.lookup.byPair(pair, { evidence: true })),
    async () => {
      const { guarantee, scope } = await platform.shares.open(sound.token)
      return platform.lookup.known(guarantee, { right: scope, evidence: true })
    },
  ]
  for (const [i, look] of looks.entries()) {
    const shown = await ask('look-up', look)
    const content = sound.contents[i] as Content
    if (!shown || !isVouchedFor(shown) || isDeepStrictEqual(contentOf(shown), content)) continue
    seen.wrong.push(`${shown.verdict}: ${shown.contractNumber}`)
  }
  const { verifyJws, verifyEd25519 } = ports
  const tools = { verifyJws, verifyEd25519, now: instant(ports.clock.now()) }
  for (const { record, authKey, receipt } of sound.acknowledged) {
    const told = await ask('receipt', () => platform.intake({ record, authKey }))
    if (!told || isDeepStrictEqual(told.receipt, receipt)) continue
    const { outcome } = await checkReceipt(told.receipt, record, sound.trust, tools)
    if (told.fresh || outcome !== 'valid') seen.wrong.push(`a receipt that is ${outcome}`)
  }
  for (const { contractNumber } of sound.pairs) {
    const head = await ask('own head', () => platform.ownHead('east', contractNumber))
    const { record, receipt } = newestOf(contractNumber, sound)
    if (!head || isDeepStrictEqual(head.receipt, receipt)) continue
    // Where the head of that moment is lost, the one after it proves the same.
    const { outcome } = await checkReceipt(head.receipt, record, sound.trust, tools)
    if (outcome !== 'valid') seen.wrong.push(`another head of ${contractNumber}: ${outcome}`)
  }
  await ask('trust', () => platform.trust())
  await ask('owners', () => platform.owners.search(''))
  await ask('head', () => platform.publicLog.checkpoint())
  await ask('fsck', async () => {
    seen.fsck = (await createFsck(quiet, settings)(() => {})).faults
  })
  return seen
}

/** Starts on a database as a server does and looks at it; a start may be refused in a sentence. */
export async function startAndLook(config: Config, clock: Clock, sound: Sound): Promise<Seen> {
  try {
    const opened = await openNode(config, clock, false)
    const ports = { ...opened.ports, report: () => {} }
    const platform = createPlatform(ports, opened.settings, PLATFORM)
    try {
      return await lookAt({ ports, settings: opened.settings }, platform, sound)
    } finally {
      await opened.close()
    }
  } catch (error) {
    const internal = isRefusal(error) ? [] : [`start: ${error}`]
    return { wrong: [], internal, fsck: undefined, answers: 1 }
  }
}

function isRefusal(error: unknown): boolean {
  const known = [Fault, StoreFault, ConfigError, SecretsError]
  return known.some((kind) => error instanceof kind)
}
