import { base64url, hex, sha256, utf8 } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { codePoints, isPlainText } from '../base/text.ts'
import { type Instant, instant } from '../base/time.ts'
import { createOwnerId } from '../platform/directory/registered-owner.ts'
import type { Ports } from '../ports.ts'
import type { Tables } from '../store/tables.ts'
import type { Scope } from './scope.ts'
import { createTokenRows } from './token-rows.ts'

/** What a token is to be. Here and not in platform/access: a scope names owners of the directory. */
export interface NewToken {
  role: 'auditor'
  /** What people call it; its id unless given. */
  name?: string | undefined
  /** Owners by code, or by any name under which certificates may name them. */
  owners: readonly string[]
  /** Ids of issuers. */
  issuers: readonly string[]
  /** Everything, and then neither owners nor issuers. */
  all: boolean
  /** Whole days from now, 1 to 400. */
  days: number
}

export interface Token {
  id: string
  name: string
  role: 'auditor'
  /** Registered names; undefined for all. */
  owners?: string[]
  issuers?: string[]
  createdAt: Instant
  expiresAt: Instant
  revokedAt?: Instant
  /** As the access log has it; no use writes to the token itself. */
  lastUsedAt?: Instant
}

/** Who pulls, as far as they may. */
export interface Auditor {
  token: string
  scope: Scope
  /** Asks whether the token stands yet. @throws Fault token_invalid */
  again(): Promise<void>
}

/** So that whoever finds one, or a scanner of secrets, knows what it is. */
const PREFIX = 'akashi_audit_'
const SECRET_LENGTH = 32
const ID_LENGTH = 6
const DAY = 86_400_000
const MOST_DAYS = 400
const MOST_NAME = 200

/** Tokens of auditors: made, listed, withdrawn, and asked for at every call. */
export function createTokens(ports: Ports) {
  const { store, clock, random } = ports
  const rows = createTokenRows(store)
  const scopeOf = createScopeReader(ports)

  /**
   * Whom a bearer stands for; read each time, so that a withdrawal counts from the next call on.
   * @throws Fault token_invalid, one answer for unknown, expired and withdrawn
   */
  async function auditor(bearer: string | undefined): Promise<Auditor> {
    const row = bearer === undefined ? undefined : await rows.find(sha256(utf8(bearer)))
    if (!row || row.revokedAt !== null || row.expiresAt <= instant(clock.now())) {
      throw new Fault(
        'token_invalid',
        'Send Authorization: Bearer with a token that stands. The operator makes one with akashi token create.',
      )
    }
    const again = async () => void (await auditor(bearer))
    return { token: row.id, scope: readScope(row), again }
  }

  return {
    /**
     * @returns with the token itself, which is kept nowhere
     * @throws Fault body_invalid, not_found for an owner or issuer that is not registered
     */
    async create(wish: NewToken): Promise<Token & { token: string }> {
      const scope = await scopeOf(wish)
      const now = clock.now()
      const token = PREFIX + base64url(random(SECRET_LENGTH))
      const id = hex(random(ID_LENGTH))
      const row = {
        id,
        hash: sha256(utf8(token)),
        name: checkedName(wish.name ?? id),
        role: wish.role,
        owners: scope.owners ? JSON.stringify(scope.owners) : null,
        issuers: scope.issuers ? JSON.stringify(scope.issuers) : null,
        createdAt: instant(now),
        expiresAt: instant(now + checkedDays(wish.days) * DAY),
        revokedAt: null,
      }
      await rows.insert(row)
      return { ...shown(row, await rows.ownerNames()), token }
    },

    /** All of them, ended ones included, newest first. */
    async list(): Promise<Token[]> {
      const names = await rows.ownerNames()
      const uses = await rows.lastUses()
      return (await rows.list()).map((row) => ({
        ...shown(row, names),
        ...(uses.has(row.id) && { lastUsedAt: uses.get(row.id) as Instant }),
      }))
    },

    /**
     * Ends a token at once, for good.
     * @returns when it ended, and whether it had ended before
     * @throws Fault not_found
     */
    async revoke(id: string): Promise<{ revokedAt: Instant; already: boolean }> {
      const row = (await rows.list()).find((one) => one.id === id)
      if (!row) throw new Fault('not_found', `No token is ${id}. akashi token list shows them.`)
      if (row.revokedAt !== null) return { revokedAt: row.revokedAt, already: true }
      const revokedAt = instant(clock.now())
      await rows.revoke(id, revokedAt)
      return { revokedAt, already: false }
    },

    auditor,
  }
}

/** What a new token is to cover. @throws Fault body_invalid, not_found */
function createScopeReader({ store }: Ports) {
  const ownerId = createOwnerId(store)
  const rows = createTokenRows(store)

  async function knownOwner(named: string): Promise<number> {
    const id = await ownerId({ code: named, name: named })
    if (id !== undefined) return id
    throw new Fault('not_found', `No owner has the code or the name ${named}. Register it first.`)
  }

  return async ({ owners, issuers, all }: NewToken): Promise<Scope> => {
    const narrow = owners.length > 0 || issuers.length > 0
    if (all === narrow) {
      throw new Fault('body_invalid', 'A token covers --owner and --issuer, or --all; one of both.')
    }
    const known = await rows.issuerIds()
    const unknown = issuers.find((id) => !known.has(id))
    if (unknown !== undefined) {
      throw new Fault('not_found', `No issuer is ${unknown}. akashi issuer list shows them.`)
    }
    return {
      owners: owners.length > 0 ? await Promise.all(owners.map(knownOwner)) : undefined,
      issuers: issuers.length > 0 ? [...issuers] : undefined,
    }
  }
}

function readScope({ owners, issuers }: Pick<Tables['auditToken'], 'owners' | 'issuers'>): Scope {
  return {
    owners: owners === null ? undefined : (JSON.parse(owners) as number[]),
    issuers: issuers === null ? undefined : (JSON.parse(issuers) as string[]),
  }
}

function shown(row: Tables['auditToken'], names: ReadonlyMap<number, string>): Token {
  const { owners, issuers } = readScope(row)
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    ...(owners && { owners: owners.map((id) => names.get(id) ?? String(id)) }),
    ...(issuers && { issuers: [...issuers] }),
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    ...(row.revokedAt !== null && { revokedAt: row.revokedAt }),
  }
}

function checkedName(name: string): string {
  if (name.trim() !== '' && isPlainText(name) && codePoints(name) <= MOST_NAME) return name
  throw new Fault('body_invalid', `The name is text of 1 to ${MOST_NAME} characters.`)
}

function checkedDays(days: number): number {
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return days
  throw new Fault('body_invalid', `A token ends after 1 to ${MOST_DAYS} whole days.`)
}
