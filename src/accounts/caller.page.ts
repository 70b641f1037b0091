import type { Context } from 'hono'
import type { Site } from '../web/site.ts'
import type { SourceOf } from '../web/source.ts'
import type { Caller, Reply } from './calls.ts'

/** Whom the library is called for, at the doors. */
export type CallerOf = (c: Context) => Caller

/**
 * The origin is that of the browser; one that is the address under which it reached this site counts as
 * the site's own, as for all forms here.
 */
export function createCallers(site: Site, sourceOf: SourceOf): CallerOf {
  return (c) => {
    const origin = c.req.header('origin')
    return {
      cookie: c.req.header('cookie'),
      source: sourceOf(c),
      origin: origin === new URL(c.req.url).origin ? site.origin : origin,
      agent: c.req.header('user-agent'),
    }
  }
}

/** A response that leaves in the browser what the library asked for. */
export function withCookies(response: Response, { cookies }: Reply): Response {
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  return response
}
