import type { Certificate } from '../../src/guarantee/certificate.ts'
import { knownStatus, shownHistory, type Version } from '../../src/guarantee/history.ts'
import { type Check, type LookupAnswer, verdictOf } from '../../src/guarantee/verdict.ts'

export const ORIGIN = 'https://hosho.example.lg.jp'

export const CERTIFICATE: Certificate = {
  kind: 'advance_payment',
  contractNumber: '12345-678901',
  owner: { name: '富士市', title: '富士市長' },
  contractor: {
    name: '髙田建設 株式会社',
    address: '静岡県富士市見本町1丁目2番3号',
    representative: '代表取締役 髙田 太郎',
  },
  worksName: '市道本町線 道路改良工事（第2工区）',
  worksNumber: '第7-123号',
  worksPlace: '静岡県富士市見本町地内',
  worksCategory: 'works',
  worksContractDate: '2025-11-14',
  worksPeriod: { start: '2025-11-17', end: '2026-09-30' },
  contractPrice: 50_000_000,
  guaranteedAmount: 20_000_000,
  depositBank: '駿河あおい銀行 富士支店',
  coverage: { end: '2026-09-30' },
  documentDate: '2025-11-14',
  terms: { id: 'MAE-2025', title: '前払金保証約款（令和7年4月版）' },
  issuerBranch: '静岡支店',
  issuerName: 'あかし東建設業保証株式会社',
}

export const ISSUE: Version = {
  seq: 1,
  event: 'issue',
  certificate: CERTIFICATE,
  arrivedAt: '2025-11-17T00:30:00.000Z',
  index: 12,
}

const AMENDED: Certificate = {
  ...CERTIFICATE,
  contractPrice: 55_000_000,
  guaranteedAmount: 22_000_000,
  coverage: { end: '2026-10-31' },
}

/** Issue, correction of it, amendment, an amendment and its cancellation. */
export const LONG: Version[] = [
  ISSUE,
  {
    seq: 2,
    event: 'correct',
    targetSeq: 1,
    reason: '工事番号の記載に誤りがあったため',
    certificate: { ...CERTIFICATE, worksNumber: '第7-132号' },
    arrivedAt: '2025-11-18T01:10:00.000Z',
    index: 40,
  },
  {
    seq: 3,
    event: 'amend',
    certificate: { ...AMENDED, worksNumber: '第7-132号' },
    arrivedAt: '2026-01-20T07:42:00.000Z',
    index: 640,
  },
  {
    seq: 4,
    event: 'amend',
    certificate: { ...AMENDED, worksNumber: '第7-132号', guaranteedAmount: 18_000_000 },
    arrivedAt: '2026-01-27T02:05:00.000Z',
    index: 702,
  },
  {
    seq: 5,
    event: 'cancel_amendment',
    targetSeq: 4,
    reason: '減額の変更契約が行われなかったため',
    certificate: { ...AMENDED, worksNumber: '第7-132号' },
    arrivedAt: '2026-01-28T00:15:00.000Z',
    index: 711,
  },
]

const PASSES: Check[] = [
  { id: 'integrity', result: 'pass', code: 'OK' },
  { id: 'issuer', result: 'pass', code: 'OK' },
  { id: 'log', result: 'pass', code: 'OK' },
  { id: 'status', result: 'pass', code: 'IN_FORCE' },
]

/** The facts from which an answer is made here. */
interface Story extends Partial<LookupAnswer> {
  /** The readable versions. */
  versions?: Version[]
  /** seq of the newest version; that of the last readable one unless given. */
  newest?: number
}

/** An answer whose verdict follows from its checks and warnings, as the platform's does. */
export function answer({ versions = [ISSUE], newest, ...changes }: Story = {}): LookupAnswer {
  const last = versions.at(-1)
  const seq = newest ?? last?.seq ?? 1
  const status = knownStatus(versions, seq, '2026-02-03')
  const asOf = '2026-02-03T05:05:00.000Z'
  const base: LookupAnswer = {
    verdict: 'verified',
    checks: PASSES,
    issuer: {
      id: 'akashi-east',
      name: 'あかし東建設業保証株式会社',
      phone: '054-000-0000',
      url: 'https://issuer.example.jp/',
      hours: '平日 9時から17時まで',
    },
    contractNumber: '12345-678901',
    status: { ...(status ?? { state: 'unknown', seq, amendments: 0 }), asOf },
    warnings: [],
    certificate: last?.seq === seq ? last.certificate : null,
    history: shownHistory(versions, seq, changes.partial === true),
    signature: { kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k', alg: 'Ed25519' },
    partial: false,
    erased: [],
    checkpoint: { origin: 'hosho.example.lg.jp/akashi', size: 1284, root: 'AAAA' },
    receiptId: 'KX-7F3A91KX2Q',
    checker: { department: '契約検査課', name: '山田', basis: 'self_declared' },
    verificationReceipt: 'eyJ.eyJ.sig',
    ...changes,
  }
  return { ...base, verdict: changes.verdict ?? verdictOf(base.checks, base.warnings) }
}

/** The four passes with one check answered otherwise. */
export function checksWith(...others: Check[]): Check[] {
  return PASSES.map((check) => others.find(({ id }) => id === check.id) ?? check)
}
