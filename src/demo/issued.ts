import type { CompiledQuery } from 'kysely'
import { sealAuthKey } from '../desk/issue/auth-keys.ts'
import { historyOf, searchColumns, stateOf } from '../desk/issue/version-rows.ts'
import { numberKey as keyOf } from '../guarantee/contract-number.ts'
import type { Receipt } from '../log/bundle.ts'
import type { Sealer } from '../ports.ts'
import type { Store } from '../store/store.ts'
import type { Parties } from './data.ts'
import type { Planned } from './plan.ts'

/** A record of the demo that has arrived. */
export interface DemoArrival {
  planned: Planned
  record: string
  receipt: Receipt
  /** With seq 1. */
  authKey?: string | undefined
}

/** The id of a contractor's organisation in the demo, by its name in `db/demo/parties.json`. */
function demoOrganisation(contractor: string): string {
  return `demo-${contractor}`
}

/** The desk's rows of a guarantee as they are once all of its records have arrived. */
export async function issuedRows(
  store: Store,
  sealer: Sealer,
  { contractors }: Parties,
  arrivals: readonly DemoArrival[],
): Promise<CompiledQuery[]> {
  const [first, last] = [arrivals[0], arrivals.at(-1)]
  if (!first?.authKey || !last) throw new Error('a guarantee of the demo has no first record')
  const { issuer, content } = first.planned
  const contractNumber = content.sub
  const numberKey = keyOf(contractNumber)
  const place = { issuer: issuer.id, numberKey }
  const versions = arrivals.map(({ planned, record, receipt }) => ({
    ...place,
    seq: planned.content.seq,
    event: planned.content.event,
    jws: record,
    madeAt: planned.at,
    madeBy: 'demo',
    approvedBy: null,
    arrivedAt: receipt.arrivedAt,
    receipt: JSON.stringify(receipt),
    statement: null,
  }))
  const { certificate } = last.planned.content
  const [contractor = ''] =
    Object.entries(contractors).find(([, { name }]) => name === certificate.contractor.name) ?? []
  const sealedKey = await sealAuthKey(sealer, { issuer: issuer.id, contractNumber }, first.authKey)
  const row = {
    ...{ ...place, contractNumber, org: demoOrganisation(contractor) },
    ...{ application: `demo-${numberKey}`, kind: certificate.kind, format: 'electronic' as const },
    ...{ branch: 'shizuoka', state: stateOf(historyOf(versions)), newestSeq: versions.length },
    ...searchColumns(certificate, numberKey),
    ...{ sealedKey, keySince: first.planned.at, issuedAt: first.planned.at },
    arrivedAt: last.receipt.arrivedAt,
  }
  const { db } = store
  return [
    db.insertInto('issued').values(row).compile(),
    ...versions.map((version) => db.insertInto('issuedVersion').values(version).compile()),
  ]
}
