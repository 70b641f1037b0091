import { base64url, equalBytes, fromBase64url, fromUtf8, utf8 } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import { hmacSha256 } from '../../base/hmac.ts'
import type { Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import type { KnownGuarantee, Right } from '../access/authenticate.ts'
import { checkStanding } from './share.ts'
import { createShareRows } from './share-rows.ts'

const LIFE = 30 * 60_000
const LABEL = 'akashi-ticket/v1\n'

/**
 * A ticket stands for a pair or a share link that was right a moment ago, so that a result page can
 * ask for more without having the auth key or the token in it. It ends after 30 minutes, with the
 * key, and with the link; no page that it leads to carries a later one.
 */
export function createTickets({ store, clock, sessionSecret }: Ports) {
  const shares = createShareRows(store)
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

  async function rightOf(share: string | null): Promise<Right> {
    if (share === null) return 'holder'
    const row = await shares.byId(share)
    if (!row) throw ended()
    checkStanding(row, clock.now())
    return row.scope
  }

  return {
    /** @param share the id of the link that was opened; none where number and key were given */
    async issue({ issuer, numberKey }: KnownGuarantee, share?: string): Promise<string> {
      const claims = [issuer, numberKey, share ?? null, clock.now() + LIFE]
      const body = base64url(utf8(JSON.stringify(claims)))
      const sealed = await seal(body, issuer, numberKey)
      if (!sealed) throw new Error('a ticket for a guarantee that is not there')
      return `${body}.${base64url(sealed.seal)}`
    },

    /**
     * @throws Fault not_found_or_key_mismatch for any ticket that does not hold (any more),
     *   share_expired_or_revoked for one whose link does not
     */
    async open(
      ticket: string,
    ): Promise<{ guarantee: KnownGuarantee; right: Right; share?: string }> {
      const dot = ticket.indexOf('.')
      const body = ticket.slice(0, Math.max(dot, 0))
      const claims = readClaims(body)
      const sealed = claims && (await seal(body, claims.issuer, claims.numberKey))
      const bytes = fromBase64url(ticket.slice(dot + 1))
      if (!sealed || !bytes || !equalBytes(sealed.seal, bytes) || claims.end < clock.now()) {
        throw ended()
      }
      const { issuer, numberKey, share } = claims
      const guarantee = { issuer, numberKey, contractNumber: sealed.contractNumber }
      return { guarantee, right: await rightOf(share), ...(share !== null && { share }) }
    },
  }
}

function ended(): Fault {
  return new Fault(
    'not_found_or_key_mismatch',
    'This page has been open for too long. Enter number and key again.',
  )
}

interface Claims {
  issuer: string
  numberKey: string
  share: string | null
  end: number
}

/** Read before the seal is known to hold, so that the seal can be made again. */
function readClaims(body: string): Claims | undefined {
  try {
    const claims: unknown = JSON.parse(fromUtf8(fromBase64url(body) ?? new Uint8Array()))
    if (!Array.isArray(claims)) return undefined
    const [issuer, numberKey, share, end] = claims as unknown[]
    return typeof issuer === 'string' &&
      typeof numberKey === 'string' &&
      (share === null || typeof share === 'string') &&
      typeof end === 'number'
      ? { issuer, numberKey, share, end }
      : undefined
  } catch {
    return undefined
  }
}
