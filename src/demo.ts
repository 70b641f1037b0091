import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { base64url, sha256, utf8 } from './base/bytes.ts'
import { dayInTokyo, type Instant, instant, milliseconds } from './base/time.ts'
import { type DemoIssuer, type Parties, readDemoCompanies, readDemoData } from './demo/data.ts'
import { type DemoArrival, issuedRows } from './demo/issued.ts'
import { momentOf, type Planned, planOf } from './demo/plan.ts'
import { type Company, createCompany } from './desk/company/company.ts'
import { newAuthKey } from './guarantee/auth-key.ts'
import type { Algorithm, PublicJwk } from './guarantee/issuer-key.ts'
import { type RecordPayload, signCompact } from './guarantee/record.ts'
import { deskHere } from './open/desk-ports.ts'
import type { Opened } from './open.ts'
import { createPlatform, type Platform } from './platform/platform.ts'
import { markDemoLoaded } from './platform/settings.ts'
import type { Clock } from './ports.ts'

/** The pairs that help and tests may show, each by what it is an example of; all others are random. */
export const DEMO_PAIRS = {
  sample: { contractNumber: '12345-678901', authKey: 'Z28YUE4J3Bux' },
  contract: { contractNumber: '12345-678902', authKey: 'AGzK58m2MTPX' },
  interim: { contractNumber: '12345-678907', authKey: 'mMR5yKZWLnFR' },
  bond: { contractNumber: 'KH26000104', authKey: 'saYv3NspJmtg' },
  amended: { contractNumber: '12345-678904', authKey: 'VwW7qBqbc7BH' },
  decreased: { contractNumber: 'KH26000101', authKey: 'm9HuUfEEua8g' },
  corrected: { contractNumber: '12345-678909', authKey: 'TUDQSN9p8xBj' },
  amendmentCorrected: { contractNumber: '12345-678929', authKey: 'NumD7aAmSFvJ' },
  amendmentCancelled: { contractNumber: '12345-678923', authKey: 'WkyrsGTpz7UR' },
  cancelled: { contractNumber: '12345-678924', authKey: 'LaC5RjTKysAN' },
  onPaper: { contractNumber: '12345-678925', authKey: 'WGuazE9Br7BU' },
  released: { contractNumber: '12345-678918', authKey: '3E8ZVHTFctGD' },
  expired: { contractNumber: '12345-678919', authKey: 'T4bv823jQKXN' },
  notStarted: { contractNumber: '12345-678931', authKey: 'CXW3ask4CT6W' },
  warned: { contractNumber: '12345-678932', authKey: 'x4MK57jNypAR' },
  lowBid: { contractNumber: '12345-678913', authKey: 'erzD8hSjYQ4h' },
  multiYear: { contractNumber: '12345-678915', authKey: '2vGv9tPCLVVy' },
  jv: { contractNumber: '12345-678914', authKey: 'u7PdRk3WbEyN' },
} as const satisfies Record<string, { contractNumber: string; authKey: string }>

/** The pair of the leaflet: 前払金保証 of 20,000,000円, one entry, in force. */
export const SAMPLE = DEMO_PAIRS.sample

/** A clock of the past, which stands where it was put last. */
interface PastClock extends Clock {
  put(at: Instant): void
}

interface SigningKey {
  iss: string
  privateJwk: PublicJwk & { d: string }
}

/**
 * Fills an empty database with issuers, owners and about a year of guarantees, dated back from
 * today. Everything goes the way of real records: signed, verified, appended. The private keys are
 * kept, sealed, by those companies that have a desk here, and forgotten for the others.
 * @throws Fault as of intake, when the data breaks a rule
 */
export async function loadDemo(opened: Opened, publicOrigin: string): Promise<void> {
  const { ports, settings, sealer } = opened
  const today = dayInTokyo(instant(ports.clock.now()))
  const { parties, works } = readDemoData()
  const clock = pastClock(ports.clock)
  const platform = createPlatform({ ...ports, clock }, settings, publicOrigin)
  await addOwners(platform, parties)
  const keys = new Map<string, SigningKey>()
  for (const issuer of parties.issuers) {
    clock.put(momentOf(issuer.registered, today))
    keys.set(issuer.id, await addIssuer(platform, issuer))
  }
  await setCompanies(platform, createCompany({ store: ports.store, clock: ports.clock }))
  const desks = Object.keys(readDemoCompanies())
  const { signingKeys } = deskHere(opened, platform)
  for (const id of desks) {
    await signingKeys.importKey(id, { ...(keys.get(id) as SigningKey).privateJwk })
  }
  const lives = new Map<string, DemoArrival[]>()
  const heads = new Map<string, string>()
  for (const planned of planOf(parties, works, today)) {
    const { issuer, content } = planned
    const prev = heads.get(content.sub) ?? null
    const record = await signed(planned, prev, settings.platform, keys.get(issuer.id) as SigningKey)
    clock.put(planned.at)
    const authKey = content.seq === 1 ? authKeyOf(content.sub, ports.random) : undefined
    const { receipt } = await platform.intake({ record, authKey })
    heads.set(content.sub, base64url(sha256(utf8(record))))
    if (!desks.includes(issuer.id)) continue
    lives.set(content.sub, [
      ...(lives.get(content.sub) ?? []),
      { planned, record, receipt, authKey },
    ])
  }
  for (const arrivals of lives.values()) {
    await ports.store.commit(await issuedRows(ports.store, sealer, parties, arrivals))
  }
  await markDemoLoaded(ports.store)
}

/** Wall and monotonic clock go together, as the log's clock watch asks. */
function pastClock({ sleep }: Clock): PastClock {
  let now = 0
  return {
    now: () => now,
    monotonic: () => now,
    sleep,
    put(at) {
      now = milliseconds(at)
    },
  }
}

async function addOwners({ owners }: Platform, parties: Parties): Promise<void> {
  for (const { rules = [], ...owner } of Object.values(parties.owners)) {
    await owners.add(owner)
    for (const { from, values } of rules) await owners.setRules(owner.name, from, values)
  }
}

async function addIssuer({ issuers }: Platform, issuer: DemoIssuer): Promise<SigningKey> {
  const privateJwk = newPrivateJwk(issuer.alg)
  const { d: _, ...publicJwk } = privateJwk
  await issuers.add(issuer, publicJwk)
  return { iss: issuer.iss, privateJwk }
}

async function setCompanies({ issuers }: Platform, company: Company): Promise<void> {
  const profiles = readDemoCompanies()
  for (const issuer of await issuers.names()) {
    const profile = profiles[issuer.id]
    if (profile !== undefined) await company.set(issuer, profile)
  }
}

function newPrivateJwk(alg: Algorithm): SigningKey['privateJwk'] {
  const { privateKey } =
    alg === 'Ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ format: 'jwk' }) as SigningKey['privateJwk']
}

function signed(
  { at, content }: Planned,
  prev: string | null,
  aud: string,
  { iss, privateJwk }: SigningKey,
): Promise<string> {
  const iat = Math.floor(milliseconds(at) / 1000)
  const payload: RecordPayload = { iss, aud, iat, jti: randomUUID(), ver: 1, prev, ...content }
  return signCompact({ typ: 'guarantee-record+jwt' }, payload, privateJwk)
}

function authKeyOf(contractNumber: string, random: (length: number) => Uint8Array): string {
  const pair = Object.values(DEMO_PAIRS).find((one) => one.contractNumber === contractNumber)
  return pair?.authKey ?? newAuthKey(random)
}
