import { instant } from '../base/time.ts'
import type { Access, Clock, Passwords, Random } from '../ports.ts'
import type { AccountStore } from '../store/account-tables.ts'
import { type AuthParts, createAuth, type OidcProvider } from './auth.ts'
import { codeName, createCall, createOidcCall } from './calls.ts'
import type { HookParts } from './hooks.ts'
import { createInvitations } from './invitations.ts'
import { createJoin } from './join.ts'
import { createKeptForms } from './kept-forms.ts'
import { createMembers } from './members.ts'
import { createOrganisations } from './organisations.ts'
import { derived, librarySecrets, type SessionSecret } from './secrets.ts'
import { createUsers } from './users.ts'

export interface AccountsParts {
  store: AccountStore
  clock: Clock
  random: Random
  access: Access
  passwords: Passwords
  /** `https://HOST` under which people reach the site. */
  origin: string
  /** SESSION_SECRET in the order of use, the last one in use now; never used as it is. */
  secrets: readonly SessionSecret[]
  oidc?: OidcProvider | undefined
}

/** Milliseconds for which a code of an authenticator app may be right. */
const CODE_LIFE = 120_000

/** Who may sign in, how they do, and who is signed in. */
export function createAccounts(parts: AccountsParts) {
  const { store, clock, access, passwords, origin, secrets, oidc } = parts
  const current = (secrets.at(-1) as SessionSecret).value
  const authParts: AuthParts = {
    store,
    origin,
    secrets: librarySecrets(secrets),
    passwords,
    useCode: createCodes(parts, derived(current, 'totp-used')),
    mayJoin: async (email) => (await invitations.forOidc(email)) !== undefined,
    async join({ id, email }) {
      const invitation = await invitations.forOidc(email)
      if (invitation) await joining.join(id, invitation)
    },
    maySignIn: (user, way) => members.maySignIn(user, way),
    signedInByOidc: (user) => access.note({ kind: 'signed_in', detail: { user, by: 'oidc' } }),
  }
  const auth = createAuth(authParts)
  const networkKey = derived(current, 'network')
  const invitations = createInvitations({ ...parts, auth })
  const joining = createJoin({ auth, store, access, clock, invitations })
  const members = createMembers(auth, store, clock)
  return {
    memberOf: members.memberOf,
    sessionOf: members.sessionOf,
    organisations: createOrganisations(auth, store, clock),
    users: createUsers({ auth, store, access, clock, invitations }),
    invitations,
    accept: joining.accept,
    keptForms: createKeptForms(parts, current, librarySecrets(secrets)),
    call: createCall(() => auth, origin, networkKey),
    /** Calls of the single sign-on, where people may come by one. */
    callOidc: oidc && createOidcCall(() => createAuth({ ...authParts, oidc }), origin, networkKey),
    auth,
    store,
  }
}

export type Accounts = ReturnType<typeof createAccounts>

/** Codes of authenticator apps count once; two at the same moment are told apart by the key. */
function createCodes(
  { store: { db }, clock }: AccountsParts,
  key: Uint8Array,
): HookParts['useCode'] {
  return async (user, code) => {
    const now = clock.now()
    await db
      .deleteFrom('totpUsed')
      .where('at', '<', instant(now - CODE_LIFE))
      .execute()
    const used = await db
      .insertInto('totpUsed')
      .values({ user, code: codeName(key, user, code), at: instant(now) })
      .onConflict((conflict) => conflict.doNothing())
      .returning('user')
      .executeTakeFirst()
    return used !== undefined
  }
}
