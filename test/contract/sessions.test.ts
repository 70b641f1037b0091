import { makeSignature } from 'better-auth/crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { createCurrentSession } from '../../src/accounts/current-session.ts'
import { systemClock } from '../../src/outside/clock.ts'
import { PLATFORM } from '../platform/sample.ts'
import { type Engine, engine } from './engine.ts'
import { browser, CONTRACTOR, EMAIL, newHouse } from './house.ts'

const HOUR = 3600_000
const QUARTER = HOUR / 4

let here: Engine
beforeAll(async () => {
  here = await engine()
})

describe('a session', () => {
  /** Sets by when the one session ends, as if time had gone by; by when it does after a page. */
  async function endsAfterPage(milliseconds: number) {
    const house = await newHouse(here)
    const hers = browser(house)
    await hers.signIn()
    const { db } = house.accounts.store
    const expiresAt = new Date(Date.now() + milliseconds).toISOString()
    await db.updateTable('authSession').set({ expiresAt }).execute()
    const member = await hers.member()
    const row = await db.selectFrom('authSession').select('expiresAt').executeTakeFirst()
    return { member, left: row && Date.parse(row.expiresAt) - Date.now(), set: milliseconds }
  }

  test('that is used goes on, written once a quarter of an hour', async () => {
    const used = await endsAfterPage(7 * HOUR)
    expect(used.member?.email).toBe(EMAIL)
    expect(used.left).toBeGreaterThan(7.9 * HOUR)
    const fresh = await endsAfterPage(7.8 * HOUR)
    expect(fresh.member?.email).toBe(EMAIL)
    expect(fresh.left).toBeLessThan(7.81 * HOUR)
  })

  test('that is not used ends', async () => {
    expect((await endsAfterPage(-1000)).member).toBeUndefined()
  })

  test('has a cookie that the browser keeps until it is closed; one that is taken back ends', async () => {
    const hers = browser(await newHouse(here))
    const { cookies } = await hers.signIn()
    const [given = ''] = cookies.filter((cookie) => cookie.includes('session_token='))
    expect(given).toContain('HttpOnly')
    expect(given).not.toMatch(/max-age|expires/i)
    const { cookies: taken } = await hers.call('/sign-out', {})
    expect(taken.find((cookie) => cookie.includes('session_token='))).toMatch(/max-age=0/i)
  })
})

describe('a session for which nothing is to be written', () => {
  /** A house with one person in it, whose sessions begin without a password. */
  async function person() {
    const house = await newHouse(here)
    const { auth, store, users, sessionOf } = house.accounts
    const user = (await users.byAddress(EMAIL)) ?? ''
    const { internalAdapter, authCookies, secret } = await auth.$context
    const current = createCurrentSession(auth, store, systemClock)
    return {
      ...house.accounts,
      user,
      /** @returns the cookie of a new session */
      async signedIn(): Promise<string> {
        const { token } = await internalAdapter.createSession(user)
        const value = encodeURIComponent(`${token}.${await makeSignature(token, secret)}`)
        return `${authCookies.sessionToken.name}=${value}`
      },
      /** Whom a cookie stands for: by our own statement alone, and as every page asks. */
      async whose(cookie: string) {
        const request = new Request(PLATFORM, { headers: { cookie } })
        return { own: await current(cookie), whole: await sessionOf(request) }
      },
      endIn(milliseconds: number) {
        const expiresAt = new Date(Date.now() + milliseconds).toISOString()
        return store.db.updateTable('authSession').set({ expiresAt }).execute()
      },
    }
  }

  const NOBODY = { own: undefined, whole: undefined }

  test('is found by its cookie as the library finds it, and by no other', async () => {
    const { auth, user, signedIn, whose } = await person()
    const cookie = await signedIn()
    const found = await auth.api.getSession({ headers: new Headers({ cookie }) })
    const { own, whole } = await whose(cookie)
    const { allowsOidc: _, ...contractor } = CONTRACTOR
    const organisation = { id: expect.any(String), ...contractor }
    expect(own).toEqual({
      session: found?.session.id,
      member: { user, name: '佐藤 花子', email: EMAIL, role: 'contractor', organisation },
    })
    expect(whole).toEqual(own)
    expect(await whose(`lang=ja; ${cookie}; other="1"`)).toEqual({ own, whole })
    const [name = '', value = ''] = cookie.split('=')
    const at = value.lastIndexOf('.')
    const others = {
      'another signature': `${name}=${changed(value, at + 1)}`,
      'another token': `${name}=${changed(value, 0)}`,
      'no signature': `${name}=${value.slice(0, at)}`,
      'no prefix': cookie.replace('__Secure-', ''),
      'a forged one before it': `${name}=${changed(value, at + 1)}; ${cookie}`,
    }
    for (const [what, other] of Object.entries(others)) {
      expect(await whose(other), what).toEqual(NOBODY)
    }
  })

  test('ends at once: signed out, taken away, over, or her right gone', async () => {
    const { call, users, store, signedIn, whose, endIn } = await person()
    const disable = (disabledAt: string | null) =>
      store.db.updateTable('authUser').set({ disabledAt }).execute()
    const ends: Record<string, (cookie: string) => Promise<unknown>> = {
      'signed out': (cookie) =>
        call(
          { cookie, source: '198.51.100.250', origin: PLATFORM, agent: undefined },
          '/sign-out',
          {},
        ),
      'all taken away': () => users.enable(EMAIL),
      over: () => endIn(-1),
      disabled: () => disable('2026-11-28T00:00:00.000Z'),
      'no member': () => store.db.deleteFrom('authMember').execute(),
    }
    for (const [what, end] of Object.entries(ends)) {
      const cookie = await signedIn()
      expect((await whose(cookie)).own, what).toBeDefined()
      await end(cookie)
      expect(await whose(cookie), what).toEqual(NOBODY)
      await disable(null)
    }
  })

  test('is for the library where it is to be written on; follows her to another organisation', async () => {
    const { organisations, store, signedIn, whose, endIn } = await person()
    const cookie = await signedIn()
    await endIn(8 * HOUR - QUARTER + 5000)
    expect((await whose(cookie)).own).toBeDefined()
    await endIn(8 * HOUR - QUARTER - 1)
    const { own, whole } = await whose(cookie)
    expect(own).toBeUndefined()
    expect(whole?.member.email).toBe(EMAIL)
    expect((await whose(cookie)).own).toEqual(whole)
    const { id } = await organisations.add({ ...CONTRACTOR, name: '株式会社あおば工務店' })
    await store.db.updateTable('authMember').set({ organizationId: id }).execute()
    expect((await whose(cookie)).own?.member.organisation).toMatchObject({ id })
  })
})

/** Another letter at a place. */
function changed(text: string, at: number): string {
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
}
