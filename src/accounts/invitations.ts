import { base64url, sha256, utf8 } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { type Instant, instant } from '../base/time.ts'
import type { Access, Clock, Random } from '../ports.ts'
import type { AccountStore } from '../store/account-tables.ts'
import type { Auth } from './auth.ts'
import type { Role } from './member.ts'
import { checkRole, type KnownOrganisation } from './organisations.ts'

export interface InvitationParts {
  auth: Auth
  store: AccountStore
  access: Access
  clock: Clock
  random: Random
}

/** What a one-time link is for: to join, to set a new password, or that without the old second factor. */
export type Purpose = 'join' | 'reset' | 'reset_all'

export interface Invitation {
  /** Of the secret; the invitation's own name. */
  hash: string
  purpose: Purpose
  organisation: string
  role: Role
  email: string
  name: string
  endsAt: Instant
}

const LIFE = 7 * 24 * 3600_000
const SECRET_LENGTH = 16

/** One-time links. The secret in them is told once and kept as its hash. */
export function createInvitations(parts: InvitationParts) {
  return { ...createWriting(parts), ...createReading(parts) }
}

function createWriting({ auth, store: { db }, access, clock, random }: InvitationParts) {
  /** Takes the place of one that is open for the address; the secret for its link. */
  async function make(invitation: Omit<Invitation, 'endsAt' | 'hash'>): Promise<string> {
    const secret = base64url(random(SECRET_LENGTH))
    const { purpose, organisation, role, name } = invitation
    const now = clock.now()
    const times = { createdAt: instant(now), endsAt: instant(now + LIFE), acceptedAt: null }
    const row = { ...invitation, ...times, hash: hashOf(secret) }
    // In one statement: broken off, the old link still stands; of two at once the later one does.
    await db
      .insertInto('accountInvitation')
      .values(row)
      .onConflict((open) => open.column('email').where('acceptedAt', 'is', null).doUpdateSet(row))
      .execute()
    await access.note({ kind: 'member_invited', detail: { organisation, role, purpose, name } })
    return secret
  }

  return {
    make,

    /**
     * Invites an address to an organisation; the secret for its link.
     * @throws Fault body_invalid, state_conflict when the address is a member's
     */
    async invite(
      organisation: KnownOrganisation,
      role: Role,
      given: { email: string; name: string },
    ): Promise<string> {
      checkRole(organisation, role)
      const email = foldAddress(given.email)
      const { internalAdapter } = await auth.$context
      const found = await internalAdapter.findUserByEmail(email)
      if (found && (await isMember(db, found.user.id))) {
        throw new Fault('state_conflict', `${email} is a member already. See akashi user list.`)
      }
      const { name } = given
      return make({ purpose: 'join', organisation: organisation.id, role, email, name })
    },

    /** Ends one that is open; false when somebody has ended it before, in the same moment included. */
    async take({ hash }: Invitation): Promise<boolean> {
      const taken = await db
        .updateTable('accountInvitation')
        .set({ acceptedAt: instant(clock.now()) })
        .where('hash', '=', hash)
        .where('acceptedAt', 'is', null)
        .returning('hash')
        .executeTakeFirst()
      return taken !== undefined
    },

    /** Opens one again that was taken in vain, unless another one is open for the address by now. */
    async giveBack({ hash, email }: Invitation): Promise<void> {
      const other = db
        .selectFrom('accountInvitation as other')
        .select('hash')
        .where('other.email', '=', email)
        .where('other.acceptedAt', 'is', null)
      await db
        .updateTable('accountInvitation')
        .set({ acceptedAt: null })
        .where('hash', '=', hash)
        .where(({ not, exists }) => not(exists(other)))
        .execute()
    },
  }
}

function createReading({ store: { db }, clock }: InvitationParts) {
  const open = () =>
    db
      .selectFrom('accountInvitation')
      .innerJoin('authOrganization', 'authOrganization.id', 'accountInvitation.organisation')
      .selectAll('accountInvitation')
      .where('acceptedAt', 'is', null)
      .where('endsAt', '>', instant(clock.now()))
  const asInvitation = (row: { role: string } & Omit<Invitation, 'role'>): Invitation => ({
    ...row,
    role: row.role as Role,
  })

  return {
    /** The one that is open under a secret; undefined for any other secret. */
    async bySecret(secret: string): Promise<Invitation | undefined> {
      const row = await open().where('hash', '=', hashOf(secret)).executeTakeFirst()
      return row && asInvitation(row)
    },

    /** The one that is open for an address, to join an organisation that allows the single sign-on. */
    async forOidc(email: string): Promise<Invitation | undefined> {
      const row = await open()
        .where('email', '=', email.toLowerCase())
        .where('purpose', '=', 'join')
        .where('allowsOidc', '=', 1)
        .executeTakeFirst()
      return row && asInvitation(row)
    },
  }
}

export type Invitations = ReturnType<typeof createInvitations>

/** Whether a user has joined; one who has not is what is left of a try that broke off. */
export async function isMember(db: AccountStore['db'], user: string): Promise<boolean> {
  const rows = await db.selectFrom('authMember').select('id').where('userId', '=', user).execute()
  return rows.length > 0
}

/** @throws Fault body_invalid for what is no address */
export function foldAddress(text: string): string {
  const email = text.trim().normalize('NFKC').toLowerCase()
  if (email.length <= 254 && /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/u.test(email)) return email
  throw new Fault('body_invalid', `${email} is not an e-mail address.`)
}

function hashOf(secret: string): string {
  return base64url(sha256(utf8(`akashi-invitation/v1\n${secret}`)))
}
