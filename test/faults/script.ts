import { base64url } from '../../src/base/bytes.ts'
import { Fault, type FaultCode } from '../../src/base/fault.ts'
import { authKeyDigest } from '../../src/guarantee/key-change.ts'
import { readRecord, signCompact } from '../../src/guarantee/record.ts'
import { createAcceptGuard } from '../../src/platform/fsck/accept-guard.ts'
import { acceptClock } from '../../src/platform/log/clock-accepted.ts'
import type { Platform } from '../../src/platform/platform.ts'
import type { Ports } from '../../src/ports.ts'
import { StoreFault } from '../../src/store/store.ts'
import {
  AUTH_KEY,
  certificate,
  newKey,
  PLATFORM,
  payload,
  type Signer,
  type World,
} from '../platform/world.ts'
import type { Acknowledged } from './reckon.ts'

export const NEW_KEY = 'aB3dE5gH7jK9'
export const [FIRST, SECOND, THIRD] = ['12345-678901', '12345-000002', '12345-000003'] as const

/** Everything that a company sends in the script, signed beforehand: the same bytes each time. */
export interface Papers {
  issue: string
  amend: string
  correct: string
  cancel: string
  batch: { record: string; authKey?: string }[]
  /** Of the first guarantee: one request, and one more for who cannot be sure of it. */
  keyChanges: { request: string; authKey: string }[]
  secondKey: Signer
}

export async function papersOf(world: World): Promise<Papers> {
  const sign = (sub: string, seq: number, before: string | null, change: object = {}) => {
    const prev = before === null ? null : base64url(readRecord(before).sha256)
    const event = seq === 1 ? 'issue' : 'amend'
    return world.sign(
      payload({
        sub,
        seq,
        prev,
        event,
        certificate: certificate({ contractNumber: sub }),
        ...change,
      }),
    )
  }
  const issue = await sign(FIRST, 1, null)
  const smaller = certificate({ guaranteedAmount: 19_000_000 })
  const amend = await sign(FIRST, 2, issue, { certificate: smaller })
  const correction = {
    event: 'correct',
    targetSeq: 2,
    reason: '工事名の誤り',
    certificate: smaller,
  }
  const correct = await sign(FIRST, 3, amend, correction)
  const end = { event: 'cancel', reason: '契約の解除', reasonCode: 'contract_terminated' }
  const cancel = await sign(FIRST, 4, correct, { ...end, certificate: smaller })
  const second = await sign(SECOND, 1, null)
  return {
    issue,
    amend,
    correct,
    cancel,
    batch: [
      { record: second, authKey: AUTH_KEY },
      { record: await sign(SECOND, 2, second) },
      { record: await sign(THIRD, 1, null), authKey: AUTH_KEY },
    ],
    keyChanges: [await keyChangeOf(world), await keyChangeOf(world)],
    secondKey: await newKey('ES256'),
  }
}

async function keyChangeOf({ clock, issuer }: World) {
  const { jti } = payload()
  const claims = {
    iss: 'https://east.example.jp',
    aud: PLATFORM,
    iat: Math.floor(clock.now() / 1000) + 10,
    jti,
    sub: FIRST,
    authKeySha256: authKeyDigest(jti, NEW_KEY),
  }
  const { privateJwk } = issuer
  const request = await signCompact({ typ: 'key-change+jwt' }, claims, privateJwk as never)
  return { request, authKey: NEW_KEY }
}

/** What was promised to whoever went through the script. */
export interface Promised {
  acknowledged: Acknowledged[]
  /** The link that stands at the end; the one before it was withdrawn, the first ended with the key. */
  standing: string
  ended: string[]
  lookups: number
}

/** Every kind of write once, by people who ask again until they have an answer. */
export async function goThrough({ papers, world, platform, ports }: Scene): Promise<Promised> {
  const promised: Promised = { acknowledged: [], standing: '', ended: [], lookups: 0 }
  const { intake, intakeBatch, issuers, keyChange, owners } = platform

  async function submit(record: string, authKey?: string): Promise<void> {
    const { receipt } = (await insist(() => intake({ record, authKey }))) as Acknowledged
    promised.acknowledged.push({ record, authKey, receipt })
    world.clock.pass(1000)
  }
  async function lookup(contractNumber: string, authKey: string): Promise<void> {
    await insist(() => platform.lookup.byPair({ contractNumber, authKey }, { evidence: true }))
    promised.lookups++
  }

  await submit(papers.issue, AUTH_KEY)
  await submit(papers.amend)
  const first = await share(platform, AUTH_KEY)
  await insist(() => platform.shares.open(first.token))
  await insist(() => issuers.keyAdd('east', papers.secondKey.publicJwk), ['state_conflict'])
  await submit(papers.correct)
  await insist(async () => {
    const outcomes = await intakeBatch(papers.batch)
    const failed = outcomes.find((outcome) => 'fault' in outcome)
    if (failed && 'fault' in failed) throw failed.fault
    for (const [i, outcome] of outcomes.entries()) {
      if (!('submitted' in outcome)) continue
      const line = papers.batch[i] as Papers['batch'][number]
      promised.acknowledged.push({ ...line, receipt: outcome.submitted.receipt })
    }
  })
  for (const request of papers.keyChanges) {
    const changed = await insist(() => keyChange(request), ['jti_reused'])
    if (changed || (await opens(platform, NEW_KEY))) break
  }
  promised.ended.push(first.token)
  await lookup(FIRST, NEW_KEY)
  const second = await share(platform, NEW_KEY)
  const known = { issuer: 'east', numberKey: '12345678901', contractNumber: FIRST }
  await insist(() => platform.shares.revoke(known, second.id))
  promised.ended.push(second.token)
  promised.standing = (await share(platform, NEW_KEY)).token
  await insist(() => platform.shares.open(promised.standing))
  await insist(() => owners.setRules('富士市長', '2026-04-01', { rateAdvanceWorks: 300_000 }))
  const west = { id: 'west', iss: 'https://west.example.jp', name: 'あかし西' }
  await insist(() => issuers.add(west), ['state_conflict'])
  await insist(() => acceptClock(ports))
  await insist(() => createAcceptGuard(ports, platform.identity)())
  await submit(papers.cancel)
  await insist(() => issuers.keyRetire('east', papers.secondKey.kid), ['state_conflict'])
  await lookup(SECOND, AUTH_KEY)
  return promised
}

export interface Scene {
  papers: Papers
  world: World
  platform: Platform
  ports: Ports
}

/** What a company asks that was told that its request was used already. */
async function opens({ authenticate }: Platform, authKey: string): Promise<boolean> {
  const pair = { contractNumber: FIRST, authKey }
  return (await insist(() => authenticate(pair), ['not_found_or_key_mismatch'])) !== undefined
}

async function share(platform: Platform, authKey: string) {
  const { id, url } = (await insist(async () =>
    platform.shares.create(await platform.authenticate({ contractNumber: FIRST, authKey }), {}),
  )) as { id: string; url: string }
  return { id, token: url.split('#')[1] as string }
}

const TEMPORARY: FaultCode[] = [
  'log_busy',
  'disk_full',
  'store_unavailable',
  'log_rollback_detected',
]

/**
 * Asks again, as people and programs do, while the answer is that something is out of order.
 * @param settled codes by which a deed that was done unseen shows: its own retry may meet it too
 */
async function insist<Result>(
  deed: () => Promise<Result>,
  settled: FaultCode[] = [],
): Promise<Result | undefined> {
  for (let tries = 1; ; tries++) {
    try {
      return await deed()
    } catch (error) {
      const code = error instanceof Fault ? error.code : undefined
      if (code && settled.includes(code)) return undefined
      const passing = code ? TEMPORARY.includes(code) : isOutOfOrder(error)
      if (!passing || tries === 4) throw error
    }
  }
}

function isOutOfOrder(error: unknown): boolean {
  return error instanceof StoreFault || (error instanceof Error && / failed$/.test(error.message))
}
