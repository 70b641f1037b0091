import { expect, test } from 'vitest'
import { Fault } from '../../../src/base/fault.ts'
import { KEY, newDesk } from './desk.ts'

const PATH = '/desk/guarantees/east/12345-678901'

const shown = (html: string) => html.replace(/<[^>]+>/g, '')

test('what cannot be had is never told as 「まだ」 or 「ない」, and the page stands', async () => {
  const desk = await newDesk()
  await desk.issue()
  const { platform } = desk.parts.ports
  const away = async () => {
    throw new Fault('store_unavailable', 'away')
  }
  platform.events = away
  platform.shares.list = away
  platform.owners = away
  const page = shown(await (await desk.ask(PATH, 'contractor')).text())
  expect(page).toContain('確認できません。プラットフォームから確認状況を受け取れませんでした。')
  expect(page).toContain(
    '確認できません。共有リンクの一覧をプラットフォームから受け取れませんでした。',
  )
  expect(page).not.toContain('まだ確認されていません')
  expect(page).not.toContain('共有リンクはまだありません')
  expect(page).toContain(
    '確認できません。発注者が定めた文面と提出先をプラットフォームから受け取れませんでした。',
  )
  expect(page).toContain(KEY)
  expect(page).not.toContain('秒前に問い合わせました')
  platform.unanswered = () => 4
  platform.events = () => new Promise(() => {})
  const again = shown(await (await desk.ask(PATH, 'contractor')).text())
  expect(again, 'nobody waits for it').toContain('応答がありません（4秒前に問い合わせました）')
  expect(again).toContain('確認できません。プラットフォームから確認状況を受け取れませんでした。')
})

test('nothing of the platform is waited for to see the key', async () => {
  const desk = await newDesk()
  await desk.issue()
  const { platform } = desk.parts.ports
  const answers: (() => void)[] = []
  const late = () => new Promise<never[]>((resolve) => answers.push(() => resolve([])))
  platform.shares.list = late
  platform.owners = late
  const origin = await desk.listen()
  const answer = await fetch(`${origin}${PATH}`, { headers: { cookie: 'who=contractor' } })
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
  const next = async () => new TextDecoder().decode((await reader.read()).value)
  const begin = await next()
  expect(shown(begin)).toContain(KEY)
  expect(begin).toContain(`${PATH}/notice.pdf`)
  expect(begin).not.toContain('共有リンク')
  await expect.poll(() => answers.length).toBe(2)
  for (const come of answers) come()
  const rest = await next()
  expect(rest).toContain('共有リンクはまだありません')
  expect(rest).toContain('</html>')
  expect((await reader.read()).done).toBe(true)
})

test('what goes wrong here after the key was shown is told on the page and reported', async () => {
  const reports: string[] = []
  const desk = await newDesk()
  await desk.issue()
  const { ports } = desk.parts
  ports.report = (event) => void reports.push(event)
  ports.platform.owners = async () => [null] as never
  const page = await (await desk.ask(PATH, 'contractor')).text()
  expect(shown(page)).toContain(KEY)
  expect(page).toContain('この先の内容を表示できませんでした。')
  expect(page).not.toContain('共有リンクはまだありません')
  expect(page.trimEnd().endsWith('</html>')).toBe(true)
  expect(reports).toEqual(['page_not_finished'])
  const made = await (await desk.post(`${PATH}/shares`, 'contractor', { days: '30' })).text()
  expect(made).toContain('この先の内容を表示できませんでした。')
  expect(made, 'a link that is shown this once').toMatch(/\/v#[\w-]{22}/)
})
