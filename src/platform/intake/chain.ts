import type { CompiledQuery } from 'kysely'
import { base64url, equalBytes } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import type { Instant } from '../../base/time.ts'
import { numberKey as keyOf } from '../../guarantee/contract-number.ts'
import { follows, type Version, versionOf } from '../../guarantee/history.ts'
import { type ReadRecord, type RecordPayload, readRecord } from '../../guarantee/record.ts'
import type { Finding } from '../../guarantee/sufficiency.ts'
import { parseEntry } from '../../log/entry.ts'
import { asked } from '../../store/asked.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { Group } from '../log/proposal.ts'
import { createErasures, type Erasure, isErasureOf } from './erasures.ts'
import type { StoredBefore } from './stored-before.ts'

/** A guarantee's versions so far, as the next one has to follow them. */
export interface Chain {
  issuer: string
  numberKey: string
  versions: Version[]
  /** `prev` of the next record: base64url SHA-256 of the last compact JWS, null before the first. */
  prev: string | null
  /** `sub` of the first record. */
  contractNumber: string | undefined
}

/** One stored version as the database has it; nothing of it is believed yet. */
export interface StoredVersion {
  position: number
  seq: number
  /** Null after an erasure, and when the database has lost it. */
  jws: string | null
  /** What the database says of a missing `jws`. */
  erasure?: Erasure | undefined
  /** Null when the log has lost it. */
  entry: Uint8Array | null
}

/** The versions of a guarantee that were found, and how many there are to be found. */
export interface StoredChain {
  /** Ascending by seq. */
  versions: readonly StoredVersion[]
  /** As the guarantee's own row has it; 0 without one. With fewer versions, some are out of sight. */
  newestSeq: number
}

/** One version with the guarantee's own row beside it; what is missing of either is null. */
interface ChainRow {
  newestSeq: number | null
  position: number | null
  seq: number | null
  jws: string | null
  entry: Uint8Array | null
}

/** What is stored of a guarantee's versions, and how many there should be. */
export function createStoredVersions(store: Store) {
  const rows = createChainRows(store)
  const erasures = createErasures(store)

  async function complete(
    issuer: string,
    numberKey: string,
    found: readonly ChainRow[],
  ): Promise<StoredChain> {
    const newestSeq = found[0]?.newestSeq ?? 0
    const versions = found.flatMap(({ position, seq, jws, entry }) =>
      position === null || seq === null ? [] : { position, seq, jws, entry },
    )
    versions.sort((one, other) => one.seq - other.seq)
    if (versions.every(({ jws }) => jws !== null)) return { versions, newestSeq }
    // In the tree of the head that was read with them: body and entry changed in one commit.
    const erased = await erasures(issuer, numberKey)
    const told = versions.map((one) => ({ ...one, erasure: erased.get(one.position) }))
    return { versions: told, newestSeq }
  }

  return {
    /** For a snapshot; its rows go through `complete`. */
    query: (issuer: string, numberKey: string): CompiledQuery<ChainRow> => rows(issuer, numberKey),
    complete,
    read: async (issuer: string, numberKey: string): Promise<StoredChain> =>
      complete(issuer, numberKey, await store.all(rows(issuer, numberKey))),
  }
}

/**
 * One statement, so that versions and count are of one moment. It begins from what is asked for: it
 * answers also where the guarantee's row is lost, or all of its versions. Not ordered, for SQLite
 * would sort whole bodies.
 */
function createChainRows(store: Store) {
  return kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom(asked(db, { issuer, numberKey }))
      .leftJoin('guarantee', (join) =>
        join
          .onRef('guarantee.issuer', '=', 'asked.issuer')
          .onRef('guarantee.numberKey', '=', 'asked.numberKey'),
      )
      .leftJoin('version', (join) =>
        join
          .onRef('version.issuer', '=', 'asked.issuer')
          .onRef('version.numberKey', '=', 'asked.numberKey'),
      )
      .leftJoin('logEntry', 'logEntry.position', 'version.position')
      .leftJoin('recordBody', 'recordBody.position', 'version.position')
      .select(['newestSeq', 'version.position', 'version.seq', 'recordBody.jws', 'entry']),
  )
}

/** A record that was taken once; undefined when its bytes are no record any more. */
export function readStored(jws: string): ReadRecord | undefined {
  return orUnreadable(() => readRecord(jws))
}

/** What was read of a stored record; undefined when its bytes are none any more. */
export function orUnreadable<Read>(read: () => Read): Read | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

/** Reads chains; within a group, as its earlier proposals leave them. */
export function createChains(store: Store) {
  const storedVersions = createStoredVersions(store)

  return {
    /** @param stored whether anything stored can be of this guarantee */
    async read(
      issuer: string,
      sub: string,
      group: Group,
      stored: Pick<StoredBefore, 'guarantee'>,
    ): Promise<Chain> {
      const numberKey = keyOf(sub)
      const known = group.memory.get(memoryKey(issuer, numberKey)) as Chain | undefined
      if (known) return known
      let chain: Chain = { issuer, numberKey, versions: [], prev: null, contractNumber: undefined }
      if (!stored.guarantee) return chain
      const { versions, newestSeq } = await storedVersions.read(issuer, numberKey)
      // After a version that nobody sees, the issuer's next record would be refused, or a wrong one taken.
      if (versions.length !== newestSeq) throw unreadable()
      for (const { jws, entry, position, erasure } of versions) {
        const parsed = entry ? parseEntry(entry) : undefined
        if (jws === null && isErasureOf(erasure?.entry, parsed)) throw erased(sub)
        const record = jws === null ? undefined : readStored(jws)
        // What no longer fits its entry would refuse the issuer's next record for no fault of theirs.
        if (!record || !parsed || !equalBytes(parsed.sha256, record.sha256)) throw unreadable()
        chain = grown(chain, record, parsed.arrived, position)
      }
      return chain
    },

    remember(chain: Chain, group: Group): void {
      group.memory.set(memoryKey(chain.issuer, chain.numberKey), chain)
    },
  }
}

/** The chain with one record more. Its index matters only where it is known. */
export function grown(
  chain: Chain,
  record: ReadRecord,
  arrivedAt: Instant,
  index = Number.NaN,
): Chain {
  return {
    ...chain,
    versions: [...chain.versions, versionOf(record.payload, arrivedAt, index)],
    prev: base64url(record.sha256),
    contractNumber: chain.contractNumber ?? record.payload.sub,
  }
}

/**
 * Checks that a record is the next one of its chain.
 * @throws Fault seq_conflict, prev_mismatch
 */
export function joinChain(chain: Chain, { sub, seq, prev }: RecordPayload): void {
  const next = chain.versions.length + 1
  if (seq !== next) {
    throw new Fault(
      'seq_conflict',
      `The next seq of ${sub} is ${next}, not ${seq}. Sign seq ${next}; what it follows is GET /v1/issuer/records/${sub}/head.`,
    )
  }
  if (prev !== chain.prev) {
    throw new Fault(
      'prev_mismatch',
      `prev of seq ${next} is the base64url SHA-256 of the compact JWS of seq ${next - 1}.`,
    )
  }
}

/**
 * Checks that an event is possible after those before it.
 * @returns what is worth saying although it is taken
 * @throws Fault state_conflict
 */
export function continueHistory(chain: Chain, payload: RecordPayload): Finding[] {
  if (chain.contractNumber !== undefined && payload.sub !== chain.contractNumber) {
    throw new Fault('state_conflict', `sub is spelled ${chain.contractNumber} in this guarantee.`)
  }
  const { warnings } = follows(chain.versions, payload)
  return warnings.map((code) => ({ rule: 'history', code, severity: 'info' }))
}

function memoryKey(issuer: string, numberKey: string): string {
  return `chain:${issuer}:${numberKey}`
}

/** Whether an event is possible rests on all that came before, which nobody can read any more. */
function erased(sub: string): Fault {
  return new Fault(
    'state_conflict',
    `A version of ${sub} was erased, and nothing can follow it. Issue a guarantee of a new number, with relatedContractNumber ${sub}.`,
  )
}

function unreadable(): Fault {
  return new Fault(
    'store_unavailable',
    'A stored version of this guarantee cannot be read. The operator runs akashi log fsck.',
  )
}
