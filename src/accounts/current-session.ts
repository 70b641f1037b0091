import { parse } from 'hono/utils/cookie'
import { base64, equalBytes, utf8 } from '../base/bytes.ts'
import { hmacSha256 } from '../base/hmac.ts'
import type { Clock } from '../ports.ts'
import type { AccountStore } from '../store/account-tables.ts'
import { asked } from '../store/asked.ts'
import { kept } from '../store/kept.ts'
import { type Auth, SESSION } from './auth.ts'
import type { Member } from './member.ts'
import { MEMBER_COLUMNS, memberOfRow } from './member-rows.ts'

export interface SignedIn {
  /** Id of the session. */
  session: string
  member: Member
}

/**
 * The session that a cookie names, where nothing has to be written for it: most requests, and one
 * kept statement instead of the library's two, each built anew, and its millisecond. It only ever
 * says yes. What it does not find is for the library to judge, which then ends or renews a session.
 */
export function createCurrentSession(auth: Auth, store: AccountStore, { now }: Clock) {
  const session = kept(store.db, (db, token: string) =>
    db
      .selectFrom(asked(db, { token }))
      .innerJoin('authSession', 'authSession.token', 'asked.token')
      .innerJoin('authUser', 'authUser.id', 'authSession.userId')
      .innerJoin('authMember', 'authMember.userId', 'authUser.id')
      .innerJoin('authOrganization', 'authOrganization.id', 'authMember.organizationId')
      .select(MEMBER_COLUMNS)
      .select(['authSession.id as session', 'authSession.expiresAt'])
      .where('authUser.disabledAt', 'is', null),
  )

  return async function currentSession(cookie: string): Promise<SignedIn | undefined> {
    const { authCookies, secret } = await auth.$context
    const { name } = authCookies.sessionToken
    const token = signedToken(parse(cookie, name)[name], secret)
    if (token === undefined) return undefined
    const [row] = await store.all(session(token))
    if (!row || isDue(row.expiresAt, now())) return undefined
    return { session: row.session, member: memberOfRow(row) }
  }
}

/** The token of a session's cookie, `token.signature`, where the library has signed it. */
function signedToken(value: string | undefined, secret: string): string | undefined {
  const at = value?.lastIndexOf('.') ?? -1
  if (value === undefined || at < 1) return undefined
  const token = value.slice(0, at)
  const expected = base64(hmacSha256(utf8(secret), utf8(token)))
  return equalBytes(utf8(value.slice(at + 1)), utf8(expected)) ? token : undefined
}

/** Whether the library would write anew by when the session ends, or would end it. */
function isDue(expiresAt: string, now: number): boolean {
  const { expiresIn, updateAge } = SESSION
  const renewedAt = Date.parse(expiresAt) - expiresIn * 1000
  return !(now < renewedAt + updateAge * 1000)
}
