import type { CompiledQuery, Selectable } from 'kysely'
import { base64url } from '../../base/bytes.ts'
import { Fault, type FaultCode } from '../../base/fault.ts'
import { instant } from '../../base/time.ts'
import { readRecord } from '../../guarantee/record.ts'
import type { DeskPorts } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import { StoreFault } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'
import { openAuthKey } from './auth-keys.ts'
import type { Deliver, Waiting } from './deliver.ts'
import { dropQueries } from './drop.ts'
import { signRecord } from './sign-record.ts'
import type { Signing, SigningKeys } from './signing-keys.ts'
import { type IssuedVersion, type Known, submissionQuery } from './version-rows.ts'

export type Refusal = Selectable<Tables['refusal']>

/** What was refused, and the guarantee as it was when somebody decided about it. */
export interface Refused {
  seen: Known
  waiting: Waiting
}

/** Who decides; a second person where the company asks for one. */
export type Decided = Pick<
  Refusal,
  'madeBy' | 'madeByName' | 'approvedBy' | 'approvedByName' | 'reason'
>

/** `arrived`: it had been in the log all along, which is now known here, too. */
export type Fate = 'resent' | 'resigned' | 'dropped' | 'arrived'

/** For the commit of a deed. */
type Queries = readonly CompiledQuery[]

export interface RefusalParts {
  ports: DeskPorts
  signingKeys: SigningKeys
  deliver: Deliver
}

/** Refusals for which another signature is the cure; the platform looks for the content first. */
const BY_KEY: readonly FaultCode[] = [
  'key_retired',
  'key_revoked',
  'kid_unknown',
  'signature_invalid',
]

/** What a company does about what the platform has refused. */
export function createRefusals(parts: RefusalParts) {
  const { store } = parts.ports
  const dealtWith = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('refusal')
      .selectAll()
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey)
      .orderBy('submission'),
  )
  const trail = (issuer: string, numberKey: string): Promise<Refusal[]> =>
    store.all(dealtWith(issuer, numberKey))

  return {
    /** Everything that was done about refusals of a guarantee, oldest first. */
    trail,

    /** Whether a record can be signed anew: the key that signed it may not, and another one may. */
    async mayResign(refused: Refused): Promise<boolean> {
      if (!BY_KEY.includes(refused.waiting.fault as FaultCode)) return false
      const signing = await otherKey(parts, refused).catch(onlyFaults)
      return signing !== undefined
    },

    /**
     * The same bytes again: the cause was put right elsewhere.
     * @throws Fault state_conflict for a key in whose place a newer one is
     */
    async resend(refused: Refused, by: Decided, more: Queries = []): Promise<Fate> {
      const { waiting } = refused
      if (isOutdated(refused)) throw new Fault('state_conflict', 'A newer key has taken its place.')
      await taking(parts, [
        ...takeQueries(parts, refused, 'resent', by),
        submissionQuery(store.db, placeOf(waiting), now(parts)),
        ...more,
      ])
      return 'resent'
    },

    /**
     * The same content under the company's key of now, in the place of the record that was refused.
     * That one is offered once more first: if it had arrived, the platform answers with its receipt
     * whatever has become of its key.
     * @throws Fault state_conflict where its key may sign, or somebody else was faster; key_… where
     *   no other may; store_unavailable when nobody can tell whether it has arrived
     */
    async resign(refused: Refused, by: Decided, more: Queries = []): Promise<Fate> {
      const signing = await otherKey(parts, refused)
      if (await hasArrived(parts, refused)) return 'arrived'
      const { jws } = await signRecord(signing, contentOf(versionOf(refused)))
      await taking(parts, [
        ...takeQueries(parts, refused, 'resigned', by),
        signedAnew(parts, refused, jws),
        submissionQuery(store.db, placeOf(refused.waiting), now(parts)),
        ...more,
      ])
      return 'resigned'
    },

    /**
     * The record is taken back, so that the guarantee goes on from the one before it; with the
     * first one the line goes back to where it stood before its issue. Of a change of key nothing
     * stays, unless the platform has taken the key in a try whose answer was lost.
     * @throws Fault state_conflict where somebody else was faster;
     *   seq_conflict where the platform has another record in its place; store_unavailable
     */
    async drop(refused: Refused, by: Decided, more: Queries = []): Promise<Fate> {
      const { issuer, numberKey } = refused.seen.issued
      const isRecord = refused.waiting.seq > 0
      if (isRecord && (await stands(parts, refused, await trail(issuer, numberKey)))) {
        await deciding(() => parts.deliver(refused.waiting))
        return 'arrived'
      }
      if (!isRecord && (await opens(parts, refused))) {
        await deciding(() => parts.deliver(refused.waiting, now(parts)))
        return 'arrived'
      }
      const queries = isRecord ? await backQueries(parts, refused, by) : []
      await taking(parts, [...takeQueries(parts, refused, 'dropped', by), ...more, ...queries])
      return 'dropped'
    },
  }
}

export type Refusals = ReturnType<typeof createRefusals>

function backQueries(
  parts: RefusalParts,
  refused: Refused,
  { madeBy, reason }: Decided,
): Promise<CompiledQuery[]> {
  const version = versionOf(refused)
  const about = { version, at: now(parts), by: madeBy, reason: reason ?? '' }
  return dropQueries(parts.ports.store, refused.seen.issued, about)
}

/** A change of key that would put an older key into the place of a newer one. */
export function isOutdated({ seen, waiting }: Refused): boolean {
  return waiting.seq === 0 && waiting.keySince !== seen.issued.keySince
}

function now({ ports: { clock } }: RefusalParts) {
  return instant(clock.now())
}

function placeOf({ issuer, numberKey, seq, sealedKey, madeBy, keySince }: Waiting) {
  return { issuer, numberKey, seq, sealedKey, madeBy, keySince }
}

function versionOf({ seen, waiting }: Refused): IssuedVersion {
  const version = seen.versions.find(({ seq }) => seq === waiting.seq)
  if (version && version.arrivedAt === null) return version
  throw new Fault('state_conflict', 'It is no record that waits.')
}

/** The key of now, where it is another one and that of the record may not sign any more. */
async function otherKey({ signingKeys }: RefusalParts, refused: Refused): Promise<Signing> {
  const { kid } = readRecord(versionOf(refused).jws).header
  const { issuer } = refused.waiting
  const signing = await signingKeys.signing(issuer)
  if (signing.kid !== kid && !(await signingKeys.maySign(issuer, kid))) return signing
  throw new Fault('state_conflict', `The key ${kid} that signed the record may sign.`)
}

/** A refusal that is not about the key leaves open what another signature would bring. */
async function hasArrived({ deliver }: RefusalParts, { waiting }: Refused): Promise<boolean> {
  try {
    const { wrong } = await deliver(waiting)
    if (wrong === undefined) return true
  } catch (error) {
    if (error instanceof StoreFault && error.reason === 'conflict') return true
    if (error instanceof Fault && BY_KEY.includes(error.code)) return false
    throw error
  }
  throw new Fault('store_unavailable', 'The answer does not prove whether the record has arrived.')
}

/**
 * Whether the platform has this very record.
 * @throws Fault seq_conflict where another one of the guarantee stands there: but a first record
 *   whose number is taken by something else may be dropped
 */
async function stands(
  { ports: { platform } }: RefusalParts,
  refused: Refused,
  trail: readonly Refusal[],
): Promise<boolean> {
  const { issuer, contractNumber } = refused.seen.issued
  const { seq, jws } = versionOf(refused)
  const head = await platform.head(issuer, contractNumber)
  if (!head || head.seq < seq) return false
  const own = (signed: string | null) =>
    signed !== null && base64url(readRecord(signed).sha256) === head.sha256
  if (own(jws)) return true
  if (seq === 1 && !trail.some((one) => own(one.jws))) return false
  throw new Fault('seq_conflict', 'The platform has another record in its place.')
}

/**
 * Whether the key that was refused opens the guarantee at the platform: each try is judged for
 * itself, and an earlier one may have been taken.
 * @throws Fault store_unavailable while nobody can tell
 */
async function opens({ ports }: RefusalParts, refused: Refused): Promise<boolean> {
  const { sealer, platform } = ports
  const { issuer, contractNumber } = refused.seen.issued
  const { sealedKey } = refused.waiting
  if (isOutdated(refused) || !sealedKey) return false
  const authKey = await openAuthKey(sealer, { issuer, contractNumber, sealedKey })
  return platform.opens({ issuer, contractNumber, authKey })
}

function contentOf({ jws }: IssuedVersion) {
  const { iss: _iss, aud: _aud, iat: _iat, jti: _jti, ver: _ver, ...said } = readRecord(jws).payload
  return said
}

/** The submission ends with what was done about it: its key is taken once. */
function takeQueries(
  { ports: { store, clock } }: RefusalParts,
  { seen, waiting }: Refused,
  deed: Refusal['deed'],
  by: Decided,
): CompiledQuery[] {
  const { id: submission, issuer, numberKey, seq } = waiting
  const version = seen.versions.find((one) => one.seq === seq)
  const row = { submission, issuer, numberKey, seq, event: version?.event ?? 'rekey' }
  const said = { jws: version?.jws ?? null, fault: waiting.fault ?? '', deed }
  return [
    store.db
      .insertInto('refusal')
      .values({ ...row, ...said, ...by, at: instant(clock.now()) })
      .compile(),
    store.db.deleteFrom('submission').where('id', '=', submission).compile(),
  ]
}

function signedAnew(
  { ports: { store } }: RefusalParts,
  { waiting: { issuer, numberKey, seq } }: Refused,
  jws: string,
): CompiledQuery {
  return store.db
    .updateTable('issuedVersion')
    .set({ jws })
    .where('issuer', '=', issuer)
    .where('numberKey', '=', numberKey)
    .where('seq', '=', seq)
    .where('arrivedAt', 'is', null)
    .compile()
}

function taking({ ports }: RefusalParts, queries: readonly CompiledQuery[]): Promise<void> {
  return deciding(() => ports.store.commit(queries))
}

async function deciding(deed: () => Promise<unknown>): Promise<void> {
  try {
    await deed()
  } catch (error) {
    if (!(error instanceof StoreFault) || error.reason !== 'conflict') throw error
    throw new Fault('state_conflict', 'Somebody else has decided about it.', { cause: error })
  }
}

function onlyFaults(error: unknown): undefined {
  if (!(error instanceof Fault)) throw error
}
