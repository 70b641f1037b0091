import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { press, sentence } from '../support/deeds.ts'
import { houseStory, memberIn, personIn, SLOW } from './house.ts'
import { alertOf, keepPicture, pathOf, signInAs } from './sign-in-deeds.ts'

const CITY = '富士市役所'
const REFUSED = '所属先の認証ではログインできませんでした'

/** The provider is another site, and what it is asked for there is the story. */
const expected = /^request to http:\/\/localhost:\d+\/(?:auth|login)/

/** Presses the button on our page and stands before the provider's. */
async function goOver(page: Page, next = '/sign-in'): Promise<void> {
  await page.goto(next)
  await press(page, '所属先の認証でログインする')
  await page.waitForURL('**/login/*')
  expect(await sentence(page)).toBe('市の認証')
}

/** Tells the provider who one is, and waits for a page of ours. */
async function sayWho(page: Page, login: string, origin: string): Promise<void> {
  await page.getByLabel('職員番号').fill(login)
  await page.getByRole('button', { name: '認証する' }).click()
  await page.waitForURL(`${origin}/**`)
}

/** The provider's answer, to be laid before our site: where it would send this browser. */
async function answerTo(page: Page, login: string, origin: string): Promise<URL> {
  const { request } = page.context()
  const quiet = { maxRedirects: 0 }
  let reply = await request.post(page.url(), { ...quiet, form: { login, act: 'in' } })
  for (;;) {
    const to = new URL(reply.headers()['location'] ?? '', reply.url())
    if (to.origin === origin) return to
    reply = await request.get(to.href, quiet)
  }
}

async function expectRefused(page: Page): Promise<void> {
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  expect(await alertOf(page)).toContain(REFUSED)
  await page.goto('/account')
  expect(new URL(page.url()).pathname).toBe('/sign-in')
}

houseStory(
  'who is known to their own house is let in by it, when invited',
  SLOW,
  async ({ browser, house }) => {
    const { people } = house.signOn
    people['1001'] = { email: 'yamada@city.example', name: '山田 太郎', email_verified: true }
    people['1002'] = { email: 'suzuki@city.example', name: '鈴木 次郎', email_verified: true }
    house.akashi('org', 'add', CITY, '--kind', 'owner', '--owner', '富士市長', '--oidc')
    house.invite('yamada@city.example', CITY, 'owner')

    const page = await personIn(browser, house, { expected })
    await page.goto('/sign-in')
    await keepPicture(page, 'sign-in-oidc')
    await goOver(page, '/account')
    await sayWho(page, '1001', house.origin)
    expect(pathOf(page)).toBe('/account')
    for (const text of ['山田 太郎', 'yamada@city.example', CITY, '発注者']) {
      expect(await page.getByRole('definition').filter({ hasText: text }).count()).toBe(1)
    }
    await keepPicture(page, 'account-oidc')
    await press(page, 'ログアウト')
    await page.goto('/account')
    expect(new URL(page.url()).pathname).toBe('/sign-in')
    // The second time without an invitation, which is used up.
    await page.context().clearCookies()
    await goOver(page)
    await sayWho(page, '1001', house.origin)
    expect(pathOf(page)).toBe('/account')

    const uninvited = await personIn(browser, house, { expected })
    await goOver(uninvited)
    await sayWho(uninvited, '1002', house.origin)
    await keepPicture(uninvited, 'oidc-refused')
    await expectRefused(uninvited)
  },
)

houseStory(
  'an address that the house has not verified is refused',
  SLOW,
  async ({ browser, house }) => {
    const { people } = house.signOn
    const email = 'tanaka@city.example'
    house.akashi('org', 'add', '見本市役所', '--kind', 'owner', '--owner', '富士市長', '--oidc')
    house.invite(email, '見本市役所', 'owner')
    const page = await personIn(browser, house, { expected })
    // It says no, and it says nothing.
    for (const said of [{ email_verified: false }, {}]) {
      people['1003'] = { email, name: '田中', ...said }
      await goOver(page)
      await sayWho(page, '1003', house.origin)
      await expectRefused(page)
      await page.context().clearCookies()
    }
    // The invitation was not used up by it.
    people['1003'] = { email, name: '田中', email_verified: true }
    await goOver(page)
    await sayWho(page, '1003', house.origin)
    expect(pathOf(page)).toBe('/account')
  },
)

houseStory(
  'a firm that did not ask for it is not entered by it',
  SLOW,
  async ({ browser, house }) => {
    const email = 'hara@takahashi.example'
    house.signOn.people['1004'] = { email, name: '原', email_verified: true }
    await memberIn(browser, house, email)
    const page = await personIn(browser, house, { expected })
    await goOver(page)
    await sayWho(page, '1004', house.origin)
    await expectRefused(page)
    expect(await signInAs(page, email)).toBe(303)
  },
)

houseStory(
  'an answer to another question is refused, and so is one turned back',
  SLOW,
  async ({ browser, house }) => {
    const email = 'kubo@city.example'
    house.signOn.people['1005'] = { email, name: '久保', email_verified: true }
    house.akashi('org', 'add', '試験市役所', '--kind', 'owner', '--owner', '富士市長', '--oidc')
    house.invite(email, '試験市役所', 'owner')

    const page = await personIn(browser, house, { expected })

    await goOver(page)
    const answer = await answerTo(page, '1005', house.origin)
    expect(answer.searchParams.get('state')).not.toBe(null)
    answer.searchParams.set('state', 'A'.repeat(32))
    await page.goto(answer.href)
    await expectRefused(page)

    await page.context().clearCookies()
    await page.route(
      (url) => url.origin === house.signOn.issuer && url.pathname === '/auth',
      (route) => {
        const url = new URL(route.request().url())
        expect(url.searchParams.get('nonce')).not.toBe(null)
        url.searchParams.set('nonce', 'A'.repeat(32))
        return route.fulfill({ status: 302, headers: { location: url.href } })
      },
      { times: 1 },
    )
    await goOver(page)
    await sayWho(page, '1005', house.origin)
    await expectRefused(page)

    await page.context().clearCookies()
    await goOver(page)
    await page.getByRole('button', { name: '中止する' }).click()
    await page.waitForURL(`${house.origin}/**`)
    expect(page.url()).not.toContain('here')
    await expectRefused(page)

    // A good answer to the question of another browser.
    const other = await personIn(browser, house, { expected })
    await goOver(other)
    const others = await answerTo(other, '1005', house.origin)
    await page.goto(others.href)
    await expectRefused(page)
    await other.goto(others.href)
    expect(pathOf(other)).toBe('/account')
  },
)
