import type { Context, MiddlewareHandler } from 'hono'
import { Fault } from '../base/fault.ts'
import { seeOther } from '../web/answer.ts'
import type { Member, MemberOf, Role } from './member.ts'

/** What stands in the context of a door behind {@link requireMember}: `c.get('member')`. */
export interface MemberEnv {
  Variables: { member: Member }
}

const members = new WeakMap<Request, Member>()

/** Who came to a door with a request, let in or not: the page of an error keeps their name and ways. */
export function memberAt(request: Request): Member | undefined {
  return members.get(request)
}

/**
 * Lets only members of these roles through: `app.use('/desk/*', requireMember(memberOf, [...]))`.
 * Who is not signed in is sent to the sign-in page and comes back to the page they were on.
 * @throws Fault role_not_allowed, which is answered with a page of its own
 */
export function requireMember(
  memberOf: MemberOf,
  roles: readonly Role[],
): MiddlewareHandler<MemberEnv> {
  return async (c, next) => {
    const member = await memberOf(c.req.raw)
    if (!member) return seeOther(signInPath(c))
    members.set(c.req.raw, member)
    if (!roles.includes(member.role)) {
      throw new Fault('role_not_allowed', 'This page is for other roles.')
    }
    c.set('member', member)
    return next()
  }
}

/**
 * The sign-in page that leads back to the page of a request. It says that a form was not kept, where
 * nobody puts another address in the place of this one for having kept it.
 */
function signInPath(c: Context): string {
  const lang = c.req.query('lang') === 'en' ? '&lang=en' : ''
  const lost = isRead(c) ? '' : '&lost=1'
  return `/sign-in?next=${encodeURIComponent(pageOf(c))}${lost}${lang}`
}

function isRead({ req: { method } }: Context): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** Of a posted form the page that it stands on, since its address shows nothing to a GET. */
function pageOf(c: Context): string {
  const { pathname, search, origin } = new URL(c.req.url)
  if (isRead(c)) return pathname + search
  const from = URL.parse(c.req.header('referer') ?? '')
  return from !== null && from.host === new URL(origin).host
    ? from.pathname + from.search
    : pathname
}

/**
 * Where to go after signing in: `next` when it is a path of this site, else `fallback`. Read by the
 * URL parser as browsers read it, for which `//host`, `/\host` and `/<tab>/host` are other sites.
 */
export function localPath(next: string | undefined, fallback: string): string {
  if (next === undefined || !next.startsWith('/')) return fallback
  const url = URL.parse(next, LOCAL)
  const path = url !== null && url.origin === LOCAL ? url.pathname + url.search : fallback
  // `/.//host` resolves to one.
  return path.startsWith('//') ? fallback : path
}

/** Stands for any site of ours. */
const LOCAL = 'http://local.invalid'
