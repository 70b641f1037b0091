import type { CompiledQuery } from 'kysely'
import { fromBase64url } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import { type Instant, instant, isInstant, milliseconds } from '../../base/time.ts'
import { canonicalJwk, checkPublicKey, type IssuerKey } from '../../guarantee/issuer-key.ts'
import type { KeyEntry } from '../../log/entry.ts'
import type { Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { Append } from '../log/append.ts'
import type { Group } from '../log/proposal.ts'
import { createKeyEvents, usableKey } from './issuer-keys.ts'

interface KeyChange {
  kind: KeyEntry['kind']
  /** When it counts from, unless with the arrival of its entry. */
  at: Instant | undefined
  reason: KeyEntry['reason']
}

/** Adds, retires and revokes the keys of issuers; each change is an entry of the log. */
export function createKeyChanges({ store }: Ports, append: Append) {
  const keyEvents = createKeyEvents(store)
  const change = createChange(store, append)
  const insertKey = kept(store.db, (db, kid: string, issuer: string, alg: string, jwk: string) =>
    db.insertInto('issuerKey').values({ kid, issuer, alg, jwk }),
  )
  const keyOwner = kept(store.db, (db, kid: string) =>
    db.selectFrom('issuerKey').select('issuer').where('kid', '=', kid),
  )

  async function keyOf(issuer: string, kid: string): Promise<IssuerKey> {
    const key = usableKey(issuer, kid, await keyEvents(issuer))
    if (key) return key
    const cure = 'akashi issuer list shows its keys.'
    throw new Fault('not_found', `${issuer} has no key ${kid}. ${cure}`)
  }

  return {
    /**
     * Adds a public key (JWK), valid from `notBefore` on.
     * @param before judges and gives what is stored with the key, before it
     * @returns its thumbprint (RFC 7638)
     * @throws Fault claim_invalid for a weak or malformed key, state_conflict
     */
    async keyAdd(
      issuer: string,
      publicJwk: unknown,
      notBefore?: Instant,
      before: Judge = async () => [],
    ): Promise<string> {
      const { kid, alg, jwk } = checkPublicKey(publicJwk)
      await change(issuer, kid, { kind: 'key-add', at: notBefore, reason: '-' }, async (group) => {
        const [owner] = await store.all(keyOwner(kid))
        if (owner) {
          throw new Fault('state_conflict', `The key ${kid} is registered by ${owner.issuer}.`)
        }
        return [...(await before(group)), insertKey(kid, issuer, alg, canonicalJwk(jwk))]
      })
      return kid
    },

    /** From `at` on, nothing that arrives under the key is taken. */
    keyRetire: (issuer: string, kid: string, at?: Instant): Promise<void> =>
      change(issuer, kid, { kind: 'key-retire', at, reason: '-' }, async () => {
        const key = await keyOf(issuer, kid)
        if (key.retiredAt || key.revokedAt) throw ended(key)
        return []
      }),

    /** `since`: from when on a compromised key counts as the thief's; never in the future. */
    keyRevoke: (
      issuer: string,
      kid: string,
      reason: 'superseded' | 'compromised',
      since?: Instant,
    ): Promise<void> =>
      change(issuer, kid, { kind: 'key-revoke', at: since, reason }, async () => {
        const key = await keyOf(issuer, kid)
        if (key.revokedAt) throw ended(key)
        return []
      }),
  }
}

/** Appends what happens to a key. */
function createChange(store: Store, append: Append) {
  const insertEvent = kept(store.db, (db, position: number, kid: string) =>
    db.insertInto('keyEvent').values({ position, kid }),
  )

  return async (
    issuer: string,
    kid: string,
    { kind, at, reason }: KeyChange,
    judge: Judge,
  ): Promise<void> => {
    if (at !== undefined && !isInstant(at)) {
      throw new Fault('body_invalid', `${at} is no instant, YYYY-MM-DDThh:mm:ss.sssZ.`)
    }
    // At the log's head, so that of two changes at once only one is judged without the other.
    await append(async (group) => {
      const { arrived, memory } = group
      if (memory.has(`key:${kid}`)) {
        throw new Fault('state_conflict', `The key ${kid} was changed just now. Look at it again.`)
      }
      const rows = await judge(group)
      const sha256 = fromBase64url(kid) as Uint8Array
      checkTime({ kind, at, reason }, kid, arrived)
      memory.set(`key:${kid}`, true)
      const from = at ?? (kind === 'key-add' ? arrived : justAfter(arrived))
      return {
        kind: 'append',
        entry: { kind, issuer, arrived, sha256, kid, at: from, reason },
        rows: (index) => [...rows, insertEvent(index, kid)],
        done: () => undefined,
      }
    })
  }
}

/** @throws Fault body_invalid for a time that would take back what stands, or let a lost key go on */
function checkTime({ kind, at, reason }: KeyChange, kid: string, arrived: Instant): void {
  if (at === undefined) return
  if (at < arrived && ends(kind, reason)) {
    throw new Fault(
      'body_invalid',
      `The key ${kid} signed what arrived until now. Leave the time out, or revoke it as compromised.`,
    )
  }
  if (at > arrived && kind === 'key-revoke') {
    throw new Fault(
      'body_invalid',
      `${at} is still to come, and the key ${kid} would sign until then. Leave the time out, or give the one since when it is in other hands.`,
    )
  }
}

/** An end in good order: it must not take back what was taken before it. */
function ends(kind: KeyChange['kind'], reason: KeyChange['reason']): boolean {
  return kind === 'key-retire' || reason === 'superseded'
}

/** What arrived in the same millisecond was taken under the key, and stays valid. */
function justAfter(arrived: Instant): Instant {
  return instant(milliseconds(arrived) + 1)
}

/** Refuses what must not be appended, or gives the rows that stand beside the entry. */
type Judge = (group: Group) => Promise<readonly CompiledQuery[]>

function ended({ kid, revokedAt, retiredAt }: IssuerKey): Fault {
  const what = revokedAt ? `revoked at ${revokedAt}` : `retired at ${retiredAt}`
  return new Fault('state_conflict', `The key ${kid} was ${what}.`)
}
