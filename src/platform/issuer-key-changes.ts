import { fromBase64url } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { canonicalJwk, checkPublicKey, type IssuerKey } from '../guarantee/issuer-key.ts'
import { formatEntry, type KeyEntry } from '../log/entry.ts'
import type { Ports } from '../ports.ts'
import { kept } from '../store/kept.ts'
import type { Append } from './append.ts'
import { createKeyEvents, keysAfter } from './issuer-keys.ts'

interface KeyChange {
  kind: KeyEntry['kind']
  /** When it counts from; the arrival of its entry unless given. */
  at: Instant | undefined
  reason: KeyEntry['reason']
}

/** Adds, retires and revokes the keys of issuers; each change is an entry of the log. */
export function createKeyChanges({ store }: Ports, append: Append) {
  const keyEvents = createKeyEvents(store)
  const insertKey = kept(store.db, (db, kid: string, issuer: string, alg: string, jwk: string) =>
    db.insertInto('issuerKey').values({ kid, issuer, alg, jwk }),
  )
  const insertEvent = kept(store.db, (db, position: number, kid: string) =>
    db.insertInto('keyEvent').values({ position, kid }),
  )
  const keyOwner = kept(store.db, (db, kid: string) =>
    db.selectFrom('issuerKey').select('issuer').where('kid', '=', kid),
  )

  function change(issuer: string, kid: string, { kind, at, reason }: KeyChange, rows: Rows = []) {
    const sha256 = fromBase64url(kid) as Uint8Array
    return append(async ({ arrived }) => ({
      kind: 'append',
      entry: formatEntry({ kind, issuer, arrived, sha256, kid, at: at ?? arrived, reason }),
      rows: (index) => [...rows, insertEvent(index, kid)],
      done: () => undefined,
    }))
  }

  async function keyOf(issuer: string, kid: string): Promise<IssuerKey> {
    const key = keysAfter(issuer, await keyEvents(issuer)).find((one) => one.kid === kid)
    if (key) return key
    const cure = 'akashi issuer list shows its keys.'
    throw new Fault('not_found', `${issuer} has no key ${kid}. ${cure}`)
  }

  return {
    /**
     * Adds a public key (JWK), valid from `notBefore` on.
     * @returns its thumbprint (RFC 7638)
     * @throws Fault claim_invalid for a weak or malformed key, state_conflict
     */
    async keyAdd(issuer: string, publicJwk: unknown, notBefore?: Instant): Promise<string> {
      const { kid, alg, jwk } = checkPublicKey(publicJwk)
      const [owner] = await store.all(keyOwner(kid))
      if (owner) {
        throw new Fault('state_conflict', `The key ${kid} is registered by ${owner.issuer}.`)
      }
      await change(issuer, kid, { kind: 'key-add', at: notBefore, reason: '-' }, [
        insertKey(kid, issuer, alg, canonicalJwk(jwk)),
      ])
      return kid
    },

    /** From `at` on, nothing that arrives under the key is taken. */
    async keyRetire(issuer: string, kid: string, at?: Instant): Promise<void> {
      const key = await keyOf(issuer, kid)
      if (key.retiredAt || key.revokedAt) throw ended(key)
      await change(issuer, kid, { kind: 'key-retire', at, reason: '-' })
    },

    /** `since`: from when on a compromised key counts as the thief's. */
    async keyRevoke(
      issuer: string,
      kid: string,
      reason: 'superseded' | 'compromised',
      since?: Instant,
    ): Promise<void> {
      const key = await keyOf(issuer, kid)
      if (key.revokedAt) throw ended(key)
      await change(issuer, kid, { kind: 'key-revoke', at: since, reason })
    },
  }
}

type Rows = Parameters<Ports['store']['commit']>[0]

function ended({ kid, revokedAt, retiredAt }: IssuerKey): Fault {
  const what = revokedAt ? `revoked at ${revokedAt}` : `retired at ${retiredAt}`
  return new Fault('state_conflict', `The key ${kid} was ${what}.`)
}
