import { base64url, equalBytes } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import { dayInTokyo, type Instant, instant } from '../../base/time.ts'
import { numberKey } from '../../guarantee/contract-number.ts'
import { knownStatus, type Status, type Version, versionOf } from '../../guarantee/history.ts'
import type { Receipt } from '../../log/bundle.ts'
import { parseEntry } from '../../log/entry.ts'
import type { Identity, Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import { createStoredVersions, readStored, type StoredVersion } from '../intake/chain.ts'
import { isErasureOf } from '../intake/erasures.ts'
import { MissingPart } from '../log/log-reader.ts'
import { createReceiptAgain } from '../log/receipt.ts'

/** The newest version of a guarantee, as its issuer has to follow it. */
export interface OwnHead {
  contractNumber: string
  seq: number
  arrivedAt: Instant
  /** Compact JWS; absent when its body was erased. */
  record?: string
  /** SHA-256 of the record, base64url: `prev` of the next one. */
  sha256: string
  /** The one that was given when the record arrived, byte for byte. */
  receipt: Receipt
  /** On this day; `unknown` when a version cannot be read. */
  state: Status['state'] | 'unknown'
}

/** One version, read; `version` is undefined when its body was erased. */
interface ReadVersion {
  stored: StoredVersion
  arrivedAt: Instant
  sha256: Uint8Array
  version: Version | undefined
}

/**
 * The head of an issuer's own guarantee, whatever the spelling of its number.
 * @throws Fault not_found, also for a number of another issuer; store_unavailable
 */
export function createOwnHead(ports: Ports, identity: Identity) {
  const { store, clock } = ports
  const storedVersions = createStoredVersions(store)
  const receiptAgain = createReceiptAgain(ports, identity)
  const numberOf = kept(store.db, (db, issuer: string, key: string) =>
    db
      .selectFrom('guarantee')
      .select('contractNumber')
      .where('issuer', '=', issuer)
      .where('numberKey', '=', key),
  )

  return async function ownHead(issuer: string, contractNumber: string): Promise<OwnHead> {
    const key = numberKey(contractNumber)
    const [guarantee] = await store.all(numberOf(issuer, key))
    const { versions: rows, newestSeq } = await storedVersions.read(issuer, key)
    if (!guarantee || (newestSeq === 0 && rows.length === 0)) {
      throw new Fault('not_found', 'You have no guarantee of this number here. Send seq 1 first.')
    }
    // Else another could become the `prev` of the next record.
    if (rows.length !== newestSeq) {
      throw new MissingPart(`one of the ${newestSeq} versions of ${guarantee.contractNumber}`)
    }
    const versions = rows.map((row) => readVersion(row, guarantee.contractNumber))
    const newest = versions.at(-1) as ReadVersion
    const { stored, arrivedAt, sha256 } = newest
    const { seq, position, jws } = stored
    const known = versions.flatMap(({ version }) => version ?? [])
    const status = knownStatus(known, seq, dayInTokyo(instant(clock.now())))
    return {
      ...guarantee,
      seq,
      arrivedAt,
      ...(jws !== null && { record: jws }),
      sha256: base64url(sha256),
      receipt: await receiptAgain({ issuer, ...guarantee, seq, index: position, sha256 }),
      state: status?.state ?? 'unknown',
    }
  }
}

/** What does not fit its log entry must not become the `prev` of anything. */
function readVersion(stored: StoredVersion, contractNumber: string): ReadVersion {
  const { position, seq, jws, erasure } = stored
  const entry = (stored.entry && parseEntry(stored.entry)) ?? lost(position)
  const { arrived, sha256 } = entry
  if (jws === null && isErasureOf(erasure?.entry, entry)) {
    return { stored, arrivedAt: arrived, sha256, version: undefined }
  }
  const record = jws === null ? undefined : readStored(jws)
  if (!record || !equalBytes(record.sha256, sha256)) return lost(position)
  const { payload } = record
  if (payload.seq !== seq || payload.sub !== contractNumber) return lost(position)
  return {
    stored,
    arrivedAt: arrived,
    sha256,
    version: versionOf(record.payload, arrived, position),
  }
}

function lost(position: number): never {
  throw new MissingPart(`what entry ${position} stands for`)
}
