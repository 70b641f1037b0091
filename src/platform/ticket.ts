import { base64url, equalBytes, fromBase64url, fromUtf8, utf8 } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { hmacSha256 } from '../base/hmac.ts'
import type { Ports } from '../ports.ts'
import { kept } from '../store/kept.ts'
import type { KnownGuarantee } from './authenticate.ts'
import type { Scope } from './share-rows.ts'

/** What a ticket's holder had shown: number and key, or a share link of some scope. */
export type Right = 'holder' | Scope

const RIGHTS: readonly Right[] = ['holder', 'history', 'current']
const LIFE = 30 * 60_000
const LABEL = 'akashi-ticket/v1\n'

/**
 * A ticket stands for a pair that was right a moment ago, so that a result page can ask for more
 * without having the auth key in it. It ends after 30 minutes, and with the key.
 */
export function createTickets({ store, clock, sessionSecret }: Ports) {
  const macOf = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('guarantee')
      .select(['contractNumber', 'mac'])
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey),
  )

  async function seal(body: string, issuer: string, numberKey: string) {
    const [row] = await store.all(macOf(issuer, numberKey))
    if (!row) return undefined
    const bound = utf8(`${LABEL}${body}\n${base64url(row.mac)}`)
    return { contractNumber: row.contractNumber, seal: hmacSha256(sessionSecret, bound) }
  }

  return {
    async issue({ issuer, numberKey }: KnownGuarantee, right: Right): Promise<string> {
      const claims = [issuer, numberKey, right, clock.now() + LIFE]
      const body = base64url(utf8(JSON.stringify(claims)))
      const sealed = await seal(body, issuer, numberKey)
      if (!sealed) throw new Error('a ticket for a guarantee that is not there')
      return `${body}.${base64url(sealed.seal)}`
    },

    /** @throws Fault not_found_or_key_mismatch for any ticket that does not hold (any more) */
    async open(ticket: string): Promise<{ guarantee: KnownGuarantee; right: Right }> {
      const [body = '', given = ''] = ticket.split('.')
      const claims = readClaims(body)
      const sealed = claims && (await seal(body, claims.issuer, claims.numberKey))
      const bytes = fromBase64url(given)
      if (!sealed || !bytes || !equalBytes(sealed.seal, bytes) || claims.end < clock.now()) {
        throw new Fault(
          'not_found_or_key_mismatch',
          'This page has been open for too long. Enter number and key again.',
        )
      }
      const { issuer, numberKey, right } = claims
      return { guarantee: { issuer, numberKey, contractNumber: sealed.contractNumber }, right }
    },
  }
}

interface Claims {
  issuer: string
  numberKey: string
  right: Right
  end: number
}

/** Read before the seal is known to hold, so that the seal can be made again. */
function readClaims(body: string): Claims | undefined {
  try {
    const claims: unknown = JSON.parse(fromUtf8(fromBase64url(body) ?? new Uint8Array()))
    if (!Array.isArray(claims)) return undefined
    const [issuer, numberKey, right, end] = claims as unknown[]
    return typeof issuer === 'string' &&
      typeof numberKey === 'string' &&
      RIGHTS.includes(right as Right) &&
      typeof end === 'number'
      ? { issuer, numberKey, right: right as Right, end }
      : undefined
  } catch {
    return undefined
  }
}
