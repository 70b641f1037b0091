import { isDeepStrictEqual } from 'node:util'
import { sha256, utf8 } from '../../../src/base/bytes.ts'
import { certificateSchema } from '../../../src/guarantee/certificate.ts'
import { claimsReader } from '../../../src/guarantee/claims.ts'
import { type CompactJws, openCompact } from '../../../src/guarantee/compact-jws.ts'
import { readIssuerRequest } from '../../../src/guarantee/issuer-request.ts'
import { authKeyDigest, readKeyChange } from '../../../src/guarantee/key-change.ts'
import { quickReader } from '../../../src/guarantee/quick-claims.ts'
import {
  fitsKey,
  readRecord,
  readSeen,
  signCompact,
  verifyWithJose,
} from '../../../src/guarantee/record.ts'
import { isJsonObject } from '../../../src/guarantee/strict-json.ts'
import { verifyJwsNode } from '../../../src/outside/crypto-node.ts'
import { certificate, compact, HEADER, payload, TYP } from '../../guarantee/sample.ts'
import { mutateJson, mutateJws } from '../mutate.ts'
import { isDeep, jsonOf, must, reading, type Target } from '../target.ts'
import { ED25519_JWK, P256_JWK, publicKeyOf } from './keys.ts'

const RECORD = 16_384
const PATTERN = '^[0-9]{5}-[0-9]{6}$'
const KEYS = [ED25519_JWK, P256_JWK].map(publicKeyOf)
const PREV = 'A'.repeat(43)
const JTI = '0199f3a4-5b6c-7d8e-9f00-112233445566'

const later = { seq: 2, prev: PREV } as const
const RECORDS = await Promise.all(
  [ED25519_JWK, P256_JWK].flatMap((key) =>
    [
      payload(),
      payload({ ...later, event: 'cancel', reason: '工事中止', reasonCode: 'other' }),
      payload({ ...later, event: 'correct', targetSeq: 1, reason: '誤記' }),
    ].map((claims) => signCompact({ typ: TYP }, claims, key)),
  ),
)

const KEY_CHANGE = await signCompact(
  { typ: 'key-change+jwt' },
  {
    iss: 'https://ejcs.example.jp',
    aud: 'https://akashi.example.jp',
    iat: 1_764_000_000,
    jti: JTI,
    sub: '12345-678901',
    authKeySha256: authKeyDigest(JTI, 'Z28YUE4J3Bux'),
  },
  ED25519_JWK,
)

const ISSUER_REQUEST = await signCompact(
  { typ: 'issuer-request+jwt' },
  {
    iss: 'https://ejcs.example.jp',
    aud: 'https://akashi.example.jp',
    iat: 1_764_000_000,
    jti: JTI,
  },
  P256_JWK,
)

/** As many levels as fit into a record: no reader may end its stack on them. */
const DEEP = compact({ ...HEADER }, `{"a":${'['.repeat(6000)}${']'.repeat(6000)}}`)

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** The other signature that ES256 lets anybody make of one: (r, n − s). */
function mirrored(jws: string): string {
  const dot = jws.lastIndexOf('.')
  const signature = Buffer.from(jws.slice(dot + 1), 'base64url')
  const s = ORDER - BigInt(`0x${signature.subarray(32).toString('hex')}`)
  const mirror = Buffer.from(s.toString(16).padStart(64, '0'), 'hex')
  return `${jws.slice(0, dot)}.${Buffer.concat([signature.subarray(0, 32), mirror]).toString('base64url')}`
}

const signedInput = (jws: string) => jws.slice(0, jws.lastIndexOf('.'))
const SIGNED = new Set([...RECORDS, KEY_CHANGE, ISSUER_REQUEST].map(signedInput))

/** What the strict gate let through, read once more by Node's own means. */
function checkGate(jws: string, { header, payload, signingInput }: CompactJws): void {
  const parts = jws.split('.')
  must(parts.length === 3 && signingInput === signedInput(jws), 'another signing input')
  const decoded = parts.map((part) => Buffer.from(part, 'base64url'))
  must(
    decoded.every((bytes, i) => bytes.toString('base64url') === parts[i]),
    'not canonical',
  )
  if (decoded.some((bytes) => isDeep(bytes.toString()))) return
  const [ours, theirs] = decoded.slice(0, 2).map((bytes) => JSON.parse(bytes.toString()))
  must(
    isDeepStrictEqual(ours, { ...header }) && isDeepStrictEqual(theirs, payload),
    'other members',
  )
}

/** Both verifiers on what passed the gate: they must agree, and only on what was signed. */
async function checkSignature(jws: string, kid: string, alg: string): Promise<string> {
  const key = KEYS.find((one) => one.kid === kid && one.alg === alg)
  if (key === undefined) return 'unknown key'
  const [node, jose] = [await verifyJwsNode(jws, key), await verifyWithJose(jws, key)]
  must(node === jose, `Node says ${node} and jose ${jose}`)
  must(!node || SIGNED.has(signedInput(jws)), 'a record that nobody signed')
  return `signature ${node}`
}

const records: Target = {
  covers: ['openCompact', 'readRecord', 'readSeen', 'fitsKey'],
  seeds: [...RECORDS, ...RECORDS.slice(3).map(mirrored), DEEP],
  mutate: mutateJws,
  most: 2 * RECORD,
  async read(text) {
    const gate = reading(() => openCompact(text, TYP))
    const read = reading(() => readRecord(text))
    if ('refused' in gate) {
      must('refused' in read && read.refused === gate.refused, 'a record past a closed gate')
      return gate.refused
    }
    checkGate(text, gate.value)
    const seen = reading(() => readSeen(text, sha256(utf8(text))))
    if ('refused' in read) {
      must('refused' in seen && seen.refused === read.refused, 'seen what was refused')
      return read.refused
    }
    const { contentId: _, ...record } = read.value
    must('value' in seen && isDeepStrictEqual(seen.value, record), 'seen otherwise')
    const { kid, alg } = read.value.header
    const key = KEYS.find((one) => one.kid === kid)
    const fits = reading(() => key && fitsKey(read.value, key, PATTERN))
    return 'refused' in fits ? fits.refused : checkSignature(text, kid, alg)
  },
}

/** Whatever else an issuer signs: the strict gate, closed claims, then the signature. */
function requestTarget(
  name: string,
  read: typeof readKeyChange | typeof readIssuerRequest,
): Target {
  return {
    covers: [name],
    seeds: [KEY_CHANGE, ISSUER_REQUEST, ...RECORDS.slice(0, 1)],
    mutate: mutateJws,
    most: 2 * RECORD,
    read(text) {
      const request = reading(() => read(text))
      if ('refused' in request) return request.refused
      const { kid, alg } = request.value.header
      return checkSignature(text, kid, alg)
    },
  }
}

const TEXT = /^(?=.*\S)[^\p{Cc}\p{Cs}]{1,200}$/su

/** What holds of every text of a certificate, however deep it stands. */
function checkTexts(value: unknown): void {
  if (typeof value === 'string') must(TEXT.test(value), `a text that is none: ${value}`)
  else if (typeof value === 'number') must(Number.isSafeInteger(value) && value > 0, 'a sum')
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach(checkTexts)
}

const readCertificate = claimsReader(certificateSchema)
const quickCertificate = quickReader(certificateSchema)

const certificates: Target = {
  covers: ['claimsReader', 'quickReader'],
  seeds: [
    certificate(),
    certificate({ jvName: '富士・駿河JV', jvMembers: ['a', 'b'], specialClauses: ['c'] }),
    certificate({ fiscalYearAmount: 1, claimDeadline: '2026-03-20', multiYear: true }),
  ].map((one) => JSON.stringify(one)),
  mutate: mutateJson,
  most: RECORD,
  read(text) {
    const value = jsonOf(text)
    if (!isJsonObject(value)) return 'no object'
    const [quick, zod] = [quickCertificate(value), certificateSchema.safeParse(value).data]
    must(JSON.stringify(quick) === JSON.stringify(zod), 'one reader takes what the other does not')
    const read = reading(() => readCertificate(value))
    if ('refused' in read) return read.refused
    checkTexts(read.value)
    const { coverage } = read.value
    must(coverage.start === undefined || coverage.start <= coverage.end, 'an end before its start')
    return 'taken'
  },
}

export const RECORD_TARGETS: Record<string, Target> = {
  record: records,
  'key-change': requestTarget('readKeyChange', readKeyChange),
  'issuer-request': requestTarget('readIssuerRequest', readIssuerRequest),
  certificate: certificates,
}
