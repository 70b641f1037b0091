import { base64url, fromBase64url, sha256 } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { type Instant, instant, isInstant, milliseconds } from '../base/time.ts'
import { shareUrl } from '../guarantee/link.ts'
import type { Access, Ports } from '../ports.ts'
import { kept } from '../store/kept.ts'
import type { KnownGuarantee } from './authenticate.ts'

export type Scope = 'current' | 'history'

export interface Share {
  id: string
  scope: Scope
  createdAt: Instant
  expiresAt: Instant
  revokedAt?: Instant
  openings: number
  lastOpenedAt?: Instant
}

const TOKEN_LENGTH = 16
const DAY = 86_400_000
const DEFAULT_DAYS = 90
const MOST_DAYS = 400

/** Share links (共有リンク): made, listed, withdrawn and opened; only a hash of the token is kept. */
export function createShares({ store, clock, random }: Ports, access: Access, publicOrigin: string) {
  const ofGuarantee = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('share')
      .selectAll()
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey)
      .orderBy('createdAt', 'desc')
      .orderBy('id'),
  )
  const byToken = kept(store.db, (db, tokenHash: Uint8Array) =>
    db
      .selectFrom('share')
      .innerJoin('guarantee', (join) =>
        join
          .onRef('guarantee.issuer', '=', 'share.issuer')
          .onRef('guarantee.numberKey', '=', 'share.numberKey'),
      )
      .select(['id', 'scope', 'expiresAt', 'revokedAt'])
      .select(['share.issuer', 'share.numberKey', 'contractNumber'])
      .where('tokenHash', '=', tokenHash),
  )
  const opened = kept(store.db, (db, at: string, id: string) =>
    db
      .updateTable('share')
      .set((eb) => ({ openings: eb('openings', '+', 1), lastOpenedAt: at }))
      .where('id', '=', id),
  )
  const revoked = kept(store.db, (db, at: string, id: string) =>
    db.updateTable('share').set({ revokedAt: at }).where('id', '=', id),
  )

  async function list({ issuer, numberKey }: KnownGuarantee): Promise<Share[]> {
    return (await store.all(ofGuarantee(issuer, numberKey))).map((row) => ({
      id: row.id,
      scope: row.scope,
      createdAt: row.createdAt,
      expiresAt: row.expiresAt,
      openings: row.openings,
      ...(row.revokedAt !== null && { revokedAt: row.revokedAt }),
      ...(row.lastOpenedAt !== null && { lastOpenedAt: row.lastOpenedAt }),
    }))
  }

  return {
    list,

    /** @throws Fault body_invalid when `expiresAt` is past or more than 400 days away */
    async create(
      { issuer, numberKey }: KnownGuarantee,
      wish: { scope?: Scope | undefined; expiresAt?: Instant | undefined },
    ): Promise<{ id: string; url: string; scope: Scope; expiresAt: Instant }> {
      const now = clock.now()
      const scope = wish.scope ?? 'current'
      const expiresAt = wish.expiresAt ?? instant(now + DEFAULT_DAYS * DAY)
      const end = isInstant(expiresAt) ? milliseconds(expiresAt) : Number.NaN
      if (!(end > now && end <= now + MOST_DAYS * DAY)) {
        throw new Fault(
          'body_invalid',
          `expiresAt is an instant (YYYY-MM-DDThh:mm:ss.sssZ) in the future, at most ${MOST_DAYS} days away.`,
          { errors: [{ field: 'expiresAt', code: 'invalid', detail: 'Not in the next 400 days.' }] },
        )
      }
      const token = random(TOKEN_LENGTH)
      const id = base64url(random(9))
      await store.commit([
        store.db
          .insertInto('share')
          .values({
            id,
            tokenHash: sha256(token),
            issuer,
            numberKey,
            scope,
            createdAt: instant(now),
            expiresAt,
          })
          .compile(),
      ])
      await access.note({ kind: 'share_created', issuer, numberKey, detail: { share: id, scope } })
      return { id, url: shareUrl(publicOrigin, base64url(token)), scope, expiresAt }
    },

    /** @throws Fault not_found when the guarantee has no such share */
    async revoke(guarantee: KnownGuarantee, id: string): Promise<void> {
      const share = (await list(guarantee)).find((one) => one.id === id)
      if (!share) throw new Fault('not_found', 'This guarantee has no such link.')
      if (share.revokedAt) return
      await store.commit([revoked(instant(clock.now()), id)])
      const { issuer, numberKey } = guarantee
      await access.note({ kind: 'share_revoked', issuer, numberKey, detail: { share: id } })
    },

    /**
     * The guarantee that a token opens; the opening is counted.
     * @throws Fault not_found_or_key_mismatch (no such token), share_expired_or_revoked
     */
    async open(token: string): Promise<{ guarantee: KnownGuarantee; scope: Scope }> {
      const bytes = fromBase64url(token.trim())
      const [share] = await store.all(byToken(sha256(bytes ?? new Uint8Array())))
      if (!share) {
        await access.note({ kind: 'lookup_failed' })
        throw new Fault('not_found_or_key_mismatch', 'The link is not right. Copy it whole.')
      }
      const now = instant(clock.now())
      if (share.revokedAt !== null || share.expiresAt <= now) {
        throw new Fault(
          'share_expired_or_revoked',
          'The link has expired or was withdrawn. Use contract number and auth key.',
        )
      }
      await store.commit([opened(now, share.id)])
      const { issuer, numberKey, contractNumber, scope } = share
      await access.note({ kind: 'share_opened', issuer, numberKey, detail: { share: share.id } })
      return { guarantee: { issuer, numberKey, contractNumber }, scope }
    },
  }
}

export type Shares = ReturnType<typeof createShares>
