import type { Access } from '../ports.ts'
import type { Accounts } from './accounts.ts'
import type { Caller, Reply } from './calls.ts'

/**
 * How a try to sign in ended. `locked`: too many wrong codes of this user; `over`: start again; `used`:
 * so too, with another code, since this one was right and had been used.
 */
export type SignInOutcome =
  | { state: 'in' | 'code' | 'refused' | 'locked' | 'over' | 'used'; reply: Reply }
  | { state: 'limited'; reply: Reply; retryAfter: number }

/** The ways to sign in and out, each written to the access log. */
export function createSignIn({ call, users }: Accounts, access: Access) {
  const note = (kind: 'signed_in' | 'sign_in_failed' | 'locked_out', caller: Caller, detail = {}) =>
    access.note({ kind, source: caller.source, detail })

  /** What somebody typed is not written, only whom it is known to be. */
  async function failed(caller: Caller, by: string, email?: string): Promise<void> {
    const user = email && (await users.byAddress(email))
    await note('sign_in_failed', caller, { by, ...(user && { user }) })
  }

  async function finish(
    caller: Caller,
    reply: Reply,
    by: string,
    email?: string,
  ): Promise<SignInOutcome> {
    if (reply.ok) {
      await note('signed_in', caller, { by, user: userOf(reply) })
      return { state: 'in', reply } as const
    }
    if (reply.status === 429 && reply.body['code'] === 'ACCOUNT_TEMPORARILY_LOCKED') {
      await note('locked_out', caller, { by })
      return { state: 'locked', reply } as const
    }
    if (reply.status === 429) {
      return { state: 'limited', reply, retryAfter: reply.retryAfter ?? 60 } as const
    }
    await failed(caller, by, email)
    return { state: refusalOf(reply), reply }
  }

  return {
    async password(caller: Caller, email: string, password: string): Promise<SignInOutcome> {
      const reply = await call(caller, '/sign-in/email', { email, password })
      if (reply.ok && reply.body['twoFactorRedirect'] === true) return { state: 'code', reply }
      return finish(caller, reply, 'password', email)
    },

    async code(caller: Caller, code: string): Promise<SignInOutcome> {
      return finish(caller, await call(caller, '/two-factor/verify-totp', { code }), 'totp')
    },

    async backupCode(caller: Caller, code: string): Promise<SignInOutcome> {
      const reply = await call(caller, '/two-factor/verify-backup-code', { code })
      return finish(caller, reply, 'backup_code')
    },

    async passkey(caller: Caller, response: unknown): Promise<SignInOutcome> {
      const reply = await call(caller, '/passkey/verify-authentication', { response })
      return finish(caller, reply, 'passkey')
    },

    async out(caller: Caller, user: string): Promise<Reply> {
      const reply = await call(caller, '/sign-out', {})
      await access.note({ kind: 'signed_out', source: caller.source, detail: { user } })
      return reply
    },
  }
}

/** The step with the code is gone where it is too late, was tried too often, or took a used code. */
function refusalOf({ body }: Reply): 'refused' | 'over' | 'used' {
  const code = String(body['code'])
  if (code === 'CODE_USED') return 'used'
  const isOver = code === 'INVALID_TWO_FACTOR_COOKIE' || code.startsWith('TOO_MANY_ATTEMPTS')
  return isOver ? 'over' : 'refused'
}

function userOf({ body }: Reply): string {
  return String((body['user'] as { id?: unknown } | undefined)?.id ?? '')
}
