import type { Clock } from '../ports.ts'
import type { AccountStore } from '../store/account-tables.ts'
import type { Auth } from './auth.ts'
import { createCurrentSession, type SignedIn } from './current-session.ts'
import type { MemberOf } from './member.ts'
import { MEMBER_COLUMNS, memberOfRow } from './member-rows.ts'

/** The cookie of a session, with the prefix that browsers ask for over https in front. */
export const SESSION_COOKIE = 'akashi.session_token'

/** Who is signed in, and who may. */
export function createMembers(auth: Auth, store: AccountStore, clock: Clock) {
  const currentSession = createCurrentSession(auth, store, clock)

  async function byUser(user: string) {
    const row = await store.db
      .selectFrom('authMember')
      .innerJoin('authUser', 'authUser.id', 'authMember.userId')
      .innerJoin('authOrganization', 'authOrganization.id', 'authMember.organizationId')
      .select(MEMBER_COLUMNS)
      .where('authMember.userId', '=', user)
      .where('disabledAt', 'is', null)
      .executeTakeFirst()
    return row && { member: memberOfRow(row), allowsOidc: row.allowsOidc === 1 }
  }

  /** The session of a request with its member; nothing is read where there is no cookie. */
  async function sessionOf(request: Request): Promise<SignedIn | undefined> {
    const cookie = request.headers.get('cookie')
    if (!cookie?.includes(`${SESSION_COOKIE}=`)) return undefined
    const current = await currentSession(cookie)
    if (current) return current
    const found = await auth.api.getSession({ headers: request.headers })
    const known = found && (await byUser(found.user.id))
    return known ? { session: found.session.id, member: known.member } : undefined
  }

  const memberOf: MemberOf = async (request) => (await sessionOf(request))?.member

  /** Whether a session may begin: for members alone, by the single sign-on where theirs allows it. */
  async function maySignIn(user: string, way: 'oidc' | 'own'): Promise<boolean> {
    const known = await byUser(user)
    return known !== undefined && (way === 'own' || known.allowsOidc)
  }

  return { sessionOf, memberOf, maySignIn }
}
