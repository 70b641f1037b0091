import { Fault } from '../base/fault.ts'
import type { Access, Clock } from '../ports.ts'
import type { AccountStore } from '../store/account-tables.ts'
import type { Auth } from './auth.ts'
import { type Invitation, type Invitations, isMember } from './invitations.ts'

export interface JoinParts {
  auth: Auth
  store: AccountStore
  access: Access
  clock: Clock
  invitations: Invitations
}

/** What follows from a one-time link. */
export function createJoin({ auth, store: { db }, access, clock, invitations }: JoinParts) {
  const taking = createTaking(invitations)

  async function becomeMember(user: string, invitation: Invitation): Promise<void> {
    const { adapter } = await auth.$context
    const { organisation, role, name } = invitation
    const data = {
      organizationId: organisation,
      userId: user,
      role,
      createdAt: new Date(clock.now()),
    }
    await adapter.create({ model: 'member', data })
    await access.note({ kind: 'member_joined', detail: { user, organisation, role, name } })
  }

  /** A user of the invitation's address, made anew or left over from a try that broke off. */
  async function userFor({ email }: Invitation, name: string): Promise<string> {
    const { internalAdapter } = await auth.$context
    const found = await internalAdapter.findUserByEmail(email)
    if (found && (await isMember(db, found.user.id))) throw gone()
    if (found) {
      await internalAdapter.updateUser(found.user.id, { name })
      return found.user.id
    }
    const data = { email, name, emailVerified: true }
    const { id } = await internalAdapter.createUser(data, { method: 'admin' } as never)
    return id
  }

  async function reset(invitation: Invitation, hash: string): Promise<void> {
    const { adapter, internalAdapter } = await auth.$context
    const found = await internalAdapter.findUserByEmail(invitation.email)
    if (!found) throw gone()
    const user = found.user.id
    await keepPassword(auth, user, hash)
    if (invitation.purpose === 'reset_all') {
      const where = [{ field: 'userId', value: user }]
      await adapter.deleteMany({ model: 'twoFactor', where })
      await adapter.deleteMany({ model: 'passkey', where })
      await internalAdapter.updateUser(user, { twoFactorEnabled: false })
    }
    await internalAdapter.deleteUserSessions(user)
    const detail = { user, what: invitation.purpose, name: invitation.name }
    await access.note({ kind: 'sign_in_changed', detail })
  }

  return {
    /**
     * Makes somebody a member whose house knows them.
     * @throws Fault not_found when the invitation was taken in the same moment
     */
    join: (user: string, invitation: Invitation) =>
      taking(invitation, () => becomeMember(user, invitation)),

    /**
     * Takes a one-time link: the person has this name and password from now on.
     * @throws Fault not_found when the link is over, taken by another at the same moment included
     */
    async accept(secret: string, { name, password }: { name: string; password: string }) {
      const invitation = await invitations.bySecret(secret)
      if (!invitation) throw gone()
      // The slow part before the link is taken: a process that ends in it has used up nothing.
      const hash = await (await auth.$context).password.hash(password)
      await taking(invitation, async () => {
        if (invitation.purpose !== 'join') return reset(invitation, hash)
        const user = await userFor(invitation, name)
        await keepPassword(auth, user, hash)
        await becomeMember(user, { ...invitation, name })
      })
      return invitation
    },
  }
}

/** Whoever takes a link first has it, and what follows from it; when that fails it is good again. */
function createTaking(invitations: Invitations) {
  return async (invitation: Invitation, deed: () => Promise<void>): Promise<void> => {
    if (!(await invitations.take(invitation))) throw gone()
    try {
      await deed()
    } catch (error) {
      await invitations.giveBack(invitation)
      throw error
    }
  }
}

/** Gives a user a password, by its hash, who may have none. */
async function keepPassword(auth: Auth, user: string, hash: string): Promise<void> {
  const { internalAdapter } = await auth.$context
  if (await internalAdapter.findCredentialAccount(user)) {
    await internalAdapter.updatePassword(user, hash)
    return
  }
  const account = { userId: user, providerId: 'credential', accountId: user, password: hash }
  await internalAdapter.linkAccount(account)
}

function gone(): Fault {
  return new Fault('not_found', 'This link has been used, or it has ended.')
}
