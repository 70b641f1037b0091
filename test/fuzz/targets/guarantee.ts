import { isDeepStrictEqual } from 'node:util'
import { readPasted as readInBrowser } from '../../../public/js/notice.js'
import { foldAuthKey, isAuthKey } from '../../../src/guarantee/auth-key.ts'
import {
  DEFAULT_PATTERN,
  foldContractNumber,
  numberKey,
  readPasted,
} from '../../../src/guarantee/contract-number.ts'
import { checkPublicKey, thumbprint } from '../../../src/guarantee/issuer-key.ts'
import { readShareLink, shareUrl } from '../../../src/guarantee/link.ts'
import { checkLookupOptions, isShortText } from '../../../src/guarantee/lookup-options.ts'
import { fitsPattern, isNumberPattern } from '../../../src/guarantee/number-pattern.ts'
import { checkedRules, checkOwner, type Owner } from '../../../src/guarantee/owner.ts'
import { readOwnerPolicy } from '../../../src/guarantee/owner-policy.ts'
import { isJsonObject, readStrictJson } from '../../../src/guarantee/strict-json.ts'
import { noticeText } from '../../stories/support/notice.ts'
import { judgeJson } from '../json-oracle.ts'
import { mutateJson } from '../mutate.ts'
import { isDeep, jsonOf, must, reading, type Target } from '../target.ts'
import { PILE } from './base.ts'
import { ED25519_JWK, P256_JWK, publicHalf } from './keys.ts'

const FORM_FIELD = 4000
const RECORD = 16_384

/** One value inside many others. */
function deep(open: string, close: string, levels: number): string {
  return `{"a":${open.repeat(levels)}1${close.repeat(levels)}}`
}

const strictJson: Target = {
  covers: ['readStrictJson'],
  seeds: [
    deep('[', ']', 6000),
    deep('{"":', '}', 2000),
    '{"a":1,"b":[true,null,"x"]}',
    '{"a":{"b":1,"b":2}}',
    '[1e2,-0,1.5,9007199254740992]',
    '"\\ud800"',
    '{"\\u0061":1,"a":2}',
  ],
  mutate: mutateJson,
  most: RECORD,
  read(text) {
    const read = readStrictJson(text)
    // The oracle goes down the stack with each level; Node's own reader does not.
    const judged = isDeep(text) ? undefined : judgeJson(text)
    if (judged === undefined) return read === undefined ? 'refused' : 'deep'
    must(read !== undefined && isDeepStrictEqual(read.value, JSON.parse(text)), 'another value')
    must((read.duplicate !== undefined) === judged.duplicate, 'a member given twice')
    must((read.unsafeNumber !== undefined) === judged.unsafe, 'a number that two may read as two')
    return `${judged.duplicate} ${judged.unsafe}`
  },
}

const numbers: Target = {
  covers: ['foldContractNumber', 'numberKey'],
  seeds: [
    '12345-678901',
    '１２３４５－６７８９０１',
    '12345一678901',
    'W-001',
    '12345678901',
    ' 123 45-67 8901\u200b',
  ],
  most: FORM_FIELD,
  read(text) {
    const folded = foldContractNumber(text)
    must(PILE.test(folded) || foldContractNumber(folded) === folded, 'folded twice is not once')
    const key = numberKey(text)
    must(PILE.test(folded) || numberKey(folded) === key, 'another key of the same number')
    must(!/[-\s]/.test(key), 'a key with a hyphen in it')
    return new RegExp(DEFAULT_PATTERN).test(folded) ? 'default' : 'other'
  },
}

const authKeys: Target = {
  covers: ['foldAuthKey', 'isAuthKey'],
  seeds: ['Z28YUE4J3Bux', 'Z28Y UE4J 3Bux', 'Ｚ２８ＹＵＥ４Ｊ３Ｂｕｘ', 'Z28Y-UE4J-3Bux'],
  most: FORM_FIELD,
  read(text) {
    const folded = foldAuthKey(text)
    must(!isAuthKey(folded) || foldAuthKey(folded) === folded, 'folded twice is not once')
    must(isAuthKey(folded) === /^[0-9A-Za-z]{12}(?!\n)$/.test(folded), 'another form of a key')
    return `${isAuthKey(folded)}`
  },
}

/** Both readers of a pasted notice, that of the browser and that of the server. */
const pasted: Target = {
  covers: ['readPasted'],
  seeds: [
    noticeText({ contractNumber: '12345-678901', authKey: 'Z28YUE4J3Bux' }),
    '12345678901\tZ28Y UE4J 3Bux',
    'Auth key: Z28Y UE4J 3Bux, number 12345 - 678901, verification',
    'Z28Y-UE4J-3Bux\n12345‐678901 https://a.example/Abcdefghij12',
  ],
  most: FORM_FIELD,
  read(text) {
    const read = readPasted(text)
    must(isDeepStrictEqual(read, readInBrowser(text)), 'the browser reads another pair')
    const { contractNumber, authKey } = read
    must(contractNumber === undefined || new RegExp(DEFAULT_PATTERN).test(contractNumber), 'number')
    must(authKey === undefined || isAuthKey(authKey), 'key')
    return `${contractNumber !== undefined} ${authKey !== undefined}`
  },
}

const TOKEN = 'AAECAwQFBgcICQoLDA0ODw'

const links: Target = {
  covers: ['readShareLink'],
  seeds: [
    shareUrl('https://hosho.example.lg.jp', TOKEN),
    TOKEN,
    `リンク：https://a.example/v%23${TOKEN}。`,
    `https://a.example/v#AAECAwQF\nBgcICQoLDA0ODw`,
  ],
  most: FORM_FIELD,
  read(text) {
    const token = readShareLink(text)
    if (token === undefined) return 'refused'
    must(Buffer.from(token, 'base64url').toString('base64url') === token, 'another spelling')
    must(Buffer.from(token, 'base64url').length === 16, 'another length')
    must(readShareLink(shareUrl('https://a.example', token)) === token, 'its link leads elsewhere')
    must(
      text
        .normalize('NFKC')
        .replace(/[\s\p{Cf}]+/gu, '')
        .includes(token),
      'a token that nobody gave',
    )
    return 'token'
  },
}

const NUMBERS = [
  '12345-678901',
  '',
  'a'.repeat(40),
  'a'.repeat(39).concat('!'),
  '1'.repeat(40),
  '-'.repeat(40),
]

const patterns: Target = {
  covers: ['isNumberPattern', 'fitsPattern'],
  seeds: [
    DEFAULT_PATTERN,
    '[A-Z]{2}-[0-9]{4,8}',
    '(?:a|b)?c{1,3}',
    'W-\\d{6}(?:-[0-9]{2})?',
    '(a{1,3}){1,3}',
  ],
  most: 64,
  read(text) {
    const taken = isNumberPattern(text)
    for (const number of NUMBERS) {
      const fits = fitsPattern(number, text)
      must(!fits || taken, 'a number fits a pattern that is not taken')
      if (taken) must(fits === new RegExp(`^(?:${text})$`, 'u').test(number), 'another reading')
    }
    return `${taken}`
  },
}

const issuerKeys: Target = {
  covers: ['checkPublicKey'],
  seeds: [
    JSON.stringify(publicHalf(ED25519_JWK)),
    JSON.stringify(publicHalf(P256_JWK)),
    JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) }),
    JSON.stringify({ kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43), d: 'A' }),
  ],
  mutate: mutateJson,
  most: RECORD,
  read(text) {
    const value = jsonOf(text)
    const read = reading(() => checkPublicKey(value))
    if ('refused' in read) return read.refused
    const { kid, jwk } = read.value
    must(kid === thumbprint(jwk) && !('d' in jwk), 'another key')
    must(isJsonObject(value) && !('d' in value), 'a private key')
    return read.value.alg
  },
}

const OWNER: Owner = {
  name: '富士市長',
  aliases: ['富士市'],
  code: '222101',
  start: { date: '2025-11-14', basis: 'contract_date' },
  kinds: ['advance_payment'],
  issuerClasses: ['surety_company'],
  departments: [{ name: '契約課', email: 'keiyaku@city.example' }],
  basisText: '公告日',
}

const owners: Target = {
  covers: ['checkOwner', 'checkedRules', 'readOwnerPolicy'],
  seeds: [
    JSON.stringify(OWNER),
    JSON.stringify({ rateAdvanceWorks: 400_000, base: 'contract', departments: OWNER.departments }),
    JSON.stringify({ mailTemplate: { subject: '【{保証名称}】{案件名}', body: '{認証キー}' } }),
    JSON.stringify({
      names: ['a'],
      start: OWNER.start,
      kinds: OWNER.kinds,
      rules: [{ from: '2026-04-01', values: { graceDays: 1 } }],
    }),
  ],
  mutate: mutateJson,
  most: RECORD,
  read(text) {
    const value = jsonOf(text)
    const owner = reading(() => checkOwner(value as Owner))
    const rules = reading(() => checkedRules(value))
    const policy = readOwnerPolicy(value)
    if (policy) must(isDeepStrictEqual(readOwnerPolicy({ ...policy }), policy), 'another policy')
    return `${'refused' in owner} ${'refused' in rules} ${policy !== undefined}`
  },
}

const options: Target = {
  covers: ['checkLookupOptions', 'isShortText'],
  seeds: [
    JSON.stringify({ checker: { department: '契約課', name: '鈴木' } }),
    JSON.stringify({
      contract: { contractPrice: 1, worksPeriod: { start: '2026-01-01' }, ownerName: 'a' },
    }),
  ],
  mutate: mutateJson,
  most: RECORD,
  read(text) {
    const value = jsonOf(text)
    if (!isJsonObject(value)) return 'no object'
    const read = reading(() => checkLookupOptions(value))
    const name = isJsonObject(value.checker) ? value.checker.name : undefined
    if ('value' in read && typeof name === 'string') must(isShortText(name), 'a name that is none')
    return 'refused' in read ? read.refused : 'taken'
  },
}

export const GUARANTEE_TARGETS: Record<string, Target> = {
  'strict-json': strictJson,
  'contract-number': numbers,
  'auth-key': authKeys,
  pasted,
  link: links,
  'number-pattern': patterns,
  'issuer-key': issuerKeys,
  owner: owners,
  'lookup-options': options,
}
