import { Fault } from '../base/fault.ts'
import { type Instant, instant } from '../base/time.ts'
import type { Access, Clock } from '../ports.ts'
import type { AccountStore } from '../store/account-tables.ts'
import type { Auth } from './auth.ts'
import { foldAddress, type Invitations, type Purpose } from './invitations.ts'
import type { Role } from './member.ts'
import { checkRole, organisationOf } from './organisations.ts'

/** Somebody who may sign in, or was invited to. */
export interface KnownUser {
  email: string
  name: string
  role: Role
  organisation: string
  state: 'active' | 'disabled' | 'invited'
  /** Of an invitation: until when it can be taken. */
  endsAt?: Instant
}

interface UserParts {
  auth: Auth
  store: AccountStore
  access: Access
  clock: Clock
  invitations: Invitations
}

export function createUsers({ auth, store: { db }, access, clock, invitations }: UserParts) {
  async function memberBy(address: string) {
    const email = foldAddress(address)
    const row = await members(db)
      .selectAll('authOrganization')
      .select(['authUser.id as user', 'authUser.name as person', 'authMember.id as member', 'role'])
      .where('email', '=', email)
      .executeTakeFirst()
    if (row) return { ...row, email }
    throw new Fault('not_found', `${email} is no member. See akashi user list.`)
  }

  async function setDisabled(address: string, disabledAt: Instant | null): Promise<void> {
    const { user, person } = await memberBy(address)
    const { internalAdapter } = await auth.$context
    await internalAdapter.updateUser(user, { disabledAt })
    await internalAdapter.deleteUserSessions(user)
    const detail = { user, what: disabledAt === null ? 'enabled' : 'disabled', name: person }
    await access.note({ kind: 'member_disabled', detail })
  }

  return {
    list: () => listUsers(db),

    /** Name of a user; undefined where there is none. */
    async nameOf(user: string): Promise<string | undefined> {
      const query = db.selectFrom('authUser').select('name').where('id', '=', user)
      return (await query.executeTakeFirst())?.name
    },

    /** Id of the user of an address; undefined where there is none. */
    async byAddress(email: string): Promise<string | undefined> {
      const folded = email.trim().normalize('NFKC').toLowerCase()
      const query = db.selectFrom('authUser').select('id').where('email', '=', folded)
      return (await query.executeTakeFirst())?.id
    },

    /** Ends all sessions of a member and lets no new one begin. @throws Fault not_found */
    disable: (address: string) => setDisabled(address, instant(clock.now())),

    /** @throws Fault not_found */
    enable: (address: string) => setDisabled(address, null),

    /** @throws Fault not_found, body_invalid when the organisation has no such role */
    async setRole(address: string, role: Role): Promise<void> {
      const found = await memberBy(address)
      checkRole(organisationOf(found), role)
      const { adapter } = await auth.$context
      const where = [{ field: 'id', value: found.member }]
      await adapter.update({ model: 'member', where, update: { role } })
      const detail = { user: found.user, from: found.role, to: role, name: found.person }
      await access.note({ kind: 'role_changed', detail })
    },

    /**
     * A link with which a member sets a new password; its secret.
     * @throws Fault not_found
     */
    async reset(address: string, purpose: Exclude<Purpose, 'join'>): Promise<string> {
      const { email, person, role, id } = await memberBy(address)
      return invitations.make({
        purpose,
        organisation: id,
        role: role as Role,
        email,
        name: person,
      })
    },
  }
}

function members(db: AccountStore['db']) {
  return db
    .selectFrom('authMember')
    .innerJoin('authUser', 'authUser.id', 'authMember.userId')
    .innerJoin('authOrganization', 'authOrganization.id', 'authMember.organizationId')
}

/** Members and open invitations, by address. */
async function listUsers(db: AccountStore['db']): Promise<KnownUser[]> {
  const joined = await members(db)
    .select(['email', 'authUser.name', 'role', 'authOrganization.name as organisation'])
    .select('disabledAt')
    .execute()
  const invited = await db
    .selectFrom('accountInvitation')
    .innerJoin('authOrganization', 'authOrganization.id', 'accountInvitation.organisation')
    .select(['email', 'accountInvitation.name', 'role', 'endsAt'])
    .select('authOrganization.name as organisation')
    .where('purpose', '=', 'join')
    .where('acceptedAt', 'is', null)
    .execute()
  const all: KnownUser[] = [
    ...joined.map(({ disabledAt, ...row }) => ({
      ...row,
      role: row.role as Role,
      state: disabledAt === null ? ('active' as const) : ('disabled' as const),
    })),
    ...invited.map((row) => ({ ...row, role: row.role as Role, state: 'invited' as const })),
  ]
  return all.sort((a, b) => (a.email < b.email ? -1 : 1))
}
