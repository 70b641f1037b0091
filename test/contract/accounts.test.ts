import { TOTP } from 'otpauth'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { type Engine, engine } from './engine.ts'
import { browser, CONTRACTOR, EMAIL, type House, newHouse, PASSWORD } from './house.ts'

let here: Engine
beforeAll(async () => {
  here = await engine()
})

const ITO = 'ito@takahashi.example'

/** A link for a second person of the first one's firm. */
async function invited({ accounts }: House): Promise<string> {
  const [firm] = await accounts.organisations.list()
  return accounts.invitations.invite(firm as never, 'contractor', { email: ITO, name: '伊藤' })
}

describe('somebody who joined by a link', () => {
  test('signs in, is known with firm and role, and is not after signing out', async () => {
    const house = await newHouse(here)
    const hers = browser(house)
    expect(await hers.member()).toBeUndefined()
    const reply = await hers.signIn()
    expect([reply.status, reply.cookies.join()]).toEqual([200, expect.stringMatching(/HttpOnly/)])
    expect(reply.cookies.join()).toMatch(/^__Secure-akashi\.session_token=.*Secure.*SameSite=Lax/)
    const { allowsOidc: _, ...firm } = CONTRACTOR
    expect(await hers.member()).toEqual({
      user: expect.any(String),
      name: '佐藤 花子',
      email: EMAIL,
      role: 'contractor',
      organisation: { ...firm, id: expect.any(String) },
    })
    await hers.call('/sign-out', {})
    expect(await hers.member()).toBeUndefined()
  })

  test('gets in with no other password, and no other address is told from hers', async () => {
    const house = await newHouse(here)
    const wrong = await browser(house).signIn('tetsukyo-no-mukou-gawo')
    const unknown = await browser(house).signIn(PASSWORD, 'suzuki@takahashi.example')
    expect([wrong.status, wrong.body]).toEqual([unknown.status, unknown.body])
    expect([wrong.status, wrong.cookies]).toEqual([401, []])
  })

  test('cannot join twice by one link, nor by one that was never made', async () => {
    const house = await newHouse(here)
    const { accounts } = house
    const secret = await invited(house)
    const both = await Promise.allSettled([
      accounts.accept(secret, { name: '伊藤', password: PASSWORD }),
      accounts.accept(secret, { name: '伊東', password: 'ao-zora-no-shita-de' }),
    ])
    const won = both.findIndex(({ status }) => status === 'fulfilled')
    expect(both[1 - won]).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } })
    await expect(accounts.accept(secret, { name: '伊藤', password: PASSWORD })).rejects.toThrow()
    const passwords = [PASSWORD, 'ao-zora-no-shita-de']
    expect((await browser(house).signIn(passwords[won], ITO)).status).toBe(200)
    expect((await browser(house).signIn(passwords[1 - won], ITO)).status).toBe(401)
    const joined = (await accounts.users.list()).find(({ email }) => email === ITO)
    expect(joined?.name).toBe(['伊藤', '伊東'][won])
    await expect(
      accounts.accept('A'.repeat(22), { name: '伊藤', password: PASSWORD }),
    ).rejects.toThrow('This link has been used')
    expect(await accounts.users.list()).toHaveLength(2)
  })

  test('joins by the same link when the first try broke, and of two links by the newer one', async () => {
    const house = await newHouse(here)
    const { accounts } = house
    const links = await Promise.all([invited(house), invited(house)])
    expect(await accounts.users.list()).toHaveLength(2)
    const open = await Promise.all(links.map((link) => accounts.invitations.bySecret(link)))
    expect(open.filter(Boolean)).toHaveLength(1)
    const secret = links[open.findIndex(Boolean)] as string
    const { adapter } = await accounts.auth.$context
    vi.spyOn(adapter, 'create').mockRejectedValueOnce(new Error('the disk is full'))
    const person = { name: '伊藤', password: PASSWORD }
    await expect(accounts.accept(secret, person)).rejects.toThrow('the disk is full')
    await accounts.accept(secret, person)
    expect((await browser(house).signIn(PASSWORD, ITO)).status).toBe(200)
  })

  test('sets a new password by a link once, however often it is pressed', async () => {
    const house = await newHouse(here)
    const secret = await house.accounts.users.reset(EMAIL, 'reset')
    const reset = (password: string) => house.accounts.accept(secret, { name: '', password })
    const passwords = ['ao-zora-no-shita-de', 'minato-no-hikari-wa-ao']
    const both = await Promise.allSettled(passwords.map(reset))
    const won = both.findIndex(({ status }) => status === 'fulfilled')
    expect(both[1 - won]).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } })
    expect((await browser(house).signIn(passwords[won])).status).toBe(200)
  })

  test('is out at once when the operator says so, and in again later', async () => {
    const house = await newHouse(here)
    const hers = browser(house)
    await hers.signIn()
    await house.accounts.users.disable(EMAIL)
    expect(await hers.member()).toBeUndefined()
    expect((await hers.signIn()).ok).toBe(false)
    await house.accounts.users.enable(EMAIL)
    expect((await hers.signIn()).ok).toBe(true)
  })

  test('has the new password alone after a reset, and no session of before', async () => {
    const house = await newHouse(here)
    const hers = browser(house)
    await hers.signIn()
    const secret = await house.accounts.users.reset(EMAIL, 'reset')
    await house.accounts.accept(secret, { name: '', password: 'ao-zora-no-shita-de' })
    expect(await hers.member()).toBeUndefined()
    expect((await browser(house).signIn()).ok).toBe(false)
    expect((await browser(house).signIn('ao-zora-no-shita-de')).ok).toBe(true)
  })

  test('is told with a new role at the next page', async () => {
    const house = await newHouse(here)
    await expect(house.accounts.users.setRole(EMAIL, 'approver')).rejects.toThrow('contractor')
    const roles = house.events.map(({ kind }) => kind)
    expect(roles).toEqual(['member_invited', 'member_joined'])
    expect(JSON.stringify(house.events)).not.toContain(EMAIL)
  })
})

/** Turns codes of an authenticator app on; makes codes. */
async function withCodes(hers: ReturnType<typeof browser>) {
  const { body } = await hers.call('/two-factor/enable', { password: PASSWORD })
  const secret = new URL(String(body['totpURI'])).searchParams.get('secret') ?? ''
  const totp = new TOTP({ secret })
  const codeAt = (offset: number) => totp.generate({ timestamp: Date.now() + offset * 30_000 })
  const first = codeAt(-1)
  expect((await hers.call('/two-factor/verify-totp', { code: first })).status).toBe(200)
  return { first, codeAt, backup: body['backupCodes'] as string[] }
}

describe('somebody with codes of an authenticator app', () => {
  test('is asked for one, which counts once', async () => {
    const house = await newHouse(here)
    const hers = browser(house)
    await hers.signIn()
    const { first, codeAt } = await withCodes(hers)

    const again = browser(house)
    expect((await again.signIn()).body['twoFactorRedirect']).toBe(true)
    expect(await again.member()).toBeUndefined()
    // Used when the app was set up, and still in its window.
    const replayed = await again.call('/two-factor/verify-totp', { code: first })
    expect([replayed.status, replayed.cookies]).toEqual([401, []])
    expect(await again.member()).toBeUndefined()

    const third = browser(house)
    await third.signIn()
    expect((await third.call('/two-factor/verify-totp', { code: codeAt(0) })).status).toBe(200)
    expect((await third.member())?.email).toBe(EMAIL)

    const fourth = browser(house)
    await fourth.signIn()
    expect((await fourth.call('/two-factor/verify-totp', { code: codeAt(0) })).status).toBe(401)
    expect(await fourth.member()).toBeUndefined()
  })

  test('gets in by a backup code, once', async () => {
    const house = await newHouse(here)
    const hers = browser(house)
    await hers.signIn()
    const { backup } = await withCodes(hers)
    const [code = ''] = backup
    const tries = [browser(house), browser(house)]
    for (const one of tries) await one.signIn()
    const [first, second] = [
      await tries[0]?.call('/two-factor/verify-backup-code', { code }),
      await tries[1]?.call('/two-factor/verify-backup-code', { code }),
    ]
    expect([first?.status, second?.status]).toEqual([200, 401])
  })
})

describe('the limits', () => {
  test('of one network hold, whoever it is said to forward for', async () => {
    const house = await newHouse(here)
    const from = '203.0.113.7'
    const statuses: number[] = []
    for (let i = 0; i < 12; i++) statuses.push((await browser(house, from).signIn('wrong')).status)
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429])
    const { status, retryAfter } = await browser(house, from).signIn()
    expect([status, (retryAfter ?? 0) > 0 && (retryAfter ?? 0) <= 60]).toEqual([429, true])
    expect((await browser(house, '203.0.113.8').signIn()).status).toBe(200)
  })

  test('keep no address', async () => {
    const house = await newHouse(here)
    await browser(house, '203.0.113.7').signIn()
    const { db } = house.accounts.store
    const tables = ['authRateLimit', 'authSession'] as const
    const rows = await Promise.all(
      tables.map((table) =>
        db
          .selectFrom(table as 'authSession')
          .selectAll()
          .execute(),
      ),
    )
    expect(rows.map((all) => all.length)).toEqual([1, 1])
    expect(JSON.stringify(rows)).not.toContain('203.0.113.7')
  })
})

describe('what is not open', () => {
  test('signing up by oneself', async () => {
    const house = await newHouse(here)
    const given = { email: 'x@y.example', name: 'x', password: PASSWORD }
    expect((await browser(house).call('/sign-up/email', given)).status).toBe(400)
    expect(await house.accounts.users.list()).toHaveLength(1)
  })

  test('a call from a page of another site', async () => {
    const house = await newHouse(here)
    const hers = browser(house)
    await hers.signIn()
    const origin = 'https://evil.example'
    const reply = await house.accounts.call({ ...hers.caller(), origin }, '/sign-out', {})
    expect(reply.status).toBe(403)
    expect(await hers.member()).toBeDefined()
  })

  test('a transaction on the connection of accounts', async () => {
    const { accounts } = await newHouse(here)
    await expect(
      accounts.store.db
        .transaction()
        .execute((trx) => trx.selectFrom('authUser').selectAll().execute()),
    ).rejects.toThrow()
  })
})
