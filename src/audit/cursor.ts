import { base64url, equalBytes, fromBase64url, utf8 } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { hmacSha256 } from '../base/hmac.ts'
import { parseDecimal } from '../log/decimal.ts'
import type { Ports } from '../ports.ts'

/** Where the next page begins, and the end that the first one saw. */
export interface Cursor {
  next: number
  end: number
}

const LABEL = 'akashi-audit-cursor/v1'

/**
 * Cursors of pages: all pages of one pull show one state of the log. Sealed, so that one goes with
 * the very token and selection that it was given for.
 */
export function createCursors({ sessionSecret }: Pick<Ports, 'sessionSecret'>) {
  const sealOf = (pull: string, { next, end }: Cursor) =>
    hmacSha256(sessionSecret, utf8(JSON.stringify([LABEL, pull, next, end])))

  return {
    /** @param pull names token, call and selection */
    format: (pull: string, cursor: Cursor): string =>
      `${cursor.next}.${cursor.end}.${base64url(sealOf(pull, cursor))}`,

    /** @throws Fault body_invalid for one that was not given, or for another pull */
    parse(pull: string, text: string): Cursor {
      const [next, end, seal, ...rest] = text.split('.')
      const cursor = { next: parseDecimal(next ?? ''), end: parseDecimal(end ?? '') }
      const given = fromBase64url(seal ?? '')
      if (isWhole(cursor) && given && rest.length === 0) {
        if (equalBytes(given, sealOf(pull, cursor))) return cursor
      }
      const detail = 'Send next as it was given, with the same token and the same parameters.'
      throw new Fault('body_invalid', `cursor: ${detail}`, {
        errors: [{ field: 'cursor', code: 'invalid', detail }],
      })
    },
  }
}

function isWhole(cursor: Partial<Record<keyof Cursor, number | undefined>>): cursor is Cursor {
  return cursor.next !== undefined && cursor.end !== undefined
}
