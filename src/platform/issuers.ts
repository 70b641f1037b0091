import { fromBase64url } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { type Instant, instant } from '../base/time.ts'
import { DEFAULT_PATTERN } from '../guarantee/contract-number.ts'
import { canonicalJwk, checkPublicKey, type IssuerKey } from '../guarantee/issuer-key.ts'
import { formatEntry } from '../log/entry.ts'
import type { Ports } from '../ports.ts'
import { kept } from '../store/kept.ts'
import type { Tables } from '../store/tables.ts'
import type { Append } from './append.ts'
import { createKeyEvents, keysAfter } from './issuer-keys.ts'

export type Issuer = Tables['issuer']

export interface NewIssuer {
  /** `[a-z0-9-]{1,32}`; stands in every log entry. */
  id: string
  /** `iss` of its records, a URI. */
  iss: string
  name: string
  /** Regular expression of its contract numbers, matched whole. */
  numberPattern?: string | undefined
  class?: string | undefined
  phone?: string | undefined
  url?: string | undefined
  hours?: string | undefined
}

export interface IssuerWithKeys extends Issuer {
  keys: IssuerKey[]
}

type KeyChange = { kind: 'key-add'; notBefore: Instant } | { kind: 'key-retire'; at: Instant } | {
  kind: 'key-revoke'
  at: Instant
  reason: 'superseded' | 'compromised'
}

const CLASSES = ['surety_company', 'insurer', 'bank']

/** Registers issuers and their keys. Everything that happens to a key is an entry of the log. */
export function createIssuers(ports: Ports, append: Append) {
  const { store, clock } = ports
  const keyEvents = createKeyEvents(store)
  const allIssuers = kept(store.db, (db) => db.selectFrom('issuer').selectAll().orderBy('id'))
  const insertKey = kept(store.db, (db, kid: string, issuer: string, alg: string, jwk: string) =>
    db.insertInto('issuerKey').values({ kid, issuer, alg, jwk }),
  )
  const insertEvent = kept(store.db, (db, position: number, kid: string) =>
    db.insertInto('keyEvent').values({ position, kid }),
  )
  const keyOwner = kept(store.db, (db, kid: string) =>
    db.selectFrom('issuerKey').select('issuer').where('kid', '=', kid),
  )

  async function keysOf(issuer: string): Promise<IssuerKey[]> {
    return keysAfter(issuer, await keyEvents(issuer))
  }

  async function known(id: string): Promise<Issuer> {
    const issuer = (await store.all(allIssuers())).find((row) => row.id === id)
    if (!issuer) throw new Fault('not_found', `No issuer has the id ${id}. akashi issuer list shows them.`)
    return issuer
  }

  /** Appends a key event; the rows beside it land in the same commit. */
  function change(issuer: string, kid: string, event: KeyChange, rows: Parameters<typeof store.commit>[0]) {
    return append(async ({ arrived }) => ({
      kind: 'append',
      entry: formatEntry({
        kind: event.kind,
        issuer,
        arrived,
        sha256: fromBase64url(kid) as Uint8Array,
        kid,
        at: event.kind === 'key-add' ? event.notBefore : event.at,
        reason: event.kind === 'key-revoke' ? event.reason : '-',
      }),
      rows: (index) => [...rows, insertEvent(index, kid)],
      done: ({ index }) => index,
    }))
  }

  async function activeKey(issuer: string, kid: string): Promise<IssuerKey> {
    await known(issuer)
    const key = (await keysOf(issuer)).find((one) => one.kid === kid)
    if (!key) throw new Fault('not_found', `${issuer} has no key ${kid}. akashi issuer list shows its keys.`)
    return key
  }

  return {
    keysOf,

    async list(): Promise<IssuerWithKeys[]> {
      const issuers = await store.all(allIssuers())
      return Promise.all(issuers.map(async (row) => ({ ...row, keys: await keysOf(row.id) })))
    },

    /** @throws Fault body_invalid with one error for each wrong member, state_conflict */
    async add(issuer: NewIssuer): Promise<void> {
      const row = checked(issuer)
      const taken = (await store.all(allIssuers())).find(({ id, iss }) => id === row.id || iss === row.iss)
      if (taken) throw new Fault('state_conflict', `The issuer ${taken.id} (${taken.iss}) is registered.`)
      await store.commit([store.db.insertInto('issuer').values(row).compile()])
    },

    /**
     * Adds a public key (JWK); `notBefore` is now unless given.
     * @returns its thumbprint (RFC 7638)
     * @throws Fault claim_invalid for a weak or malformed key, state_conflict, not_found
     */
    async keyAdd(issuer: string, publicJwk: unknown, notBefore?: Instant): Promise<string> {
      await known(issuer)
      const { kid, alg, jwk } = checkPublicKey(publicJwk)
      const [owner] = await store.all(keyOwner(kid))
      if (owner) throw new Fault('state_conflict', `The key ${kid} is registered by ${owner.issuer}.`)
      await change(
        issuer,
        kid,
        { kind: 'key-add', notBefore: notBefore ?? instant(clock.now()) },
        [insertKey(kid, issuer, alg, canonicalJwk(jwk))],
      )
      return kid
    },

    /** From `at` (now unless given) on, nothing that arrives under the key is taken. */
    async keyRetire(issuer: string, kid: string, at?: Instant): Promise<void> {
      const key = await activeKey(issuer, kid)
      if (key.retiredAt || key.revokedAt) throw ended(key)
      await change(issuer, kid, { kind: 'key-retire', at: at ?? instant(clock.now()) }, [])
    },

    /** `since`: from when on a compromised key counts as the thief's; now unless given. */
    async keyRevoke(
      issuer: string,
      kid: string,
      reason: 'superseded' | 'compromised',
      since?: Instant,
    ): Promise<void> {
      const key = await activeKey(issuer, kid)
      if (key.revokedAt) throw ended(key)
      await change(issuer, kid, { kind: 'key-revoke', reason, at: since ?? instant(clock.now()) }, [])
    },
  }
}

export type Issuers = ReturnType<typeof createIssuers>

function ended({ kid, revokedAt, retiredAt }: IssuerKey): Fault {
  const what = revokedAt ? `revoked at ${revokedAt}` : `retired at ${retiredAt}`
  return new Fault('state_conflict', `The key ${kid} was ${what}.`)
}

function checked(issuer: NewIssuer): Issuer {
  const errors: { field: string; code: string; detail: string }[] = []
  const wrong = (field: string, detail: string) => errors.push({ field, code: 'invalid', detail })
  const numberPattern = issuer.numberPattern ?? DEFAULT_PATTERN
  const kind = issuer.class ?? 'surety_company'
  if (!/^[a-z0-9-]{1,32}$/.test(issuer.id)) wrong('id', 'id is 1 to 32 of a-z, 0-9 and hyphen.')
  if (!URL.canParse(issuer.iss)) wrong('iss', 'iss is a URI, for example https://issuer.example.')
  if (issuer.name.trim() === '') wrong('name', 'name is not empty.')
  if (!CLASSES.includes(kind)) wrong('class', `class is one of ${CLASSES.join(', ')}.`)
  try {
    new RegExp(numberPattern, 'u')
  } catch {
    wrong('numberPattern', 'pattern is a regular expression, for example ^[0-9]{5}-[0-9]{6}$.')
  }
  if (errors.length > 0) {
    throw new Fault('body_invalid', errors.map(({ detail }) => detail).join(' '), { errors })
  }
  const { id, iss, name, phone = null, url = null, hours = null } = issuer
  return { id, iss, name, numberPattern, class: kind, phone, url, hours }
}
