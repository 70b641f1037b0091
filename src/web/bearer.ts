import type { Asked } from '../base/door.ts'

/** What a program sends as `Authorization: Bearer …` (RFC 6750 §2.1); undefined when it sends none. */
export function bearerOf(c: Asked): string | undefined {
  return /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
}
