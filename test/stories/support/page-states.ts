import { join } from 'node:path'
import Database from 'better-sqlite3'
import { DEMO_PAIRS, SAMPLE } from '../../../src/demo.ts'
import { localHref } from '../../../src/web/lang.ts'
import { lookUpRefused, lookUpSlowed } from './failures.ts'
import { compare, inTurn, lookUp, open, openShare, send, share, unfold, type Way } from './ways.ts'

/** A state of a page that people may see. */
export interface PageState {
  name: string
  /** Its title in Japanese, without the service's name: the sign that it is this state. */
  title: string
  /** Routes of the app that answer on the way to it. */
  routes: string[]
  reach: Way
}

const LOOK_UP = '電子保証の内容を確認する'
const LANDING = '共有された電子保証を確認する'
const GENUINE = 'この電子保証は本物で、現在も有効です'
const TO_LOOK_AT = 'この電子保証は本物で有効ですが、確認していただきたい点があります'

const state = (name: string, title: string, route: string, reach: Way): PageState => ({
  name,
  title,
  routes: [route],
  reach,
})

const page = (path: string, title: string): PageState =>
  state(path, title, `GET ${path.split('?')[0]}`, open(path))

const result = (name: keyof typeof DEMO_PAIRS, title: string, more: Way = async () => {}) =>
  state(`result of ${name}`, title, 'POST /verify', inTurn(lookUp(DEMO_PAIRS[name]), more))

const LOOKUPS: PageState[] = [
  page('/', LOOK_UP),
  state(
    'look-up with errors',
    `エラー：${LOOK_UP}`,
    'POST /verify',
    lookUp({ contractNumber: '', authKey: 'Z28Y。' }),
  ),
  state(
    'look-up of a wrong pair',
    `エラー：${LOOK_UP}`,
    'POST /verify',
    inTurn(
      open('/'),
      send('/verify', {
        ...SAMPLE,
        authKey: 'Z28YUE4J3Buy',
        department: '契約検査課',
        name: '山田',
      }),
    ),
  ),
  state('look-up held back', `エラー：${LOOK_UP}`, 'POST /verify', lookUpSlowed),
]

const RESULTS: PageState[] = [
  result('sample', GENUINE),
  result('amended', GENUINE, unfold),
  result('amendmentCorrected', GENUINE, unfold),
  result('cancelled', 'この電子保証は本物ですが、解約されています'),
  result('warned', TO_LOOK_AT),
  result(
    'jv',
    TO_LOOK_AT,
    compare({
      worksName: '見本浄化センター水処理施設増築工事',
      contractPrice: '484,000,000',
      'worksPeriod.end': 'R9.12.1',
      contractorName: '株式会社高橋建設',
    }),
  ),
  result('bond', `エラー：${GENUINE}`, compare({ contractPrice: '5千万円' })),
]

const SHARES: PageState[] = [
  state('a share link just made', '共有リンクを作りました', 'POST /shares', share(SAMPLE)),
  state(
    'no share link yet',
    '共有リンク',
    'POST /shares/list',
    inTurn(lookUp(DEMO_PAIRS.decreased), send('/shares/list')),
  ),
  state(
    'share links, one revoked',
    '共有リンク',
    'POST /shares/revoke',
    share(DEMO_PAIRS.lowBid, () => send('/shares/revoke')),
  ),
  page('/v', LANDING),
  state('a share link before the press', LANDING, 'GET /v', open(`/v#${'A'.repeat(22)}`)),
  state(
    'a share link that nobody made',
    `エラー：${LANDING}`,
    'POST /v/open',
    openShare('A'.repeat(22)),
  ),
  state('what a share link shows', GENUINE, 'POST /v/open', share(DEMO_PAIRS.corrected, openShare)),
  state(
    'a share link that has ended',
    'エラー：この共有リンクは使えません',
    'POST /v/open',
    share(DEMO_PAIRS.multiYear, (link) => inTurn(send('/shares/revoke'), openShare(link))),
  ),
]

const DIRECTORY: PageState[] = [
  page('/owners', '電子保証に対応している発注者'),
  page('/owners?q=どこにもない市', '電子保証に対応している発注者'),
  page('/issuers', '登録されている保証会社'),
  page('/log', '公開鍵と記録台帳'),
  page('/help', '使い方'),
  page('/docs', 'API'),
  page('/terms', '利用条件'),
  page('/accessibility', 'ウェブアクセシビリティ方針'),
  page('/privacy', '個人情報の取扱い'),
]

/** Sends the sample's look-up from a page of no origin at all. */
const forged: Way = async ({ page: tab, lang, server }) => {
  const action = server.origin + localHref(lang, '/verify')
  await tab.goto(`data:text/html,<form method="post" action="${action}"><button>`)
  const arrived = tab.waitForEvent('load')
  await tab.getByRole('button').click()
  await arrived
}

const withoutTicket: Way = async ({ page: tab }) => {
  await tab.locator('[name=ticket]').evaluateAll((all) => {
    for (const one of all) one.setAttribute('value', 'gone')
  })
}

const asText: Way = async ({ page: tab }) => {
  await tab.locator('form').evaluate((form) => form.setAttribute('enctype', 'text/plain'))
}

/** Goes a way while a table is missing. */
const withoutTable =
  (table: string, way: Way): Way =>
  async (place) => {
    const database = new Database(join(place.server.dataDir, 'akashi.db'))
    database.exec(`ALTER TABLE ${table} RENAME TO hidden`)
    await way(place)
    database.exec(`ALTER TABLE hidden RENAME TO ${table}`)
    database.close()
  }

const REFUSALS: PageState[] = [
  {
    name: 'no such page',
    title: 'エラー：ページが見つかりません',
    routes: [],
    reach: open('/no-such-page'),
  },
  state(
    'a result that is open no longer',
    'エラー：確認結果の表示期限が切れました',
    'POST /verify',
    inTurn(lookUp(SAMPLE), withoutTicket, compare({ ownerName: '富士市' })),
  ),
  state(
    'too many wrong tries at once',
    'エラー：確認の回数が上限に達しました',
    'POST /verify',
    lookUpRefused,
  ),
  state('a form of another site', 'エラー：送信元を確認できませんでした', 'POST /verify', forged),
  state(
    'too much sent',
    'エラー：送信された内容が大きすぎます',
    'POST /verify',
    lookUp({ ...SAMPLE, contractNumber: '1'.repeat(70_000) }),
  ),
  state(
    'no form at all',
    'エラー：送信された内容を読み取れませんでした',
    'POST /verify',
    inTurn(open('/'), asText, send('/verify', SAMPLE)),
  ),
  state(
    'the store in trouble',
    'エラー：ただいまメンテナンス中です',
    'POST /shares',
    inTurn(lookUp(SAMPLE), withoutTable('share', send('/shares'))),
  ),
]

/** Addresses of forms, as a reload without the form asks for them, with the page they lead to. */
export const FORM_ADDRESSES: readonly [path: string, to: string][] = [
  ['/verify', '/'],
  ['/shares', '/'],
  ['/shares/list', '/'],
  ['/shares/revoke', '/'],
  ['/v/open', '/v'],
]

/** Every page in every state that the demo can be brought into. */
export const PAGE_STATES: readonly PageState[] = [
  ...LOOKUPS,
  ...RESULTS,
  ...SHARES,
  ...DIRECTORY,
  ...REFUSALS,
]
