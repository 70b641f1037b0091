import { instant } from '../base/time.ts'
import type { Access, Clock } from '../ports.ts'
import type { AccountStore } from '../store/account-tables.ts'
import type { Accounts } from './accounts.ts'
import type { Caller, Reply } from './calls.ts'
import type { SignedIn } from './current-session.ts'

/** What a signed-in person sees of the ways in which they sign in. */
export interface AccountSeen {
  hasPassword: boolean
  hasTotp: boolean
  passkeys: { id: string; name: string | null; createdAt: string | null }[]
  sessions: { id: string; agent: string | null; createdAt: string; isThis: boolean }[]
}

/** What changes how somebody signs in; each is written to the access log. */
type Change =
  | 'password'
  | 'totp'
  | 'totp_off'
  | 'passkey'
  | 'passkey_removed'
  | 'session'
  | 'sessions'

/** What a signed-in person does with their own account. */
export function createAccount({ call, store: { db } }: Accounts, access: Access, { now }: Clock) {
  async function changed(caller: Caller, { member }: SignedIn, what: Change, reply: Reply) {
    const { user, name } = member
    const { source } = caller
    if (reply.ok)
      await access.note({ kind: 'sign_in_changed', source, detail: { user, what, name } })
    return reply
  }

  return {
    seen: (who: SignedIn) => seenBy(db, who, now()),

    async changePassword(caller: Caller, who: SignedIn, current: string, password: string) {
      const body = { currentPassword: current, newPassword: password, revokeOtherSessions: true }
      return changed(caller, who, 'password', await call(caller, '/change-password', body))
    },

    /** Begins to add an authenticator app: its address for the QR code, and backup codes. */
    beginTotp: (caller: Caller, password: string) =>
      call(caller, '/two-factor/enable', { password }),

    async confirmTotp(caller: Caller, who: SignedIn, code: string) {
      return changed(caller, who, 'totp', await call(caller, '/two-factor/verify-totp', { code }))
    },

    async endTotp(caller: Caller, who: SignedIn, password: string) {
      const reply = await call(caller, '/two-factor/disable', { password })
      return changed(caller, who, 'totp_off', reply)
    },

    passkeyOptions: (caller: Caller) => call(caller, '/passkey/generate-register-options'),

    async addPasskey(caller: Caller, who: SignedIn, response: unknown, name: string) {
      const body = { response, ...(name !== '' && { name: name.slice(0, 40) }) }
      return changed(
        caller,
        who,
        'passkey',
        await call(caller, '/passkey/verify-registration', body),
      )
    },

    async removePasskey(caller: Caller, who: SignedIn, id: string) {
      const reply = await call(caller, '/passkey/delete-passkey', { id })
      return changed(caller, who, 'passkey_removed', reply)
    },

    /** Ends one session of this person; one of another is not found. */
    async endSession(caller: Caller, who: SignedIn, id: string): Promise<Reply | undefined> {
      const row = await db
        .selectFrom('authSession')
        .select('token')
        .where('id', '=', id)
        .where('userId', '=', who.member.user)
        .executeTakeFirst()
      if (!row) return undefined
      const { token } = row
      return changed(caller, who, 'session', await call(caller, '/revoke-session', { token }))
    },

    async endOthers(caller: Caller, who: SignedIn) {
      return changed(caller, who, 'sessions', await call(caller, '/revoke-other-sessions', {}))
    },
  }
}

async function seenBy(
  db: AccountStore['db'],
  { session, member: { user } }: SignedIn,
  now: number,
): Promise<AccountSeen> {
  const own = db
    .selectFrom('authSession')
    .where('userId', '=', user)
    .where('expiresAt', '>', instant(now))
  const [accounts, totp, passkeys, sessions] = await Promise.all([
    db.selectFrom('authAccount').select('providerId').where('userId', '=', user).execute(),
    db.selectFrom('authTwoFactor').select('verified').where('userId', '=', user).execute(),
    db
      .selectFrom('authPasskey')
      .select(['id', 'name', 'createdAt'])
      .where('userId', '=', user)
      .execute(),
    own.select(['id', 'userAgent as agent', 'createdAt']).orderBy('createdAt').execute(),
  ])
  return {
    hasPassword: accounts.some(({ providerId }) => providerId === 'credential'),
    hasTotp: totp.some(({ verified }) => verified === 1),
    passkeys,
    sessions: sessions.map((row) => ({ ...row, isThis: row.id === session })),
  }
}
