import type { CompiledQuery } from 'kysely'
import { Fault } from '../../base/fault.ts'
import type { Instant } from '../../base/time.ts'
import { text } from '../../guarantee/claims.ts'
import { DEFAULT_PATTERN } from '../../guarantee/contract-number.ts'
import type { IssuerKey } from '../../guarantee/issuer-key.ts'
import { isNumberPattern } from '../../guarantee/number-pattern.ts'
import { isIssuerId } from '../../log/entry.ts'
import type { Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import type { Tables } from '../../store/tables.ts'
import type { Append } from '../log/append.ts'
import { createKeyChanges } from './issuer-key-changes.ts'
import { createKeyEvents, ISSUER_COLUMNS, keysAfter } from './issuer-keys.ts'

export type Issuer = Tables['issuer']

export interface NewIssuer {
  /** `[a-z0-9-]{1,32}`, no hyphen first; stands in every log entry. */
  id: string
  /** `iss` of its records, a URI. */
  iss: string
  name: string
  /** Regular expression of its contract numbers, matched whole; guarantee/number-pattern.ts. */
  numberPattern?: string | undefined
  class?: string | undefined
  phone?: string | undefined
  url?: string | undefined
  hours?: string | undefined
}

export interface IssuerWithKeys extends Issuer {
  keys: IssuerKey[]
}

export type IssuerName = Pick<Issuer, 'id' | 'name' | 'numberPattern'>

/** What pages say of an issuer. */
const shown = text().optional()

const CLASSES = ['surety_company', 'insurer', 'bank']

/** Registers issuers and their keys. Everything that happens to a key is an entry of the log. */
export function createIssuers(ports: Ports, append: Append) {
  const { store } = ports
  const keyEvents = createKeyEvents(store)
  const keys = createKeyChanges(ports, append)
  const allIssuers = kept(store.db, (db) =>
    db.selectFrom('issuer').select(ISSUER_COLUMNS).orderBy('id'),
  )
  const allNames = kept(store.db, (db) =>
    db.selectFrom('issuer').select(['id', 'name', 'numberPattern']).orderBy('id'),
  )

  async function known(id: string): Promise<string> {
    const issuers = await store.all(allIssuers())
    if (issuers.some((row) => row.id === id)) return id
    throw new Fault('not_found', `No issuer has the id ${id}. akashi issuer list shows them.`)
  }

  /** @param memory knows what is about to be stored @throws Fault state_conflict */
  async function insertOf(row: Issuer, memory: Map<string, unknown>): Promise<CompiledQuery[]> {
    const names = [`issuer:${row.id}`, `iss:${row.iss}`]
    const issuers = await store.all(allIssuers())
    const taken = issuers.find(({ id, iss }) => id === row.id || iss === row.iss)
    if (taken || names.some((name) => memory.has(name))) {
      const { id, iss } = taken ?? row
      throw new Fault(
        'state_conflict',
        `The issuer ${id} (${iss}) is registered. Add a key to it with akashi issuer key-add; another company needs another id and iss.`,
      )
    }
    for (const name of names) memory.set(name, true)
    return [store.db.insertInto('issuer').values(row).compile()]
  }

  return {
    async list(): Promise<IssuerWithKeys[]> {
      const issuers = await store.all(allIssuers())
      return Promise.all(
        issuers.map(async (row) => ({ ...row, keys: keysAfter(row.id, await keyEvents(row.id)) })),
      )
    },

    /** What a form needs to know of the issuers, without their keys. */
    names: (): Promise<IssuerName[]> => store.all(allNames()),

    /**
     * Registers an issuer, with its first key where one is given: both or neither.
     * @param publicJwk JWK, valid from now on
     * @returns the thumbprint of the key (RFC 7638)
     * @throws Fault body_invalid with one error for each wrong member, claim_invalid for a weak or
     *   malformed key, state_conflict
     */
    async add(issuer: NewIssuer, publicJwk?: unknown): Promise<string | undefined> {
      const row = checked(issuer)
      if (publicJwk !== undefined) {
        return keys.keyAdd(row.id, publicJwk, undefined, ({ memory }) => insertOf(row, memory))
      }
      await store.commit(await insertOf(row, new Map()))
      return undefined
    },

    keyAdd: async (issuer: string, publicJwk: unknown, notBefore?: Instant) =>
      keys.keyAdd(await known(issuer), publicJwk, notBefore),

    keyRetire: async (issuer: string, kid: string, at?: Instant) =>
      keys.keyRetire(await known(issuer), kid, at),

    keyRevoke: async (
      issuer: string,
      kid: string,
      reason: 'superseded' | 'compromised',
      since?: Instant,
    ) => keys.keyRevoke(await known(issuer), kid, reason, since),
  }
}

export type Issuers = ReturnType<typeof createIssuers>

function checked(issuer: NewIssuer): Issuer {
  const errors: { field: string; code: string; detail: string }[] = []
  const wrong = (field: string, detail: string) => errors.push({ field, code: 'invalid', detail })
  const numberPattern = issuer.numberPattern ?? DEFAULT_PATTERN
  const kind = issuer.class ?? 'surety_company'
  if (!isIssuerId(issuer.id)) wrong('id', 'id is 1 to 32 of a-z, 0-9 and hyphen, no hyphen first.')
  if (!URL.canParse(issuer.iss)) wrong('iss', 'iss is a URI, for example https://issuer.example.')
  for (const member of ['name', 'phone', 'url', 'hours'] as const) {
    const { error } = shown.safeParse(issuer[member])
    if (error) wrong(member, `${member} ${error.issues[0]?.message}.`)
  }
  if (!CLASSES.includes(kind)) wrong('class', `class is one of ${CLASSES.join(', ')}.`)
  if (!isNumberPattern(numberPattern)) {
    const parts = 'literals, [classes], (groups), |, ?, {m} and {m,n}'
    wrong(
      'numberPattern',
      `pattern is at most 64 characters of ${parts}, with few ways to read a number, for example ^[0-9]{5}-[0-9]{6}$.`,
    )
  }
  if (errors.length > 0) {
    throw new Fault('body_invalid', errors.map(({ detail }) => detail).join(' '), { errors })
  }
  const { id, iss, name, phone = null, url = null, hours = null } = issuer
  return { id, iss, name, numberPattern, class: kind, phone, url, hours }
}
