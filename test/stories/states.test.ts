import { describe, expect } from 'vitest'
import { DEMO_PAIRS } from '../../src/demo.ts'
import { answers, lookUp, particular, plain, sentence } from './support/deeds.ts'
import { story } from './support/story.ts'

const GENUINE = 'この電子保証は本物で、現在も有効です'
const STATUS = 'いまも効力があるか'

interface Told {
  sentence: string
  status: string
  /** Under the sentence. */
  text: RegExp
  /** Rows of the certificate that its kind has, or has not. */
  rows?: Record<string, RegExp>
}

const LATEST = /^4つの確認すべてに問題はありませんでした。最新の情報を表示しています。$/
const amendments = (count: number): RegExp =>
  new RegExp(`最新の情報（第${count}回変更まで）を表示しています。$`)
const inForce = (text = LATEST, rows: Told['rows'] = {}): Told => ({
  sentence: GENUINE,
  status: '問題なし：有効',
  text,
  rows,
})

const STATES: Partial<Record<keyof typeof DEMO_PAIRS, Told>> = {
  sample: inForce(LATEST, { JV名: /^―（記載なし）$/, 保証期間: /^令和.+まで$/ }),
  interim: inForce(LATEST, {
    商品名: /^中間前払金保証$/,
    預託金融機関: /^みなも見本銀行 県庁支店$/,
  }),
  bond: inForce(LATEST, {
    商品名: /^公共工事履行保証証券$/,
    預託金融機関: /^―（記載なし）$/,
    保証期間: /^令和.+から令和.+まで$/,
  }),
  jv: inForce(LATEST, { 商品名: /^契約保証$/, JV名: /^髙橋・山﨑特定建設工事共同企業体$/ }),
  corrected: inForce(),
  amendmentCancelled: inForce(),
  amended: inForce(amendments(2)),
  decreased: inForce(amendments(1)),
  amendmentCorrected: inForce(amendments(1)),
  cancelled: {
    sentence: 'この電子保証は本物ですが、解約されています',
    status: '問題あり：解約済み',
    text: /^この保証契約は解約されています。$/,
  },
  onPaper: {
    sentence: 'この電子保証は本物ですが、紙の保証証書に切り替えられています',
    status: '問題あり：紙の証書に切替え済み',
    text: /^電子保証は終了し、紙の保証証書に切り替えられています。$/,
  },
  released: {
    sentence: 'この電子保証は本物ですが、返還されています',
    status: '問題あり：返還済み',
    text: /^この保証は返還の手続きが済んでいます。$/,
  },
  expired: {
    sentence: 'この電子保証は本物ですが、保証期間が終了しています',
    status: '問題あり：保証期間が終了',
    text: /^保証期間は\d{4}年\d+月\d+日で終了しました。$/,
  },
  notStarted: {
    sentence: 'この電子保証は本物ですが、保証期間がまだ始まっていません',
    status: '問題あり：保証期間の開始前',
    text: /^保証期間は\d{4}年\d+月\d+日からです。$/,
  },
  warned: {
    sentence: 'この電子保証は本物で有効ですが、確認していただきたい点があります',
    status: '問題なし：有効',
    text: /^手続きを進める前に、下の内容をご確認ください。$/,
  },
}

describe('an officer is told in one sentence how a guarantee stands', () => {
  for (const [name, told] of Object.entries(STATES)) {
    story(`${name}: ${told.sentence}`, async ({ page }) => {
      await lookUp(page, DEMO_PAIRS[name as keyof typeof DEMO_PAIRS])
      expect(await sentence(page)).toBe(told.sentence)
      expect(await page.title()).toBe(`${told.sentence} | 電子保証の確認`)
      const panel = page.getByRole('region', { name: told.sentence })
      expect(plain(await panel.getByRole('paragraph').first().innerText())).toMatch(told.text)
      const { [STATUS]: status, ...genuine } = await answers(page)
      expect(status).toBe(told.status)
      for (const answer of Object.values(genuine)) expect(answer).toMatch(/^問題なし：/)
      for (const [label, value] of Object.entries(told.rows ?? {}))
        expect(await particular(page, label)).toMatch(value)
    })
  }
})

story('a rule that does not hold is said with what stands and what should', async ({ page }) => {
  await lookUp(page, DEMO_PAIRS.warned)
  const points = page.getByRole('region', { name: 'ご確認いただきたい点' })
  const first = plain(await points.getByRole('listitem').first().innerText())
  expect(first).toMatch(/^注意 契約保証の割合/)
  expect(first).toContain('（証書の内容 1,980,000円、基準 2,530,000円）')
  await lookUp(page, DEMO_PAIRS.sample)
  expect(await points.getByText('注意').count()).toBe(0)
})
