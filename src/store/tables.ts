import type { Generated } from 'kysely'
import type { DeskTables } from './desk-tables.ts'

/** The columns of `db/*.sql`; times are RFC 3339 text, lists and objects JSON text. */
export interface Tables extends DeskTables {
  setting: { name: string; value: string }
  logEntry: { position: number; entry: Uint8Array }
  logNode: { id: number; hash: Uint8Array }
  logCheckpoint: { size: number; generation: Generated<number>; note: string }
  logReopening: {
    generation: number
    origin: string
    sealedOrigin: string
    sealedVkey: string
    sealedSize: number
    sealedRoot: string
    at: string
  }
  issuer: {
    id: string
    iss: string
    name: string
    numberPattern: string
    class: string
    phone: string | null
    url: string | null
    hours: string | null
  }
  issuerKey: { kid: string; issuer: string; alg: string; jwk: string }
  keyEvent: { position: number; kid: string }
  owner: {
    id: Generated<number>
    code: string | null
    name: string
    startDate: string
    startBasis: string
    basisText: string | null
    kinds: string
    issuerClasses: string
    departments: string
    aliases: string
    mailTemplate: string | null
  }
  ownerName: { folded: string; owner: number }
  ownerRule: { owner: number; fromDay: string; values: string }
  guarantee: {
    issuer: string
    numberKey: string
    contractNumber: string
    position: number
    pid: string
    salt: Uint8Array
    mac: Uint8Array
    newestSeq: number
  }
  version: {
    position: number
    issuer: string
    numberKey: string
    seq: number
    jti: string
    contentId: string
  }
  recordBody: { position: number; jws: string }
  erasure: { position: number; entry: number }
  share: {
    id: string
    tokenHash: Uint8Array
    issuer: string
    numberKey: string
    scope: 'current' | 'history'
    createdAt: string
    expiresAt: string
    revokedAt: string | null
    openings: Generated<number>
    lastOpenedAt: string | null
  }
  auditToken: {
    id: string
    hash: Uint8Array
    name: string
    role: 'auditor'
    owners: string | null
    issuers: string | null
    createdAt: string
    expiresAt: string
    revokedAt: string | null
  }
  logFact: {
    position: number
    arrivedAt: string
    entry: string
    issuer: string
    sha256: string
    kid: string | null
    at: string | null
    count: number | null
    contractNumber: string | null
    numberKey: string | null
    seq: number | null
    jti: string | null
    event: string | null
    targetSeq: number | null
    reasonCode: string | null
    reason: string | null
    kind: string | null
    owner: number | null
    ownerCode: string | null
    ownerName: string | null
    contractorName: string | null
    worksName: string | null
    contractPrice: number | null
    guaranteedAmount: number | null
    coverageEnd: string | null
  }
  keyChange: { issuer: string; jti: string; at: string }
  issuerRequest: { issuer: string; jti: string; at: string }
  accessNote: {
    id: Generated<number>
    at: string
    kind: string
    issuer: string | null
    numberKey: string | null
    detail: string
    source: string | null
    salt: Uint8Array | null
    commitment: Uint8Array | null
  }
  accessSeal: { start: number; count: number; lastNote: number; hash: Uint8Array }
  accessHead: { position: number; count: number }
  accessTally: { source: string; minute: string; count: number }
  budget: { id: string; refilledAt: number }
}
