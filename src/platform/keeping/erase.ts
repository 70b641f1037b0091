import { Fault } from '../../base/fault.ts'
import { numberKey as keyOf } from '../../guarantee/contract-number.ts'
import { isEraseReason, parseEntry } from '../../log/entry.ts'
import type { Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import { createForgetNames } from '../access/forget-names.ts'
import { createStoredVersions } from '../intake/chain.ts'
import type { Append } from '../log/append.ts'
import type { EntryFacts } from '../log/log-facts.ts'
import { logReader } from '../log/log-reader.ts'

/** What an erasure was asked for. */
export interface EraseWish {
  issuer: string
  contractNumber: string
  /** A code, `[a-z0-9_-]{1,64}`: it stands in the public log for ever. */
  reason: string
}

export interface Erased {
  issuer: string
  contractNumber: string
  /** The versions whose bodies went now; none when all had gone before. */
  seqs: number[]
}

interface Standing {
  position: number
  /** Whose and of what kind it was: what an auditor of that owner still has to see. */
  facts: EntryFacts
  seq: number
}

/**
 * Empties the bodies of all versions of a guarantee, each in the commit that appends its `erase`
 * entry, then the names of who looked it up. What remains are hashes, numbers and times. The whole
 * guarantee or nothing: a history with a hole tells nobody whether the guarantee is in force.
 * @throws Fault body_invalid for the reason, not_found, store_unavailable
 */
export function createErase(ports: Ports, append: Append) {
  const rows = createRows(ports)
  const eraseBody = createEraseBody(ports, append)
  const forgetNames = createForgetNames(ports)
  const storedVersions = createStoredVersions(ports.store)

  return async function erase({ issuer, contractNumber, reason }: EraseWish): Promise<Erased> {
    if (!isEraseReason(reason)) {
      throw new Fault(
        'body_invalid',
        'The reason is a code of a-z, 0-9, _ and -, such as retention_ended: everybody may read it in the log.',
      )
    }
    const numberKey = keyOf(contractNumber)
    const guarantee = await rows.find(issuer, numberKey)
    if (!guarantee) {
      throw new Fault('not_found', `${issuer} has no guarantee ${contractNumber} here.`)
    }
    const { versions, newestSeq } = await storedVersions.read(issuer, numberKey)
    if (versions.length < newestSeq) throw outOfSight(newestSeq - versions.length, contractNumber)
    const seqs: number[] = []
    for (;;) {
      const standing = await rows.standing(issuer, numberKey)
      if (standing.length === 0) break
      // In one group of the writer, so in one commit. A version that arrives just before is found
      // by the next round; none arrives after.
      const about = { contractNumber: guarantee.contractNumber, numberKey }
      const gone = await Promise.all(standing.map((one) => eraseBody(issuer, one, reason, about)))
      seqs.push(...gone.filter((seq) => seq !== undefined))
    }
    await forgetNames(issuer, numberKey)
    return { issuer, contractNumber: guarantee.contractNumber, seqs }
  }
}

/** One body: gives its seq, or undefined when somebody else was faster. */
function createEraseBody({ store }: Ports, append: Append) {
  const log = logReader(store)
  const body = kept(store.db, (db, position: number) =>
    db.selectFrom('recordBody').select('position').where('position', '=', position),
  )
  const insertErasure = kept(store.db, (db, position: number, entry: number) =>
    db.insertInto('erasure').values({ position, entry }),
  )
  const deleteBody = kept(store.db, (db, position: number) =>
    db.deleteFrom('recordBody').where('position', '=', position),
  )
  const emptyFact = kept(store.db, (db, position: number) =>
    db
      .updateTable('logFact')
      .set({ reason: null, contractorName: null, worksName: null })
      .where('position', '=', position),
  )

  return (issuer: string, { position, seq, facts }: Standing, reason: string, about: EntryFacts) =>
    append<number | undefined>(async ({ arrived }) => {
      const [there] = await store.all(body(position))
      if (!there) return { kind: 'answer', result: () => undefined }
      const record = parseEntry((await log.entryAt(position)) ?? new Uint8Array())
      if (record?.kind !== 'record') throw damaged(position)
      const { sha256 } = record
      return {
        kind: 'append',
        entry: { kind: 'erase', issuer, arrived, sha256, reason },
        facts: { ...about, ...facts, seq },
        rows: (index) => [
          insertErasure(position, index),
          deleteBody(position),
          emptyFact(position),
        ],
        done: () => seq,
      }
    })
}

function createRows({ store }: Ports) {
  const guarantee = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('guarantee')
      .select('contractNumber')
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey),
  )
  const standing = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('version')
      .innerJoin('recordBody', 'recordBody.position', 'version.position')
      .leftJoin('logFact', 'logFact.position', 'version.position')
      .select(['version.position', 'version.seq'])
      .select(['logFact.kind', 'logFact.owner', 'logFact.ownerCode', 'logFact.ownerName'])
      .where('version.issuer', '=', issuer)
      .where('version.numberKey', '=', numberKey)
      .orderBy('version.seq'),
  )
  return {
    find: async (issuer: string, numberKey: string) =>
      (await store.all(guarantee(issuer, numberKey)))[0],
    standing: async (issuer: string, numberKey: string): Promise<Standing[]> =>
      (await store.all(standing(issuer, numberKey))).map(({ position, seq, ...facts }) => ({
        position,
        seq,
        facts,
      })),
  }
}

function damaged(position: number): Fault {
  return new Fault(
    'store_unavailable',
    `Entry ${position} of the log is damaged, so nothing can say what was erased. Run akashi log fsck.`,
  )
}

function outOfSight(count: number, contractNumber: string): Fault {
  return new Fault(
    'store_unavailable',
    `${count} of the versions of ${contractNumber} cannot be found, so they would stay. Run akashi log fsck.`,
  )
}
