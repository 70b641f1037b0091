import { type LookupAnswer, matchFields } from '../../src/guarantee/verdict.ts'
import { errorTitle, errorView } from '../../src/view/error.view.ts'
import { lookupView } from '../../src/view/lookup.view.ts'
import { mismatchErrors, readLookupForm } from '../../src/view/lookup-form.ts'
import { resultView } from '../../src/view/result.view.ts'
import { shareLandingView, sharesView } from '../../src/view/share.view.ts'
import { readShareForm } from '../../src/view/share-form.ts'
import type { Html } from '../../src/web/html.ts'
import type { Lang } from '../../src/web/lang.ts'
import { type PageOptions, page } from '../../src/web/layout.ts'
import { DIRECTORY } from './directory-pages.ts'
import { answer, CERTIFICATE, checksWith, LONG, ORIGIN } from './fixtures.ts'

/** Every page in every state worth looking at, as whole documents. */
export interface State {
  name: string
  options: Partial<PageOptions> & { title: string }
  body: (lang: Lang) => Html
  /** Ids of checkboxes to tick before the picture. */
  tick?: string[]
}

const TYPED = {
  worksName: '市道本町線道路改良工事（第2工区）',
  contractPrice: '50,000,000円',
  'worksPeriod.end': '令和8年9月30日',
  contractorName: '高田建設株式会社',
  worksNumber: '第8-1号',
}

const CONTRACT = {
  worksName: TYPED.worksName,
  worksNumber: TYPED.worksNumber,
  contractPrice: 50_000_000,
  worksPeriod: { end: '2026-09-30' },
  contractorName: TYPED.contractorName,
}

const result = (name: string, given: LookupAnswer, more: object = {}): State => ({
  name: `result-${name}`,
  options: { title: '電子保証の確認結果', wide: true, scripts: ['/js/result.js'] },
  body: (lang) => resultView(lang, { answer: given, ticket: 'T1', origin: ORIGIN, ...more }),
})

const failure = (status: number, code: string, more: object = {}): State => {
  const data = { status, code, requestId: '5f0c2f6e-9a51-4f0e-8f43-2b8f0f9f1a11', ...more }
  return {
    name: `error-${status}-${code}`,
    options: { title: errorTitle('ja', data), error: true },
    body: (lang) => errorView(lang, data),
  }
}

const lookup = { title: '電子保証の内容を確認する', scripts: ['/js/lookup.js'], path: '/' }
const landing = { title: '共有された電子保証を確認する', scripts: ['/js/share.js'], path: '/v' }
const SAMPLE = { contractNumber: '12345-678901', authKey: 'Z28YUE4J3Bux' }

const LOOKUPS: State[] = [
  { name: 'lookup', options: lookup, body: (lang) => lookupView(lang, { origin: ORIGIN }) },
  {
    name: 'lookup-demo',
    options: { ...lookup, demo: true },
    body: (lang) => lookupView(lang, { origin: ORIGIN, sample: SAMPLE }),
  },
  {
    name: 'lookup-errors',
    options: { ...lookup, error: true },
    body: (lang) =>
      lookupView(lang, {
        origin: ORIGIN,
        ...readLookupForm(lang, { contractNumber: '1234-5', authKey: 'Z28YUE4J3' }, true),
      }),
  },
  {
    name: 'lookup-mismatch',
    options: { ...lookup, error: true },
    body: (lang) =>
      lookupView(lang, {
        origin: ORIGIN,
        fields: { ...SAMPLE, department: '契約検査課', name: '山田' },
        errors: mismatchErrors(lang),
        issuers: [
          { id: 'a', name: 'あかし東建設業保証株式会社' },
          { id: 'b', name: 'あかし西建設業保証株式会社' },
        ],
      }),
  },
]

const amount = {
  rule: 'V13',
  code: 'ends_before_completion',
  severity: 'warn',
  field: 'coverage.end',
  actual: '2026-09-30',
  limit: '2026-10-31',
} as const

const RESULTS: State[] = [
  result('verified', answer()),
  result('amended', answer({ versions: LONG })),
  {
    ...result('switched', answer({ versions: LONG })),
    tick: ['show-all', 'print-approval', 'print-western'],
  },
  result(
    'matched',
    answer({
      match: { fields: matchFields(CONTRACT, CERTIFICATE) },
      checks: [
        ...checksWith(),
        { id: 'match', result: 'fail', code: 'DIFFERENT' },
        { id: 'sufficiency', result: 'unknown', code: 'NOT_CHECKABLE' },
      ],
    }),
    { contract: { typed: TYPED, errors: [] } },
  ),
  result('contract-errors', answer(), {
    contract: {
      typed: { contractPrice: '5千万円' },
      errors: [
        {
          field: 'contractPrice',
          text: '請負金額は円単位の数字で入力してください（例：50,000,000）',
        },
      ],
    },
  }),
  result(
    'expired',
    answer({ checks: checksWith({ id: 'status', result: 'fail', code: 'EXPIRED' }) }),
  ),
  result(
    'warned',
    answer({
      warnings: [
        amount,
        { rule: 'V22', code: 'issued_after_works_contract', severity: 'info' },
        { rule: 'V10', code: 'guarantee_below_rate', severity: 'not_checkable' },
      ],
    }),
  ),
  result(
    'failed',
    answer({ checks: checksWith({ id: 'integrity', result: 'fail', code: 'SIG_INVALID' }) }),
  ),
  result(
    'indeterminate',
    answer({ checks: checksWith({ id: 'log', result: 'unknown', code: 'STORE_UNREADABLE' }) }),
  ),
  result(
    'erased',
    answer({
      versions: [],
      erased: [1],
      checks: checksWith(
        { id: 'integrity', result: 'unknown', code: 'BODY_ERASED' },
        { id: 'issuer', result: 'unknown', code: 'NOT_CHECKED' },
        { id: 'status', result: 'unknown', code: 'UNKNOWN' },
      ),
    }),
  ),
  result(
    'newest-erased',
    answer({
      versions: LONG.slice(0, 3),
      newest: 4,
      erased: [4],
      checks: checksWith(
        { id: 'integrity', result: 'unknown', code: 'BODY_ERASED' },
        { id: 'issuer', result: 'unknown', code: 'NOT_CHECKED' },
        { id: 'status', result: 'unknown', code: 'UNKNOWN' },
      ),
    }),
  ),
  result('partial', answer({ versions: LONG, partial: true }), { viaShare: true }),
]

const item = {
  id: 's1',
  scope: 'current',
  createdAt: '2026-02-01T03:00:00.000Z',
  expiresAt: '2026-05-02T03:00:00.000Z',
  openings: 2,
  lastOpenedAt: '2026-02-02T06:20:00.000Z',
} as const

const shares = {
  ticket: 'T1',
  contractNumber: '12345-678901',
  now: '2026-02-03T05:05:00.000Z',
} as const

const SHARES: State[] = [
  {
    name: 'share-landing',
    options: landing,
    body: (lang) => shareLandingView(lang, { origin: ORIGIN }),
  },
  {
    name: 'share-landing-errors',
    options: { ...landing, error: true },
    body: (lang) =>
      shareLandingView(lang, {
        origin: ORIGIN,
        link: 'https://other.example/',
        errors: readShareForm(lang, 'https://other.example/').errors,
      }),
  },
  {
    name: 'shares-created',
    options: { title: '共有リンクを作りました', scripts: ['/js/result.js'] },
    body: (lang) =>
      sharesView(lang, {
        ...shares,
        created: {
          url: `${ORIGIN}/v#AbCdEfGhIjKlMnOpQrStUv`,
          scope: 'current',
          expiresAt: '2026-05-04T05:05:00.000Z',
        },
        items: [
          item,
          { ...item, id: 's2', openings: 0, lastOpenedAt: undefined, revokedAt: shares.now },
          { ...item, id: 's3', scope: 'history', expiresAt: '2026-02-02T03:00:00.000Z' },
        ],
      }),
  },
  {
    name: 'shares-empty',
    options: { title: '共有リンク' },
    body: (lang) => sharesView(lang, { ...shares, items: [], revoked: true }),
  },
]

const ERRORS: State[] = [
  failure(404, 'not_found'),
  failure(410, 'share_expired_or_revoked'),
  failure(410, 'ticket_expired'),
  failure(429, 'rate_limited', { retryAt: '2026-02-03T05:06:00.000Z' }),
  failure(503, 'log_busy', { contact: '運用担当 054-000-0000' }),
  failure(500, 'internal'),
  failure(403, 'csrf'),
  failure(413, 'body_too_large'),
  failure(400, 'body_invalid'),
]

export const STATES: State[] = [...LOOKUPS, ...RESULTS, ...SHARES, ...DIRECTORY, ...ERRORS]

/** The whole document of a state. */
export function document(state: State, lang: Lang): string {
  const options = {
    lang,
    demo: false,
    origin: ORIGIN,
    operator: '富士市 契約検査課',
    ...state.options,
  }
  return page(options, state.body(lang)).toString()
}
