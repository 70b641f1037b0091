import { docsView } from '../../src/view/docs.view.ts'
import { helpView } from '../../src/view/help.view.ts'
import { issuersView } from '../../src/view/issuers.view.ts'
import { accessibilityView, privacyView, termsView } from '../../src/view/legal.view.ts'
import { logView } from '../../src/view/log.view.ts'
import { type OwnerItem, ownersView } from '../../src/view/owners.view.ts'
import type { State } from './pages.ts'

const FUJI: OwnerItem = {
  code: '222101',
  name: '富士市長',
  aliases: ['富士市'],
  start: { date: '2025-11-14', basis: 'contract_date' },
  kinds: ['advance_payment', 'interim_advance_payment', 'contract'],
  issuerClasses: ['surety_company'],
  departments: [
    { kind: 'contract', name: '契約検査課', email: 'keiyaku@fuji.example' },
    { name: '工事担当課' },
  ],
}

const OWNERS: OwnerItem[] = [
  FUJI,
  {
    name: '見本県知事',
    aliases: [],
    start: { date: '2024-04-01', basis: 'tender_notice_date' },
    kinds: ['advance_payment', 'performance_bond'],
    issuerClasses: [],
    departments: [],
  },
]

const KID = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'
const FROM = '2025-04-01T00:00:00.000Z'
const NOW = '2026-02-03T05:05:00.000Z'
const VKEY = 'hosho.example.lg.jp/akashi+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'

const ISSUERS = [
  {
    name: 'あかし東建設業保証株式会社',
    class: 'surety_company',
    phone: '054-000-0000',
    url: 'https://issuer.example.jp/',
    hours: '平日 9時から17時まで',
    keys: [
      { kid: KID, alg: 'Ed25519' as const, notBefore: FROM },
      { kid: `${KID.slice(0, 42)}5`, alg: 'ES256' as const, notBefore: FROM, retiredAt: FROM },
      { kid: `${KID.slice(0, 42)}6`, alg: 'ES256' as const, notBefore: FROM, revokedAt: FROM },
    ],
  },
  { name: '見本損害保険株式会社', class: 'insurer', keys: [] },
]

const LOG = {
  platform: 'https://hosho.example.lg.jp',
  origin: 'hosho.example.lg.jp/akashi',
  vkey: VKEY,
  receiptKeys: [{ kid: KID, notBefore: FROM }],
  previous: [],
}

/** A small document with every kind of schema that ours have. */
const DOCUMENT = {
  info: { title: 'Akashi', version: '1', description: 'Times are RFC 3339 UTC.' },
  paths: {
    '/v1/owners': {
      get: {
        summary: 'Owners that take electronic guarantees',
        parameters: [{ name: 'q', in: 'query', description: 'Part of a name' }],
        responses: { '200': { description: 'By name' } },
      },
    },
    '/v1/records': {
      post: {
        summary: 'Submit a signed record',
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Record' } } },
        },
        responses: {
          '201': { description: 'The receipt' },
          '400': { description: 'jws_malformed, claim_invalid' },
        },
      },
    },
  },
  components: {
    schemas: {
      Record: {
        type: 'object',
        required: ['record'],
        properties: {
          record: { type: 'string', description: 'Compact JWS' },
          kind: { enum: ['a', 'b'] },
          more: {
            type: 'array',
            items: { type: 'object', properties: { x: { type: 'integer' } } },
          },
        },
      },
    },
  },
}

const OPERATOR = {
  name: '富士市 契約検査課',
  contact: '電話 0545-000-0000（平日 9時から17時まで）',
}
const SAMPLE = { contractNumber: '12345-678901', authKey: 'Z28YUE4J3Bux' }

const state = (name: string, path: string, title: string, body: State['body']): State => ({
  name,
  options: { title, path },
  body,
})

/** The pages that everybody may read. */
export const DIRECTORY: State[] = [
  state('owners', '/owners', '対応している発注者', (lang) =>
    ownersView(lang, { q: '', items: OWNERS }),
  ),
  state('owners-found', '/owners', '対応している発注者', (lang) =>
    ownersView(lang, { q: '富士', items: [FUJI] }),
  ),
  state('owners-none', '/owners', '対応している発注者', (lang) =>
    ownersView(lang, { q: '<b>', items: [] }),
  ),
  state('owners-empty', '/owners', '対応している発注者', (lang) =>
    ownersView(lang, { q: '', items: [] }),
  ),
  state('issuers', '/issuers', '保証会社', (lang) =>
    issuersView(lang, { items: ISSUERS, now: NOW }),
  ),
  state('issuers-empty', '/issuers', '保証会社', (lang) =>
    issuersView(lang, { items: [], now: NOW }),
  ),
  state('help', '/help', '使い方', (lang) => helpView(lang, {})),
  {
    ...state('help-demo', '/help', '使い方', (lang) => helpView(lang, { sample: SAMPLE })),
    options: { title: '使い方', path: '/help', demo: true },
  },
  state('log', '/log', '公開鍵と記録台帳', (lang) =>
    logView(lang, {
      ...LOG,
      head: { size: 1284, root: 'uC0vVzz7TxHCTwXBygrS4kkPrKqmxVWaYVA9wwBF6Is=' },
    }),
  ),
  state('log-empty', '/log', '公開鍵と記録台帳', (lang) =>
    logView(lang, {
      ...LOG,
      previous: [{ origin: 'old/akashi', vkey: VKEY, size: 3, root: 'AAAA' }],
    }),
  ),
  state('privacy', '/privacy', '個人情報の取扱い', (lang) => privacyView(lang, OPERATOR)),
  state('accessibility', '/accessibility', 'ウェブアクセシビリティ方針', (lang) =>
    accessibilityView(lang, {}),
  ),
  state('terms', '/terms', '利用条件', (lang) => termsView(lang, OPERATOR)),
  state('docs', '/docs', 'API', (lang) => docsView(lang, DOCUMENT)),
]
