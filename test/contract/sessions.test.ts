import { beforeAll, describe, expect, test } from 'vitest'
import { type Engine, engine } from './engine.ts'
import { browser, EMAIL, newHouse } from './house.ts'

let here: Engine
beforeAll(async () => {
  here = await engine()
})

describe('a session', () => {
  const HOUR = 3600_000

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
