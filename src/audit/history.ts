import { base64 } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { dayInTokyo, type Instant } from '../base/time.ts'
import { numberKey as keyOf } from '../guarantee/contract-number.ts'
import { type HistoryRow, history, knownStatus } from '../guarantee/history.ts'
import type { LookupAnswer } from '../guarantee/verdict.ts'
import { parseCheckpoint } from '../log/checkpoint.ts'
import { createOwnerId } from '../platform/directory/registered-owner.ts'
import { logReader, MissingPart } from '../platform/log/log-reader.ts'
import type { Presented } from '../platform/lookup/present.ts'
import type { Platform } from '../platform/platform.ts'
import type { Ports } from '../ports.ts'
import { createHistoryRows } from './history-rows.ts'
import { createPositions } from './positions.ts'
import type { Scope } from './scope.ts'
import type { Auditor } from './tokens.ts'

/** A signed head of the log. */
export interface BracketCheckpoint {
  size: number
  /** Base64. */
  root: string
  note: string
}

export interface AuditHistory {
  /** Verified now, from the stored bytes, to the current head. */
  answer: Presented
  /** The instant that rows and status are judged at. */
  at: Instant
  status: LookupAnswer['status']
  /** Every row that stood then, hidden ones with what hid them then. */
  rows: HistoryRow[]
  /** The last signed head at or before the instant, and the first after it. */
  checkpoints: {
    before?: BracketCheckpoint
    after?: BracketCheckpoint
    /** From `before` to the checkpoint of the evidence, base64 (RFC 6962 §2.1.2). */
    consistency?: string[]
  }
}

/** Which history, and as of when: `at` included, now unless given. */
export interface HistoryWish {
  issuer: string
  contractNumber: string
  at?: Instant | undefined
}

/**
 * The whole chain of a guarantee with its proofs, and its history as it stood at an instant. It goes
 * by entries and signed records alone, so that damage shows.
 * @throws Fault not_found for what is not there, is out of scope or was not there yet; body_invalid
 *   for an instant that has not come
 */
export function createAuditHistory(
  ports: Ports,
  { lookup, publicLog, access }: Pick<Platform, 'lookup' | 'publicLog' | 'access'>,
) {
  const rows = createHistoryRows(ports.store)
  const log = logReader(ports.store)
  const positions = createPositions(ports.store)
  const covers = createCovers(ports)

  async function bracket(count: number, answer: Presented): Promise<AuditHistory['checkpoints']> {
    const before = await rows.checkpointWithin(count)
    const after = await log.checkpointCovering(count + 1)
    const head = answer.checkpoint
    const consistency =
      before && head && (await publicLog.consistency(before.size, head.size).catch(noneIfMissing))
    return {
      ...(before && { before: withRoot(before) }),
      ...(after && { after: withRoot(after) }),
      ...(consistency && { consistency: consistency.map(base64) }),
    }
  }

  return async function auditHistory(
    { token, scope }: Auditor,
    { issuer, contractNumber, at: wished }: HistoryWish,
  ): Promise<AuditHistory> {
    const guarantee = await rows.find(issuer, keyOf(contractNumber))
    if (!guarantee || scope.issuers?.includes(issuer) === false) throw notFound()
    const answer = await lookup.unnoted(guarantee)
    if (!(await covers(scope, answer))) throw notFound()

    const { asOf } = answer.status
    const last = answer.versions.at(-1)?.arrivedAt ?? asOf
    if (wished !== undefined && wished > asOf && wished > last) throw notYet(asOf)
    const at = wished ?? (last > asOf ? last : asOf)
    const size = answer.checkpoint?.size ?? (await log.head())?.size ?? 0
    const count = wished === undefined ? size : await positions.countUntil(at, size)
    const [found, then] = await Promise.all([
      rows.newestSeq(guarantee, size),
      rows.newestSeq(guarantee, count),
    ])
    // Versions out of sight come after those that are seen, and when they arrived nobody can say.
    const newest = then === found ? Math.max(answer.status.seq, then) : then
    if (newest === 0 && wished !== undefined) throw notFound()
    const versions = answer.versions.filter(({ index }) => index < count)
    const known = knownStatus(versions, newest, dayInTokyo(at))
    const { numberKey } = guarantee
    const detail = { token, call: 'history', ...(wished !== undefined && { at }) }
    await access.note({ kind: 'audited', issuer, numberKey, detail })
    return {
      answer,
      at,
      status: { ...(known ?? { state: 'unknown', seq: newest, amendments: 0 }), asOf: at },
      rows: history(versions, 'auditor'),
      checkpoints: await bracket(count, answer),
    }
  }
}

/** Whether a scope covers a guarantee: by the owner that its newest readable record names. */
function createCovers({ store }: Ports) {
  const ownerId = createOwnerId(store)

  return async ({ owners }: Scope, { versions }: Presented): Promise<boolean> => {
    if (owners === undefined) return true
    const newest = versions.at(-1)
    const owner = newest && (await ownerId(newest.certificate.owner))
    return owner !== undefined && owners.includes(owner)
  }
}

/** A proof that cannot be made is left out; the checks tell what is damaged. */
function noneIfMissing(error: unknown): undefined {
  if (!(error instanceof MissingPart)) throw error
}

function withRoot({ size, note }: { size: number; note: string }): BracketCheckpoint {
  return { size, root: base64(parseCheckpoint(note)?.root ?? new Uint8Array()), note }
}

function notFound(): Fault {
  return new Fault(
    'not_found',
    'There is no such guarantee, or there was none yet at that instant.',
  )
}

function notYet(asOf: Instant): Fault {
  const detail = `The instant has not come; it is ${asOf} here.`
  return new Fault('body_invalid', `at: ${detail}`, {
    errors: [{ field: 'at', code: 'invalid', detail }],
  })
}
