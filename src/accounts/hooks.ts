import { APIError, createAuthMiddleware } from 'better-auth/api'
import { fromBase64url, utf8 } from '../base/bytes.ts'
import { tokenOf } from './session-token.ts'

export interface HookParts {
  /** Keeps a code as used; false when the user has used it before. */
  useCode(user: string, code: string): Promise<boolean>
  /** Whether the single sign-on may make a user of this address now. */
  mayJoin(email: string): Promise<boolean>
  /** Makes the user that the single sign-on made a member, by the invitation to the address. */
  join(user: { id: string; email: string }): Promise<void>
  /** Whether a session may begin for a user. */
  maySignIn(user: string, way: 'oidc' | 'own'): Promise<boolean>
  /** Somebody signed in by the single sign-on. */
  signedInByOidc(user: string): Promise<void>
}

/** What the library is told beside its own checks. */
export function createHooks(parts: HookParts) {
  return {
    hooks: {
      before: createAuthMiddleware(async ({ path, body }) => {
        if (path === '/passkey/verify-authentication') checkVerified(assertionData(body))
        if (path === '/passkey/verify-registration') checkVerified(attestationData(body))
      }),
      after: createAuthMiddleware(async (ctx) => {
        if (ctx.path === '/two-factor/verify-totp') await checkUnused(ctx, parts)
        const { newSession } = ctx.context
        if (isCallback(ctx.path) && newSession) await parts.signedInByOidc(newSession.user.id)
      }),
    },
    databaseHooks: {
      user: {
        create: {
          // Only the single sign-on makes users over HTTP; invitations make theirs without a context.
          before: async (
            user: { email: string; emailVerified: boolean },
            ctx: { path?: string } | null,
          ) => !isCallback(ctx?.path) || (user.emailVerified && (await parts.mayJoin(user.email))),
          after: async (user: { id: string; email: string }, ctx: { path?: string } | null) => {
            if (isCallback(ctx?.path)) await parts.join(user)
          },
        },
      },
      // What the provider's tokens open is none of ours.
      account: { create: { before: async () => ({ data: NO_TOKENS }) } },
      session: {
        create: {
          before: async (
            { userId, token }: { userId: string; token: string },
            ctx: { path?: string } | null,
          ) =>
            (await parts.maySignIn(userId, isCallback(ctx?.path) ? 'oidc' : 'own')) && {
              data: { token: tokenOf(token, userId) },
            },
        },
      },
    },
  }
}

const NO_TOKENS = { accessToken: null, refreshToken: null, idToken: null }

function isCallback(path: string | undefined): boolean {
  return path?.startsWith('/callback/') ?? false
}

/** Where the flags stand in authenticator data, and the one for a verified user (WebAuthn §6.1). */
const FLAGS = 32
const USER_VERIFIED = 0x04

/**
 * The plugin leaves it open whether the authenticator asked for a PIN or a finger. A passkey stands for
 * two factors here, so it must have; what it says of it is covered by its signature.
 */
function checkVerified(data: Uint8Array | undefined): void {
  if (((data?.[FLAGS] ?? 0) & USER_VERIFIED) === 0) throw new APIError('UNAUTHORIZED')
}

function assertionData(body: unknown): Uint8Array | undefined {
  const { response } = (body ?? {}) as { response?: { response?: { authenticatorData?: unknown } } }
  const data = response?.response?.authenticatorData
  return typeof data === 'string' ? fromBase64url(data) : undefined
}

const AUTH_DATA = utf8('authData')
/** CBOR byte strings by the length of their length (RFC 8949 §3.1). */
const LENGTH_BYTES: Record<number, number> = { 88: 1, 89: 2 }

/** Authenticator data in an attestation object, after its name (WebAuthn §6.5.4). */
function attestationData(body: unknown): Uint8Array | undefined {
  const { response } = (body ?? {}) as { response?: { response?: { attestationObject?: unknown } } }
  const text = response?.response?.attestationObject
  const object = typeof text === 'string' ? fromBase64url(text) : undefined
  const at = object?.findIndex((_, i) => AUTH_DATA.every((byte, j) => object[i + j] === byte)) ?? -1
  const head = at < 0 ? undefined : object?.[at + AUTH_DATA.length]
  const skipped = head === undefined ? undefined : LENGTH_BYTES[head]
  return skipped === undefined ? undefined : object?.subarray(at + AUTH_DATA.length + 1 + skipped)
}

/** A code counts once (OWASP ASVS 5.0, 6.5.1): who looked over a shoulder cannot follow. */
async function checkUnused(
  ctx: Parameters<Parameters<typeof createAuthMiddleware>[0]>[0],
  { useCode }: HookParts,
): Promise<void> {
  const { newSession, session } = ctx.context
  const user = newSession?.user.id ?? session?.user.id
  const { code } = ctx.body as { code: string }
  if (user === undefined || (await useCode(user, code))) return
  if (newSession) await ctx.context.internalAdapter.deleteSession(newSession.session.token)
  throw new APIError('UNAUTHORIZED', { code: 'CODE_USED' })
}
