import type { Context } from 'hono'

/** What a program sends as `Authorization: Bearer …` (RFC 6750 §2.1); undefined when it sends none. */
export function bearerOf(c: Context): string | undefined {
  return /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
}
