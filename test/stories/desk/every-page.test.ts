import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../../support/browser.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { expectSound } from '../support/sight.ts'
import { personAt, signIn } from './people.ts'

let browser: Awaited<ReturnType<typeof launchBrowser>>
let server: RunningServer
beforeAll(async () => {
  browser = await launchBrowser()
  server = await startServer()
})
afterAll(async () => {
  await browser.close()
  expect(await server.stop()).toBe(0)
})

/** A guarantee of the demo's contractor, issued by the demo's company. */
const OWN = '/desk/guarantees/akashi-east/12345-678901'

/** Pages by who may see them, each with its title. */
const PAGES: Record<string, readonly (readonly [path: string, title: string])[]> = {
  nobody: [
    ['/sign-in', 'ログイン'],
    ['/invitation', '利用者の登録'],
  ],
  contractor: [
    ['/account', 'アカウント'],
    ['/desk', 'トップ'],
    ['/desk/help', '使い方'],
    ['/desk/applications', '保証申込'],
    ['/desk/applications/new', '申込の作成'],
    ['/desk/guarantees', '保証契約一覧'],
    ['/desk/guarantees/electronic', '電子保証（認証キー）'],
    ['/desk/guarantees/history', '電子保証履歴一覧'],
    ['/desk/statements', '保証料計算書一覧'],
    [OWN, '詳細'],
  ],
  clerk: [
    ['/desk', 'トップ'],
    ['/desk/help', '使い方'],
    ['/desk/inbox', '申込一覧'],
    ['/desk/guarantees', '保証契約一覧'],
    ['/desk/statements', '保証料計算書一覧'],
    ['/desk/mails', 'メール送信箱'],
    [OWN, '詳細'],
    [`${OWN}/life`, ''],
  ],
}

test.each(Object.entries(PAGES))(
  'every page of %s is sound at both sizes',
  async (role, pages) => {
    const page =
      role === 'nobody' ? await personAt(browser, server) : await signIn(browser, server, role)
    for (const [path, title] of pages) {
      const answer = await page.goto(path)
      expect(`${path} ${answer?.status()}`).toBe(`${path} 200`)
      expect(await page.title()).toContain(title)
      await expectSound(page)
      await keepPicture(page, `${role}${path}`)
    }
  },
  180_000,
)

/** Pictures for looking at, where `SHOTS` names a folder. */
async function keepPicture(page: Awaited<ReturnType<typeof personAt>>, name: string) {
  const folder = process.env['SHOTS']
  if (!folder) return
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 })
    await page.screenshot({
      path: `${folder}/${name.replaceAll('/', '-')}-${width}.png`,
      fullPage: true,
    })
  }
}

test('a page of another role says so, and one of nobody leads to sign-in and back', async () => {
  const page = await signIn(browser, server, 'contractor')
  expect((await page.goto('/desk/inbox'))?.status()).toBe(403)
  const stranger = await personAt(browser, server)
  await stranger.goto('/desk/guarantees?kind=contract')
  expect(new URL(stranger.url()).pathname).toBe('/sign-in')
  expect(new URL(stranger.url()).searchParams.get('next')).toBe('/desk/guarantees?kind=contract')
  // Who comes from the desk is told whose door it is; the officers' site has its own name.
  expect(await stranger.title()).toBe('ログイン | インターネット保証サービス')
  await stranger.goto('/sign-in?next=/deskx')
  expect(await stranger.title()).toBe('ログイン | 電子保証の確認')
})
