import { Fault } from '../../base/fault.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import { judgeKey } from '../../guarantee/issuer-key.ts'
import type { ReadRecord } from '../../guarantee/record.ts'
import { type Finding, findings } from '../../guarantee/sufficiency.ts'
import type { Identity, Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import { type AuthKeyRow, checkAuthKey } from '../access/auth-key-row.ts'
import { createIssuerOfKey } from '../directory/issuer-of-key.ts'
import { createOwnerPolicy } from '../directory/owner-policy.ts'
import type { Decision, Group } from '../log/proposal.ts'
import { receiptOf } from '../log/receipt.ts'
import { createArrivals } from './arrivals.ts'
import { type Chain, continueHistory, createChains, grown, joinChain } from './chain.ts'
import { recordFacts } from './record-facts.ts'
import { refuseUnlessSentBy, type Sender } from './sender.ts'
import { createStoredBefore } from './stored-before.ts'
import type { Submitted } from './submission.ts'

/** A record whose form, signature and addressee are right. */
export interface Candidate {
  /** Whose key signed it. */
  issuer: string
  record: ReadRecord
  authKey: string | undefined
  /** The auth key as it will be kept; undefined unless the record is the first and the key well-formed. */
  keyRow: AuthKeyRow | undefined
  /** Who sends a first record, where that is asked for. */
  sender: Sender | undefined
}

/**
 * Everything about a record that depends on the state of the log's head, judged within a group.
 * @param waiting all that wait for it
 */
export function createAdmission(ports: Ports, identity: Identity, waiting: ReadonlySet<Candidate>) {
  const issuerOfKey = createIssuerOfKey(ports)
  const storedBefore = createStoredBefore(ports.store, waiting, ports.writing.largestGroup)
  const arrivals = createArrivals(ports, identity)
  const ownerPolicy = createOwnerPolicyOfGroup(ports)
  const chains = createChains(ports.store)
  const rowsOf = createRows(ports)

  return async function admit(candidate: Candidate, group: Group): Promise<Decision<Submitted>> {
    const { record, authKey, keyRow, sender } = candidate
    const { payload } = record
    const { issuer, key } = await issuerOfKey(record.header.kid, group.head)
    const stored = await storedBefore(candidate, group)
    const before = await arrivals.before(issuer.id, record, group, stored)
    if (before.answer) return { kind: 'answer', result: before.answer }
    refuseUnlessSentBy(sender, issuer.id)

    refuseUnlessUsable(judgeKey(key, group.arrived))
    const chain = await chains.read(issuer.id, payload.sub, group, stored)
    const policy = await ownerPolicy(payload.certificate.owner, group)
    if (policy === 'unreadable') throw damagedOwner()
    const warnings = passing(findings({ ...payload, versions: chain.versions, owner: policy }))
    checkAuthKey(payload, authKey)
    joinChain(chain, payload)
    if (before.isUsed) throw jtiReused(payload.jti)
    const notes = continueHistory(chain, payload)

    chains.remember(grown(chain, record, group.arrived), group)
    const submitted = arrivals.expect(issuer.id, record, group)
    const { arrived } = group
    const { sub, seq } = payload
    return {
      kind: 'append',
      entry: { kind: 'record', issuer: issuer.id, arrived, sha256: record.sha256 },
      facts: recordFacts(record, policy?.id),
      rows: (index) => rowsOf(chain, record, keyRow, index),
      done: (landed) =>
        submitted({
          fresh: true,
          receipt: receiptOf(
            { issuer: issuer.id, contractNumber: sub, seq, arrivedAt: arrived },
            landed,
          ),
          warnings: [...warnings, ...notes],
        }),
    }
  }
}

/** The owners' policies, each read once for a group: it is judged as of one moment. */
function createOwnerPolicyOfGroup(ports: Ports) {
  const ownerPolicy = createOwnerPolicy(ports)
  type Policy = ReturnType<typeof ownerPolicy>

  return (owner: Certificate['owner'], { memory }: Group): Policy => {
    const key = `owner:${JSON.stringify(owner)}`
    const known = (memory.get(key) as Policy | undefined) ?? ownerPolicy(owner)
    memory.set(key, known)
    return known
  }
}

function createRows({ store }: Ports) {
  const insertGuarantee = kept(
    store.db,
    (
      db,
      issuer: string,
      numberKey: string,
      contractNumber: string,
      position: number,
      pid: string,
      salt: Uint8Array,
      mac: Uint8Array,
    ) =>
      db
        .insertInto('guarantee')
        .values({ issuer, numberKey, contractNumber, position, pid, salt, mac, newestSeq: 1 }),
  )
  const countVersions = kept(store.db, (db, newestSeq: number, issuer: string, numberKey: string) =>
    db
      .updateTable('guarantee')
      .set({ newestSeq })
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey),
  )
  const insertVersion = kept(
    store.db,
    (
      db,
      position: number,
      issuer: string,
      numberKey: string,
      seq: number,
      jti: string,
      contentId: string,
    ) => db.insertInto('version').values({ position, issuer, numberKey, seq, jti, contentId }),
  )
  const insertBody = kept(store.db, (db, position: number, jws: string) =>
    db.insertInto('recordBody').values({ position, jws }),
  )

  return (chain: Chain, record: ReadRecord, key: AuthKeyRow | undefined, index: number) => {
    const { sub, seq, jti } = record.payload
    const { issuer, numberKey } = chain
    return [
      key
        ? insertGuarantee(issuer, numberKey, sub, index, key.pid, key.salt, key.mac)
        : countVersions(seq, issuer, numberKey),
      insertVersion(index, issuer, numberKey, seq, jti, record.contentId),
      insertBody(index, record.jws),
    ]
  }
}

function refuseUnlessUsable(judgement: ReturnType<typeof judgeKey>): void {
  if (judgement === 'ok') return
  throw new Fault(judgement, 'The key cannot sign new records now. Sign with a valid key.')
}

function jtiReused(jti: string): Fault {
  return new Fault('jti_reused', `The jti ${jti} was used by another record. Make a new one.`)
}

function damagedOwner(): Fault {
  return new Fault(
    'store_unavailable',
    'What is stored of the owner is damaged. The operator finds it in the report.',
  )
}

function passing(found: Finding[]): Finding[] {
  const block = found.find(({ severity }) => severity === 'block')
  if (!block) return found
  throw new Fault(block.code as 'owner_unknown', BLOCKS[block.code] ?? `Rule ${block.rule}.`, {
    ...(block.field && {
      errors: [
        { field: `certificate.${block.field}`, code: block.code, detail: `Rule ${block.rule}.` },
      ],
    }),
  })
}

const BLOCKS: Record<string, string> = {
  owner_unknown:
    'The owner is not registered here, by code or by any name. GET /v1/owners lists the registered ones.',
  kind_not_accepted: 'The owner does not take this kind of guarantee electronically.',
  owner_not_started:
    'The works contract is dated before the owner began to take electronic guarantees.',
  amount_invalid: 'The guaranteed amount exceeds the contract price. Correct the amounts.',
}
