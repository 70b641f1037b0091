import type { AccountStore } from '../store/account-tables.ts'
import type { Auth } from './auth.ts'
import type { Member, MemberOf, Role } from './member.ts'
import { organisationOf } from './organisations.ts'

/** The cookie of a session, with the prefix that browsers ask for over https in front. */
export const SESSION_COOKIE = 'akashi.session_token'

export interface SignedIn {
  /** Id of the session. */
  session: string
  member: Member
}

/** Who is signed in, and who may. */
export function createMembers(auth: Auth, { db }: AccountStore) {
  async function byUser(user: string) {
    const row = await db
      .selectFrom('authMember')
      .innerJoin('authUser', 'authUser.id', 'authMember.userId')
      .innerJoin('authOrganization', 'authOrganization.id', 'authMember.organizationId')
      .selectAll('authOrganization')
      .select(['role', 'email', 'authUser.name as person'])
      .where('authMember.userId', '=', user)
      .where('disabledAt', 'is', null)
      .executeTakeFirst()
    if (!row) return undefined
    const { allowsOidc, ...organisation } = organisationOf(row)
    const { role, email, person: name } = row
    const member: Member = { user, name, email, role: role as Role, organisation }
    return { member, allowsOidc }
  }

  /** The session of a request with its member; nothing is read where there is no cookie. */
  async function sessionOf(request: Request): Promise<SignedIn | undefined> {
    if (!request.headers.get('cookie')?.includes(`${SESSION_COOKIE}=`)) return undefined
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
