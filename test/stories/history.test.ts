import { describe, expect } from 'vitest'
import { DEMO_PAIRS } from '../../src/demo.ts'
import { historyRows, lookUp, plain } from './support/deeds.ts'
import { story } from './support/story.ts'

const SWITCH = '訂正・変更取消も表示する'
const HISTORY = '電子保証情報（履歴情報）'

for (const script of [true, false]) {
  describe(`an officer reads the history ${script ? 'with' : 'without'} JavaScript`, () => {
    story('of an amended guarantee, each change old → new', async ({ visit }) => {
      const page = await visit({ script })
      await lookUp(page, DEMO_PAIRS.amended)
      const [term, increase, issue, ...more] = await historyRows(page)
      expect(more).toEqual([])
      expect(term).toMatch(/^No\.3 \d{4}\/\d\d\/\d\d 10:15 変更（期限変更） 現在の内容/)
      expect(term).toContain('理由：工期延長による保証期限の変更')
      expect(increase).toMatch(/^No\.2 .* 変更（増額） 理由：設計変更による前払金の増額/)
      expect(increase).toContain('請負金額 変更前 38,500,000円 → 変更後 44,000,000円')
      expect(increase).toContain('保証金額 変更前 15,400,000円 → 変更後 17,600,000円')
      expect(issue).toMatch(/^No\.1 .* 新規 この時点の証書を見る$/)
      expect(await page.getByLabel(SWITCH).count()).toBe(0)
    })

    story('and opens the certificate of an earlier time', async ({ visit }) => {
      const page = await visit({ script })
      await lookUp(page, DEMO_PAIRS.amended)
      const issue = page.getByRole('region', { name: HISTORY }).getByRole('listitem').last()
      expect(await issue.getByText('15,400,000円').isVisible()).toBe(false)
      await issue.getByText('この時点の証書を見る').click()
      const rows = plain(await issue.locator('dl').innerText())
      expect(rows).toContain('請負金額 38,500,000円')
      expect(rows).toContain('保証金額 15,400,000円')
      expect(rows).not.toContain('17,600,000円')
    })

    story('of a corrected one: the wrong entry shows only when asked for', async ({ visit }) => {
      const page = await visit({ script })
      await lookUp(page, DEMO_PAIRS.corrected)
      expect(await page.getByText('修善').filter({ visible: true }).allInnerTexts()).toEqual([
        '理由：工事名の誤記（修善を修繕に訂正）',
      ])
      const [corrected, ...none] = await historyRows(page)
      expect(none).toEqual([])
      expect(corrected).toMatch(/^No\.2 .* 新規（訂正後） 現在の内容/)

      await page.getByLabel(SWITCH).check()
      const [still, struck, ...more] = await historyRows(page)
      expect(more).toEqual([])
      expect(still).toContain('現在の内容')
      expect(struck).toMatch(/^No\.1 .* 新規 No\.2の訂正により置き換えられました。/)
      expect(await struckThrough(page, 1)).toBe('新規')

      await page.getByLabel(SWITCH).uncheck()
      expect(await historyRows(page)).toEqual([corrected])
    })

    story('of a cancelled change: neither it nor its cancelling is in force', async ({ visit }) => {
      const page = await visit({ script })
      await lookUp(page, DEMO_PAIRS.amendmentCancelled)
      const [issue, ...none] = await historyRows(page)
      expect(none).toEqual([])
      expect(issue).toMatch(/^No\.1 .* 新規 現在の内容/)

      await page.getByLabel(SWITCH).check()
      const [cancelling, change, stillIssue] = await historyRows(page)
      expect(cancelling).toMatch(/^No\.3 .* 変更取消 変更取消の記録です。 理由：工期延長の取りやめ/)
      expect(change).toMatch(/^No\.2 .* No\.3の変更取消により取り消されました。/)
      expect(stillIssue).toContain('現在の内容')
      expect(await struckThrough(page, 2)).toBe('変更（期限変更）')
      expect(await struckThrough(page, 3)).toBe('変更取消')
    })
  })
}

/** What of the name of entry `seq` is struck through for the eye. */
async function struckThrough(
  page: Parameters<typeof historyRows>[0],
  seq: number,
): Promise<string> {
  const entry = page
    .getByRole('region', { name: HISTORY })
    .getByRole('listitem')
    .filter({ has: page.getByText(`No.${seq}`, { exact: true }) })
  const struck = entry.getByRole('deletion').first()
  const line = await struck.evaluate((one) => getComputedStyle(one).textDecorationLine)
  expect(line).toBe('line-through')
  return plain(await struck.innerText())
}
