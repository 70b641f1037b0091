import type { CompiledQuery, Kysely } from 'kysely'

/**
 * The columns of `db/0011_accounts.sql` that our own queries name. The `auth…` tables are written by
 * better-auth alone.
 */
export interface AccountTables {
  authUser: {
    id: string
    name: string
    email: string
    twoFactorEnabled: number | null
    disabledAt: string | null
    createdAt: string
  }
  authAccount: { id: string; userId: string; providerId: string }
  authSession: {
    id: string
    userId: string
    token: string
    createdAt: string
    expiresAt: string
    userAgent: string | null
  }
  authOrganization: {
    id: string
    name: string
    kind: string
    issuer: string | null
    owner: string | null
    address: string | null
    representative: string | null
    allowsOidc: number
    createdAt: string
  }
  authMember: { id: string; organizationId: string; userId: string; role: string }
  authTwoFactor: { userId: string; verified: number | null; lockedUntil: string | null }
  authPasskey: { id: string; userId: string; name: string | null; createdAt: string | null }
  accountInvitation: {
    hash: string
    purpose: 'join' | 'reset' | 'reset_all'
    organisation: string
    role: string
    email: string
    name: string
    createdAt: string
    endsAt: string
    acceptedAt: string | null
  }
  totpUsed: { user: string; code: string; at: string }
  keptForm: { session: string; id: string; sealed: string; endsAt: string }
}

/** The accounts' tables of a database, each statement for itself. */
export interface AccountStore {
  readonly db: Kysely<AccountTables>
  /** Rows of a query, run as a kept prepared statement (one per SQL text). */
  all<Row>(query: CompiledQuery<Row>): Promise<Row[]>
  /** Whether it can tell what tables it has, so that a missing one is told at the start. */
  readonly canIntrospect: boolean
  close(): Promise<void>
}
