import type { CompiledQuery } from 'kysely'
import type { PublicJwk } from './guarantee/issuer-key.ts'
import type { VerifyJws } from './guarantee/record.ts'
import type { TrustDocument } from './log/bundle.ts'
import type { VerifyEd25519 } from './log/checkpoint.ts'
import type { Store } from './store/store.ts'

export interface Clock {
  /** Wall clock, milliseconds since 1970-01-01T00:00:00Z. */
  now(): number
  /** Milliseconds from an arbitrary start, never set back. */
  monotonic(): number
  /** Resolves after `milliseconds`; 0 lets in everything that has arrived already. */
  sleep(milliseconds: number): Promise<void>
}

/** `length` bytes from a cryptographically secure generator. */
export type Random = (length: number) => Uint8Array

/** An Ed25519 key whose private half stays behind the port. */
export interface Signer {
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  /** 64 bytes (RFC 8032 §5.1.6). */
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>
}

/** Signs verification receipts with the receipt key `kid`. */
export interface ReceiptSigner extends Signer {
  readonly kid: string
}

export interface ReceiptKey {
  kid: string
  jwk: PublicJwk
  /** Since when it signs. */
  notBefore: string
  retiredAt?: string
}

/** Keyed hashing of auth keys, with peppers that stand outside the database. */
export interface Peppers {
  /** The pepper under which new keys are kept. */
  readonly current: string
  /** Whether what is kept under `pid` is hashed slowly. */
  isSlow(pid: string): boolean
  /**
   * 32 bytes, HMAC-SHA-256 or slower; throws when the pepper `pid` is not known. With `slowly` the
   * slow hash is run under any `pid`, and its result left where it does not belong.
   */
  mac(
    pid: string,
    salt: Uint8Array,
    message: Uint8Array,
    slowly?: boolean,
  ): Uint8Array | Promise<Uint8Array>
}

export type GuardState =
  | { state: 'absent' }
  | { state: 'unreadable' }
  | { state: 'kept'; note: string }

/** The last checkpoint that this node answered with, kept outside the database. */
export interface Guard {
  read(): Promise<GuardState>
  /**
   * When it resolves, the note survives the end of the process: in a file also a power cut, but for
   * the last second; in a database of its own also the loss of any machine.
   */
  write(note: string): Promise<void>
  /** Writes what the last `write` could not; resolves at once when nothing is missing. */
  retry(): Promise<void>
}

/** What is written of who looked, tried, failed, shared, pulled: never a key, never a token. */
export interface AccessEvent {
  kind:
    | 'lookup'
    | 'lookup_failed'
    | 'share_created'
    | 'share_opened'
    | 'share_revoked'
    | 'key_changed'
    | 'key_shown'
    | 'foreign_id'
    | 'audited'
    | 'export_begun'
    | 'exported'
    | 'signed_in'
    | 'sign_in_failed'
    | 'locked_out'
    | 'signed_out'
    | 'member_invited'
    | 'member_joined'
    | 'role_changed'
    | 'member_disabled'
    | 'sign_in_changed'
  issuer?: string
  numberKey?: string
  /** The network that a request came from; a keyed hash of it is kept. */
  source?: string | undefined
  detail?: Record<string, string>
}

/** None of these ever rejects: a look-up answers also when its row cannot be written. */
export interface Access {
  note(event: AccessEvent): Promise<void>
  /** One failure more past a budget: a number for each source and minute, not a row for each. */
  count(source: string): Promise<void>
  /** Writes what could not be written; resolves at once when nothing waits. */
  retry(): Promise<void>
}

/** Slow hashing of passwords, to be kept. */
export interface Passwords {
  hash(password: string): Promise<string>
  verify(given: { hash: string; password: string }): Promise<boolean>
}

/** How the log's writer goes about its work, by what the store takes. */
export interface Writing {
  /** Entries that one commit may append, and lines that one batch may have. */
  largestGroup: number
  /** Tries at a commit while other writers are faster. */
  tries: number
  /** Does one commit at a time, where several writers stand side by side in one process. */
  inTurn?<Result>(deed: () => Promise<Result>): Promise<Result>
}

/** How much one platform remembers of what it has verified. */
export interface Remembering {
  /** Records that were read and whose signature was verified: rows of eight digests, 256 bytes a row. */
  signatures: number
  /** Inclusions that were proved, in rows of eight digests too. */
  inclusions: number
}

/** Everything that the outside gives to the stations. */
export interface Ports {
  store: Store
  clock: Clock
  random: Random
  guard: Guard
  peppers: Peppers
  logSigner: Signer
  receiptSigner: ReceiptSigner
  /** All receipt keys, retired ones included, as `/v1/trust` shows them. */
  receiptKeys: readonly ReceiptKey[]
  /** Seals short-lived page tickets; 32 bytes. */
  sessionSecret: Uint8Array
  writing: Writing
  remembering: Remembering
  verifyJws: VerifyJws
  verifyEd25519: VerifyEd25519
  /** What must never fail a request and must not be lost either: one line for the operator. */
  report(event: string, facts: Record<string, unknown>): void
}

/** The two names fixed at the first start. */
export interface Identity {
  /** `aud` of every record, for ever. */
  platform: string
  /** The log's name in every checkpoint. */
  origin: string
}

/** Seals what the desk must be able to show again, under the KEK that stands outside the database. */
export interface Sealer {
  /** AES-256-GCM; `about` (issuer and number, issuer and kid) is authenticated with it. */
  seal(plain: Uint8Array, about: string): Promise<Uint8Array>
  /** @throws Error when it was sealed about something else, altered, or its KEK is not known */
  open(sealed: Uint8Array, about: string): Promise<Uint8Array>
}

/** A mail as it leaves: plain text to one address. */
export interface Mail {
  /** Without the angle brackets; the same at every try, so that a mail that comes twice is seen to. */
  messageId: string
  /** When it was written, RFC 3339 UTC. */
  at: string
  recipient: string
  subject: string
  text: string
}

export interface Mailer {
  /** Resolves once a server has taken it on, or it stands as a file. @throws MailFault: try again? */
  send(mail: Mail): Promise<{ messageId: string }>
}

/** A mail that is to be sent. Never a key in it, and no link that opens anything by itself. */
export interface Letter {
  /** issued | amended | … | invitation: by what it is counted and shown. */
  purpose: string
  recipient: string
  subject: string
  /** Lines of 38 full-width columns at most, see base/mail-text.ts. */
  text: string
  issuer?: string
  org?: string
  numberKey?: string
  application?: string
}

/** The way of every mail: written together with what it tells of, sent by and by. */
export interface Outbox {
  /** For the caller's own commit: the mail is queued exactly when the rest of it is kept. */
  queue(letter: Letter): CompiledQuery
}

/** A link as its maker sees it. */
export interface ShareSeen {
  id: string
  scope: 'current' | 'history'
  createdAt: string
  expiresAt: string
  revokedAt?: string
  openings: number
  lastOpenedAt?: string
}

/** Number and key of one guarantee, as the contractor holds them. */
export interface Pair {
  issuer: string
  contractNumber: string
  authKey: string
}

/**
 * The platform as the desk sees it: in this process, or elsewhere over HTTP. Every deed throws Fault
 * with the platform's own code when it refuses, and `store_unavailable` when it cannot be reached
 * or answers otherwise: then nobody knows whether it was done, and it is asked again.
 */
export interface PlatformPort {
  /**
   * Resolves after the record is durable in the log; the same record again gives the same receipt,
   * which is as it came: who asked holds it against the pinned log key.
   */
  submit(body: { issuer: string; record: string; authKey?: string }): Promise<{ receipt: unknown }>
  /** The newest version that the platform has; undefined when it knows no such guarantee. */
  head(issuer: string, contractNumber: string): Promise<{ seq: number; sha256: string } | undefined>
  /** A new auth key, by a request that the company signed; the old key and all links end. */
  rekey(body: { issuer: string; request: string; authKey: string }): Promise<{ changedAt: string }>
  /** Whether a key opens the company's own guarantee, by its signed question: no try that fails. */
  opens(pair: Pair): Promise<boolean>
  /** Owners whose name or alias contains `query`; all for ''. */
  owners(query: string): Promise<OwnerSeen[]>
  shares: {
    create(
      pair: Pair,
      wish: { scope: 'current' | 'history'; expiresAt?: string },
    ): Promise<{ id: string; url: string; scope: 'current' | 'history'; expiresAt: string }>
    list(pair: Pair): Promise<ShareSeen[]>
    revoke(pair: Pair, id: string): Promise<void>
  }
  /** What happened under the company's name behind `cursor`: entries, look-ups, openings. */
  events(issuer: string, cursor?: string): Promise<{ items: EventSeen[]; next?: string }>
  /** Its name and the log's keys as pinned; the issuers as registered, as pinned where it is silent. */
  trust(): Promise<TrustDocument>
  /** Whole seconds since it was asked in vain, while what only reads fails at once; else undefined. */
  unanswered(): number | undefined
}

/** What the outside gives to the desk. */
export interface DeskPorts
  extends Pick<Ports, 'store' | 'clock' | 'random' | 'report' | 'verifyEd25519'> {
  sealer: Sealer
  platform: PlatformPort
}

/** An owner of the directory, as `GET /v1/owners` gives it. */
export interface OwnerSeen {
  code?: string
  name: string
  aliases: string[]
  start: { date: string; basis: string }
  kinds: string[]
  issuerClasses: string[]
  departments: { kind?: string; name: string; email?: string }[]
  basisText?: string
  mailTemplate?: { subject: string; body: string }
}

/** An event of `GET /v1/issuer/events`. */
export interface EventSeen {
  cursor: string
  at: string
  kind: string
  contractNumber?: string
  [detail: string]: unknown
}

/** The font files of printed papers, each read when the first paper is printed, not before. */
export interface FontFiles {
  /** The bytes of a TrueType file. */
  read(face: 'regular' | 'bold' | 'mono'): Promise<Uint8Array>
}
