import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { genericOAuth, organization, twoFactor } from 'better-auth/plugins'
import type { Passwords } from '../ports.ts'
import type { AccountStore } from '../store/account-tables.ts'
import { createHooks, type HookParts } from './hooks.ts'

/** The single sign-on of an authority or company (OpenID Connect Discovery 1.0). */
export interface OidcProvider {
  issuer: string
  clientId: string
  clientSecret: string
  /** Whether an address is believed of which the provider does not say that it has verified it. */
  believesAddress: boolean
}

export interface AuthParts extends HookParts {
  store: AccountStore
  /** `https://HOST`; never read from a request. */
  origin: string
  /** Derived from SESSION_SECRET, the one in use first. */
  secrets: { version: number; value: string }[]
  passwords: Passwords
  oidc?: OidcProvider
}

/** Where the library answers; of its routes only the callback is reachable, see `callback.page.ts`. */
export const AUTH_BASE = '/api/auth'

/** The id under which the single sign-on is registered: `/api/auth/callback/oidc`. */
export const OIDC = 'oidc'

/** The request header in which the library finds whom a limit counts for. */
export const SOURCE_HEADER = 'x-real-ip'

export const SHORTEST_PASSWORD = 12

/** By when a session ends that is not used, and after what time its use is written; seconds. */
export const SESSION = { expiresIn: 8 * 3600, updateAge: 900, freshAge: 3600 }

const MINUTE = 60

/**
 * better-auth as this product uses it. Transactions are off: they would be held open across
 * asynchronous work. Nobody signs up by themselves; its routes are called by our own forms.
 */
export function createAuth(parts: AuthParts) {
  const { store, origin, secrets, passwords, oidc } = parts
  return betterAuth({
    appName: 'Akashi',
    baseURL: origin,
    basePath: AUTH_BASE,
    secrets,
    telemetry: { enabled: false },
    logger: { level: 'error', disabled: true },
    onAPIError: { errorURL: `${origin}/sign-in` },
    database: { db: store.db, type: 'sqlite', transaction: false },
    session: { modelName: 'authSession', ...SESSION, cookieCache: { enabled: false } },
    user: {
      modelName: 'authUser',
      additionalFields: { disabledAt: { type: 'string', required: false, input: false } },
    },
    account: {
      modelName: 'authAccount',
      accountLinking: { enabled: false },
      updateAccountOnSignIn: false,
    },
    verification: { modelName: 'authVerification' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: 128,
      password: passwords,
    },
    rateLimit: { enabled: true, storage: 'database', modelName: 'authRateLimit', ...LIMITS },
    // Said and not left to the default, which follows NODE_ENV.
    advanced: {
      disableOriginCheck: false,
      disableCSRFCheck: false,
      cookiePrefix: 'akashi',
      ipAddress: { ipAddressHeaders: [SOURCE_HEADER] },
      database: { validateSchema: store.canIntrospect },
    },
    ...createHooks(parts),
    plugins: [...plugins(origin), genericOAuth({ config: oidc ? [provider(oidc)] : [] })],
  })
}

export type Auth = ReturnType<typeof createAuth>

/** Tries a minute from one network. A whole office stands behind one address. */
const LIMITS = {
  window: MINUTE,
  max: 100,
  customRules: {
    '/sign-in/email': { window: MINUTE, max: 10 },
    '/two-factor/*': { window: MINUTE, max: 10 },
    '/passkey/*': { window: MINUTE, max: 40 },
    '/change-password': { window: MINUTE, max: 5 },
  },
}

function plugins(origin: string) {
  return [
    organization({
      allowUserToCreateOrganization: false,
      schema: {
        organization: { modelName: 'authOrganization', additionalFields: ORGANISATION },
        member: { modelName: 'authMember' },
        invitation: { modelName: 'authInvitation' },
      },
    }),
    twoFactor({
      issuer: new URL(origin).host,
      schema: { twoFactor: { modelName: 'authTwoFactor' } },
    }),
    passkey({
      rpName: 'Akashi',
      origin,
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      schema: { passkey: { modelName: 'authPasskey' } },
    }),
  ]
}

const text = { type: 'string', required: false, input: false } as const

const ORGANISATION = {
  kind: { type: 'string', required: true, input: false },
  issuer: text,
  owner: text,
  address: text,
  representative: text,
  allowsOidc: { type: 'boolean', required: true, input: false, defaultValue: false },
} as const

function provider({ issuer, clientId, clientSecret, believesAddress }: OidcProvider) {
  return {
    providerId: OIDC,
    discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    scopes: ['openid', 'email', 'profile'],
    pkce: true,
    requireIdTokenVerification: true,
    // By the address an invitation is taken: at a provider where people write their own, silence
    // about it is no yes. One that says no is always believed.
    mapProfileToUser: (profile: Record<string, unknown>) => ({
      emailVerified: String(profile['email_verified'] ?? believesAddress) === 'true',
    }),
  }
}
