import { isDeepStrictEqual } from 'node:util'
import { base64 } from '../../src/base/bytes.ts'
import { instant } from '../../src/base/time.ts'
import { readRecord } from '../../src/guarantee/record.ts'
import type { Receipt, TrustDocument } from '../../src/log/bundle.ts'
import { type Checkpoint, parseCheckpoint } from '../../src/log/checkpoint.ts'
import { parseEntry } from '../../src/log/entry.ts'
import { verifyConsistency } from '../../src/log/proof.ts'
import { parseProof } from '../../src/log/receipt.ts'
import type { Opened } from '../../src/open.ts'
import { createFsck } from '../../src/platform/fsck/fsck.ts'
import type { Outcome } from '../../src/platform/intake/intake.ts'
import type { Platform } from '../../src/platform/platform.ts'
import type { Ports } from '../../src/ports.ts'
import type { Store } from '../../src/store/store.ts'
import { checkReceipt } from '../../src/verifier/check.ts'
import type { Row } from './plan.ts'

/** A record that was answered with a receipt. */
export interface Acknowledged {
  record: string
  authKey?: string | undefined
  receipt: Receipt
}

/** What does not stand as it was promised, each in words; all empty when nothing was harmed. */
export interface Reckoning {
  /** Acknowledged, and not in the database. */
  lost: string[]
  /** In the log more than once. */
  twice: string[]
  /** Receipts that the offline verifier refuses, that are told otherwise now, or that the head is no continuation of. */
  broken: string[]
  fsck: string[]
}

export const UNHARMED: Reckoning = { lost: [], twice: [], broken: [], fsck: [] }

/** The row that reckonings are added up in. */
export function rowOf(fault: string, seeds: string): Row {
  return { fault, seeds, times: 0, answers: 0, lost: 0, twice: 0, wrong: 0 }
}

export function add(row: Row, { lost, twice, broken }: Reckoning): void {
  row.lost += lost.length
  row.twice += twice.length
  row.wrong += broken.length
}

/**
 * Holds all that was acknowledged against what is there now: fsck; each record exactly once, at the
 * place that its receipt names; each receipt by the offline verifier, and byte for byte the same
 * when it is asked for again; the head a continuation of every head that a receipt shows.
 */
export async function reckon(
  { ports, settings }: Pick<Opened, 'ports' | 'settings'>,
  platform: Platform,
  acknowledged: readonly Acknowledged[],
): Promise<Reckoning> {
  const found: Reckoning = { lost: [], twice: [], broken: [], fsck: [] }
  const tellFault = (fault: object) => void found.fsck.push(JSON.stringify(fault))
  await createFsck(ports, settings)(tellFault)
  const { positions, repeated } = await recordsIn(ports.store)
  found.twice.push(...repeated)

  const verify = createOfflineVerifier(ports, await platform.trust())
  const heads = new Map<number, Checkpoint>()
  const again = await platform.intakeBatch(acknowledged)
  for (const [i, { record, receipt }] of acknowledged.entries()) {
    const { contractNumber, seq, index } = receipt
    const name = `${contractNumber} seq ${seq} at ${index}`
    if (positions.get(base64(readRecord(record).sha256)) !== index) found.lost.push(name)
    if (!(await verify(acknowledged[i] as Acknowledged))) found.broken.push(name)
    if (!isToldAgain(receipt, again[i])) found.broken.push(`${name} is told otherwise now`)
    const head = parseCheckpoint(parseProof(receipt.proof)?.checkpoint ?? '')
    if (head) heads.set(head.size, head)
  }
  for (const head of heads.values()) {
    if (!(await goesOnFrom(head, platform))) found.broken.push(`the head of ${head.size} is forked`)
  }
  return found
}

/** What the verifier said of a receipt under a trust document; the same bytes are not asked of twice. */
const verified = new WeakMap<Acknowledged, string>()

function createOfflineVerifier({ verifyJws, verifyEd25519, clock }: Ports, trust: TrustDocument) {
  const tools = { verifyJws, verifyEd25519, now: instant(clock.now()) }
  const pinned = JSON.stringify(trust)

  return async (one: Acknowledged): Promise<boolean> => {
    if (verified.get(one) === pinned) return true
    const { outcome } = await checkReceipt(one.receipt, one.record, trust, tools)
    if (outcome === 'valid') verified.set(one, pinned)
    return outcome === 'valid'
  }
}

function isToldAgain(receipt: Receipt, outcome: Outcome | undefined): boolean {
  if (!outcome || !('submitted' in outcome)) return false
  return !outcome.submitted.fresh && isDeepStrictEqual(outcome.submitted.receipt, receipt)
}

/** Positions by SHA-256 of the record, from the entries themselves, and what has more than one. */
async function recordsIn(store: Store) {
  const positions = new Map<string, number>()
  const repeated: string[] = []
  const entries = store.db.selectFrom('logEntry').selectAll().orderBy('position').compile()
  for (const { position, entry: bytes } of await store.all(entries)) {
    const entry = parseEntry(bytes)
    if (entry?.kind !== 'record') continue
    const hash = base64(entry.sha256)
    if (positions.has(hash)) repeated.push(`the record of ${positions.get(hash)} at ${position}`)
    positions.set(hash, position)
  }
  return { positions, repeated }
}

async function goesOnFrom({ size, root }: Checkpoint, { publicLog }: Platform): Promise<boolean> {
  const newest = parseCheckpoint((await publicLog.checkpoint()) ?? '')
  if (!newest || newest.size < size) return false
  const proof = await publicLog.consistency(size, newest.size)
  return verifyConsistency(size, newest.size, root, newest.root, proof)
}
