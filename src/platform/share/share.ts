import { base64url, fromBase64url, sha256 } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import { type Instant, instant, isInstant, milliseconds } from '../../base/time.ts'
import { shareUrl } from '../../guarantee/link.ts'
import type { Access, Ports } from '../../ports.ts'
import type { KnownGuarantee, Scope } from '../access/authenticate.ts'
import { type Budgets, UNKNOWN, type Visitor } from '../access/budget.ts'
import { createShareRows } from './share-rows.ts'

const TOKEN_LENGTH = 16
const ID_LENGTH = 9
const DAY = 86_400_000
const DEFAULT_DAYS = 90
const MOST_DAYS = 400

/** What a token opens, and the id of its link. */
interface Opened {
  guarantee: KnownGuarantee
  scope: Scope
  id: string
}

/** Share links (共有リンク): made, listed, withdrawn and opened; only a hash of the token is kept. */
export function createShares(
  { store, clock, random, report }: Ports,
  access: Access,
  budgets: Budgets,
  publicOrigin: string,
) {
  const rows = createShareRows(store)

  async function create(
    { issuer, numberKey }: KnownGuarantee,
    wish: { scope?: Scope | undefined; expiresAt?: Instant | undefined },
    { source }: Visitor = UNKNOWN,
  ): Promise<{ id: string; url: string; scope: Scope; expiresAt: Instant }> {
    const now = clock.now()
    const scope = wish.scope ?? 'current'
    const expiresAt = checkedEnd(wish.expiresAt ?? instant(now + DEFAULT_DAYS * DAY), now)
    const token = random(TOKEN_LENGTH)
    const id = base64url(random(ID_LENGTH))
    const createdAt = instant(now)
    const tokenHash = sha256(token)
    await rows.insert({ id, tokenHash, issuer, numberKey, scope, createdAt, expiresAt })
    const detail = { share: id, scope }
    await access.note({ kind: 'share_created', issuer, numberKey, source, detail })
    return { id, url: shareUrl(publicOrigin, base64url(token)), scope, expiresAt }
  }

  async function revoke(
    guarantee: KnownGuarantee,
    id: string,
    { source }: Visitor = UNKNOWN,
  ): Promise<void> {
    const share = (await rows.list(guarantee)).find((one) => one.id === id)
    if (!share) throw new Fault('not_found', 'This guarantee has no such link.')
    if (share.revokedAt) return
    await rows.revoke(id, instant(clock.now()))
    const { issuer, numberKey } = guarantee
    await access.note({ kind: 'share_revoked', issuer, numberKey, source, detail: { share: id } })
  }

  async function open(token: string, visitor: Visitor = UNKNOWN): Promise<Opened> {
    const share = await rows.find(sha256(fromBase64url(token.trim()) ?? new Uint8Array()))
    if (!share) {
      const slowed = await budgets.failed(visitor)
      const detail = 'The link is not right. Copy it whole.'
      throw new Fault('not_found_or_key_mismatch', detail, { slowed })
    }
    const now = clock.now()
    checkStanding(share, now)
    const { id, issuer, numberKey, contractNumber, scope } = share
    // As with the access log: what cannot be counted keeps nobody from an answer.
    await rows.countOpening(id, instant(now)).catch((error: unknown) => {
      report('opening_not_counted', { share: id, error: String(error) })
    })
    const { source } = visitor
    await access.note({ kind: 'share_opened', issuer, numberKey, source, detail: { share: id } })
    return { guarantee: { issuer, numberKey, contractNumber }, scope, id }
  }

  return {
    list: rows.list,
    /** @throws Fault body_invalid when `expiresAt` is past or more than 400 days away */
    create,
    /** @throws Fault not_found when the guarantee has no such share */
    revoke,
    /**
     * The guarantee that a token opens; the opening is counted.
     * @throws Fault not_found_or_key_mismatch (no such token), rate_limited, share_expired_or_revoked
     */
    open,
  }
}

/**
 * Checks that a link is neither withdrawn nor over at `now`.
 * @throws Fault share_expired_or_revoked
 */
export function checkStanding(
  { expiresAt, revokedAt }: { expiresAt: Instant; revokedAt: Instant | null },
  now: number,
): void {
  if (revokedAt === null && expiresAt > instant(now)) return
  throw new Fault(
    'share_expired_or_revoked',
    'The link has expired or was withdrawn. Use contract number and auth key.',
  )
}

function checkedEnd(expiresAt: Instant, now: number): Instant {
  const end = isInstant(expiresAt) ? milliseconds(expiresAt) : Number.NaN
  if (end > now && end <= now + MOST_DAYS * DAY) return expiresAt
  const detail = `An instant (YYYY-MM-DDThh:mm:ss.sssZ) in the future, at most ${MOST_DAYS} days away.`
  throw new Fault('body_invalid', `expiresAt: ${detail}`, {
    errors: [{ field: 'expiresAt', code: 'invalid', detail }],
  })
}
