import { equalBytes } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import { foldAuthKey } from '../../guarantee/auth-key.ts'
import { numberKey } from '../../guarantee/contract-number.ts'
import type { Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import { authKeyMac, SALT_LENGTH } from './auth-key-mac.ts'
import { type Budgets, UNKNOWN, type Visitor } from './budget.ts'

/** What the contractor hands to the owner; folded here, so any spelling of it will do. */
export interface Pair {
  contractNumber: string
  authKey: string
  /** Needed only where more than two issuers use the same number. */
  issuer?: string | undefined
}

/** A guarantee whose number and key were both right. */
export interface KnownGuarantee {
  issuer: string
  numberKey: string
  contractNumber: string
}

/** What a share link shows: the head alone, or the history with it. */
export type Scope = 'current' | 'history'

/** What somebody has shown: number and key, or a share link of some scope. */
export type Right = 'holder' | Scope

const CANDIDATES = 2

/**
 * The guarantee of a right pair. A wrong number and a wrong key do the same work: one statement,
 * two MACs (dummies fill up) of one kind, two comparisons, the budgets. A right pair asks for no
 * budget and never waits, unless keys are hashed slowly: then the queue stands before the hash.
 * @throws Fault not_found_or_key_mismatch, rate_limited
 */
export function createAuthenticate(ports: Ports, budgets: Budgets) {
  const { store, peppers, random } = ports
  const isSlow = createIsSlow(ports)
  const candidates = createCandidates(store)
  const dummy = {
    issuer: 'nobody',
    pid: peppers.current,
    salt: random(SALT_LENGTH),
    mac: new Uint8Array(32),
  }

  return async function authenticate(
    pair: Pair,
    visitor: Visitor = UNKNOWN,
  ): Promise<KnownGuarantee> {
    const key = numberKey(pair.contractNumber)
    const authKey = foldAuthKey(pair.authKey)
    const rows = await candidates(key, pair.issuer)
    const slowly = await isSlow(rows)
    const waited = slowly && (await budgets.before(visitor, key))
    let match: KnownGuarantee | undefined
    for (let i = 0; i < CANDIDATES; i++) {
      const row = rows[i] ?? { ...dummy, numberKey: key, contractNumber: key }
      const mac = await authKeyMac(peppers, row.pid, row.salt, row, authKey, slowly)
      if (equalBytes(mac, row.mac) && i < rows.length) match ??= row
    }
    if (!match) {
      const slowed = await budgets.failed(visitor, key, waited)
      throw new Fault(
        'not_found_or_key_mismatch',
        'The contract number or the auth key is not right. Compare both with the key notice.',
        { slowed },
      )
    }
    const { issuer, numberKey: found, contractNumber } = match
    return { issuer, numberKey: found, contractNumber }
  }
}

/**
 * The guarantees of a number, who came first first, or an issuer's own. Ordered here: beside an
 * ORDER BY, SQLite with STAT4 would prepare the statement anew at every run (see asked.ts).
 */
function createCandidates(store: Ports['store']) {
  const columns = [
    'issuer',
    'numberKey',
    'contractNumber',
    'position',
    'pid',
    'salt',
    'mac',
  ] as const
  const byNumber = kept(store.db, (db, numberKey: string) =>
    db.selectFrom('guarantee').select(columns).where('numberKey', '=', numberKey),
  )
  const byIssuer = kept(store.db, (db, numberKey: string, issuer: string) =>
    db
      .selectFrom('guarantee')
      .select(columns)
      .where('numberKey', '=', numberKey)
      .where('issuer', '=', issuer),
  )

  return async (key: string, issuer: string | undefined) => {
    const rows = await store.all(issuer === undefined ? byNumber(key) : byIssuer(key, issuer))
    return rows.sort((one, other) => one.position - other.position).slice(0, CANDIDATES)
  }
}

/**
 * Whether look-ups hash slowly: all of them, as soon as one kept key does, for the time would tell
 * its number from one that nobody has. Asked of all rows once, then of those that are met.
 */
function createIsSlow({ store, peppers }: Ports) {
  const pids = kept(store.db, (db) => db.selectFrom('guarantee').select('pid').distinct())
  const anySlow = (rows: readonly { pid: string }[]) => rows.some(({ pid }) => peppers.isSlow(pid))
  let slow = peppers.isSlow(peppers.current)
  let asked = slow

  return async (rows: readonly { pid: string }[]): Promise<boolean> => {
    if (!asked) slow = anySlow(await store.all(pids())) || slow
    asked = true
    slow ||= anySlow(rows)
    return slow
  }
}

export type Authenticate = ReturnType<typeof createAuthenticate>
