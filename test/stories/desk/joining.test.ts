import { TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { press, sentence } from '../support/deeds.ts'
import { houseStory, memberIn, PASSWORD, personIn, SLOW } from './house.ts'
import {
  alertOf,
  fillAndPress,
  keepPicture,
  look,
  pathOf,
  pressed,
  signInAs,
} from './sign-in-deeds.ts'

const GONE = 'このリンクは使えません（期限切れ、使用済み、または取り消されています）'

describe('who is invited', () => {
  houseStory('opens the link and joins, told what is wrong', SLOW, async ({ browser, house }) => {
    const email = 'sato@takahashi.example'
    const link = house.invite(email)
    const page = await personIn(browser, house)
    await page.goto(link)
    expect(page.url()).not.toContain(new URL(link).hash.slice(1))
    await press(page, '登録をはじめる')
    expect(await page.getByText('株式会社髙橋建設の請負契約者として登録します').count()).toBe(1)
    await page.getByLabel('お名前').fill('佐藤　花子')
    await page.getByLabel('新しいパスワード').fill('mijikai')
    expect(await pressed(page, '登録する')).toBe(400)
    expect(await alertOf(page)).toContain('パスワードは12文字以上で入力してください')
    expect(await page.getByLabel('お名前').inputValue()).toBe('佐藤　花子')
    await look(page, 'join-wrong')
    await page.getByLabel('新しいパスワード').fill(PASSWORD)
    expect(await pressed(page, '登録する')).toBe(303)
    expect(pathOf(page)).toBe('/account?welcome=1')
    await keepPicture(page, 'account-welcome')
    for (const text of ['佐藤　花子', email, '株式会社髙橋建設', '請負契約者']) {
      expect(await page.getByRole('definition').filter({ hasText: text }).count()).toBe(1)
    }
    const cookies = await page.context().cookies()
    const session = cookies.find(({ name }) => name.endsWith('akashi.session_token'))
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', expires: -1 })

    // Afterwards the link is worth as much as one that was never made.
    const told: string[] = []
    for (const one of [link, `${house.origin}/invitation#${'A'.repeat(22)}`]) {
      const other = await personIn(browser, house)
      await other.goto(one)
      expect(await pressed(other, '登録をはじめる')).toBe(404)
      told.push(await alertOf(other))
      await keepPicture(other, 'invitation-gone')
    }
    expect(told[0]).toContain(GONE)
    expect(told[1]).toBe(told[0])
  })

  houseStory('without a script pastes the whole link', SLOW, async ({ browser, house }) => {
    const link = house.invite('ito@takahashi.example')
    const page = await personIn(browser, house, { script: false })
    await page.goto('/invitation')
    await page.getByLabel('招待のリンク').fill(link)
    await page.getByRole('button', { name: '登録をはじめる' }).click()
    await page.getByLabel('お名前').fill('伊藤')
    await page.getByLabel('新しいパスワード').fill(PASSWORD)
    await page.getByRole('button', { name: '登録する' }).click()
    await page.waitForURL('**/account?welcome=1')
  })
})

/** Enrols an authenticator app as its own page tells; its codes, and the backup codes. */
async function enrol(page: Page) {
  await fillAndPress(page, '/account/totp', { 'totp-password': PASSWORD })
  const key = (await page.locator('p.totp-key').innerText()).replace(/\s/g, '')
  const totp = new TOTP({ secret: key })
  const codeAt = (step: number) => totp.generate({ timestamp: Date.now() + step * 30_000 })
  return { codeAt, backups: await page.locator('ul.backup-codes li').allInnerTexts() }
}

/** Digits as a Japanese keyboard writes them. */
function wide(digits: string): string {
  return digits.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
}

describe('who has an authenticator app', () => {
  houseStory(
    'signs in with password and code, each of which counts once',
    SLOW,
    async ({ browser, house }) => {
      const email = 'oka@takahashi.example'
      const page = await memberIn(browser, house, email)
      const { codeAt, backups } = await enrol(page)
      expect(new Set(backups).size).toBe(10)
      await look(page, 'totp')
      await page.getByLabel('アプリに表示された確認コード').fill('000000')
      expect(await pressed(page, '登録を完了する')).toBe(400)
      expect(await alertOf(page)).toContain('確認コードが正しくありません')
      const first = codeAt(0)
      await page.getByLabel('アプリに表示された確認コード').fill(first)
      await press(page, '登録を完了する')
      expect(await page.getByText('認証アプリを登録しました。').count()).toBe(1)
      await keepPicture(page, 'account-totp')

      await press(page, 'ログアウト')
      expect(await page.getByText('ログアウトしました。').count()).toBe(1)
      await signInAs(page, email)
      expect(await sentence(page)).toBe('確認コードの入力')
      // The password alone opens nothing.
      await page.goto('/account')
      expect(new URL(page.url()).pathname).toBe('/sign-in')
      await page.goto('/sign-in/code')
      await look(page, 'code')

      // The code with which the app was enrolled, as somebody who looked on would type it.
      await page.getByLabel('確認コード').fill(first)
      expect(await pressed(page, '確認する')).toBe(303)
      expect(await page.getByRole('status').innerText()).toContain('一度使われています')
      await keepPicture(page, 'code-replayed')
      await page.goto('/account')
      expect(new URL(page.url()).pathname).toBe('/sign-in')

      await signInAs(page, email)
      await page.getByLabel('確認コード').fill(wide(codeAt(1)))
      await press(page, '確認する')
      expect(pathOf(page)).toBe('/account')

      const [backup = ''] = backups
      for (const status of [303, 401]) {
        await press(page, 'ログアウト')
        await signInAs(page, email)
        await page.getByText('認証アプリを使えないとき').click()
        await page.getByLabel('予備コード').fill(backup)
        expect(await pressed(page, '確認する')).toBe(status)
        if (status === 303) await page.goto('/account')
      }
      expect(await alertOf(page)).toContain('予備コードが正しくないか、使用済みです')
      expect(await page.getByLabel('予備コード').isVisible()).toBe(true)
      await keepPicture(page, 'backup-used')
    },
  )
})

/** The clock in Japan, as pages show it. */
const tokyo = (ms: number) => new Date(ms + 9 * 3600_000).toISOString().slice(11, 16)

houseStory(
  'a wrong password is refused as an unknown address is; ten of them are told until when',
  SLOW,
  async ({ browser, house }) => {
    const email = 'kato@takahashi.example'
    const hers = await memberIn(browser, house, email)
    const page = await personIn(browser, house)
    expect(await signInAs(page, email, 'tetsukyo-no-mukou-yama')).toBe(401)
    const told = await alertOf(page)
    expect(told).toContain('メールアドレスまたはパスワードが正しくありません。')
    await look(page, 'sign-in-refused')
    expect(await signInAs(page, 'nobody@takahashi.example')).toBe(401)
    expect(await alertOf(page)).toBe(told)
    const { request } = page.context()
    const form = { email, password: 'wrong' }
    for (let i = 2; i < 10; i++) {
      const reply = await request.post('/sign-in', { form, headers: { origin: house.origin } })
      expect(reply.status()).toBe(401)
    }
    // The right one too: else the answer would tell which it is.
    expect(await signInAs(page, email)).toBe(429)
    const [clock] = /\d\d:\d\d(?=以降にもう一度)/.exec(await alertOf(page)) ?? []
    expect([0, 1, 2].map((minutes) => tokyo(Date.now() + minutes * 60_000))).toContain(clock)
    expect(await page.getByLabel('メールアドレス').inputValue()).toBe(email)
    await keepPicture(page, 'sign-in-limited')
    // Whoever sits elsewhere is not held up by it, nor is who is in already.
    expect(await signInAs(await personIn(browser, house), email)).toBe(303)
    expect((await hers.goto('/account'))?.status()).toBe(200)
  },
)

houseStory('who is signed in twice ends the other', SLOW, async ({ browser, house }) => {
  const email = 'mori@takahashi.example'
  const hers = await memberIn(browser, house, email)
  const other = await personIn(browser, house)
  await signInAs(other, email)
  await hers.goto('/account')
  const rows = hers.getByRole('table', { name: 'ログイン中の端末' }).getByRole('row')
  expect(await rows.count()).toBe(3)
  expect(await rows.filter({ hasText: 'この端末' }).count()).toBe(1)
  await look(hers, 'account-sessions')
  await rows.getByRole('button', { name: '終了する' }).click()
  await hers.waitForURL('**/account?done=session')
  expect(await rows.count()).toBe(2)
  await other.goto('/account')
  expect(new URL(other.url()).pathname).toBe('/sign-in')
  await keepPicture(other, 'session-over')

  await signInAs(other, email)
  expect(pathOf(other)).toBe('/account')
  const next = 'ao-zora-no-shita-de'
  await fillAndPress(hers, '/account/password', { current: 'wrong', new: next })
  expect(await alertOf(hers)).toContain('今のパスワードが正しくありません')
  await keepPicture(hers, 'password-wrong')
  await fillAndPress(hers, '/account/password', { current: PASSWORD, new: next })
  expect(pathOf(hers)).toBe('/account?done=password')
  await other.goto('/account')
  expect(new URL(other.url()).pathname).toBe('/sign-in')
  expect(await signInAs(other, email)).toBe(401)
  expect(await signInAs(other, email, next)).toBe(303)

  // One that ends by itself is not shown as being open.
  await hers.goto('/account')
  expect(await rows.count()).toBe(3)
  house.change(
    `UPDATE authSession SET expiresAt = '2026-01-01T00:00:00.000Z' WHERE id =
     (SELECT authSession.id FROM authSession JOIN authUser ON authUser.id = userId
      WHERE email = ? ORDER BY authSession.createdAt DESC LIMIT 1)`,
    email,
  )
  await hers.goto('/account')
  expect(await rows.count()).toBe(2)
})
