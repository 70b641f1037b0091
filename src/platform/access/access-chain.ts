import { base64, concat, sha256, utf8 } from '../../base/bytes.ts'
import type { Instant } from '../../base/time.ts'

/** A row of the access log as it is kept. */
export interface AccessRow {
  id: number
  at: Instant
  kind: string
  issuer: string | null
  numberKey: string | null
  source: string | null
  /** JSON object of texts. */
  detail: string
  /** Beside names, once they are sealed and until they are erased. */
  salt: Uint8Array | null
  commitment: Uint8Array | null
}

/** Hash before the first row. */
export const CHAIN_START: Uint8Array = new Uint8Array(32)

export const NAME_SALT_LENGTH = 16

const ROW = 'akashi-access/v1'
const NAMES = utf8('akashi-access-names/v1\n')

/** Members of `detail` that say who somebody is. */
const PERSONAL = ['department', 'name']

/** `detail` apart: what enters the chain as it is, in one order, and what only by a commitment. */
export interface Detail {
  facts: readonly (readonly [string, unknown])[]
  names: readonly (readonly [string, unknown])[]
}

/** @throws SyntaxError when `detail` is no JSON */
export function readDetail(detail: string): Detail {
  const members = Object.entries((JSON.parse(detail) ?? {}) as Record<string, unknown>)
  members.sort(([a], [b]) => (a < b ? -1 : 1))
  const isPersonal = ([name]: readonly [string, unknown]) => PERSONAL.includes(name)
  return {
    facts: members.filter((member) => !isPersonal(member)),
    names: members.filter(isPersonal),
  }
}

/** What stands in the chain for names: SHA-256 over a label, `salt` (16 bytes) and their JSON. */
export function commitmentTo(names: Detail['names'], salt: Uint8Array): Uint8Array {
  return sha256(concat(NAMES, salt, utf8(JSON.stringify(names))))
}

/**
 * Hash of a row: SHA-256 over the hash of the one before it and the JSON array of label, id, at,
 * kind, issuer, numberKey, source, the facts of its detail, and the commitment (base64, or null).
 */
export function rowHash(
  before: Uint8Array,
  { id, at, kind, issuer, numberKey, source }: AccessRow,
  facts: Detail['facts'],
  commitment: Uint8Array | null,
): Uint8Array {
  const committed = commitment && base64(commitment)
  const row = [ROW, id, at, kind, issuer, numberKey, source, facts, committed]
  return sha256(concat(before, utf8(JSON.stringify(row))))
}
