import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import type { Member, Role } from '../../src/accounts/member.ts'
import { localPath, type MemberEnv, requireMember } from '../../src/accounts/require-member.ts'
import { Fault } from '../../src/base/fault.ts'

const organisation = { id: 'o', kind: 'contractor', name: '株式会社髙橋建設' } as const
const member = (role: Role): Member => ({
  user: 'u',
  name: '佐藤',
  email: 'sato@example.jp',
  role,
  organisation,
})

function app(signedIn: Member | undefined) {
  const doors = new Hono<MemberEnv>()
  doors.use(
    '/desk/*',
    requireMember(async () => signedIn, ['contractor']),
  )
  doors.all('/desk/list', (c) => c.text(c.get('member').organisation.name))
  doors.onError((error, c) => c.text(error instanceof Fault ? error.code : 'broken', 403))
  return doors
}

const SITE = 'http://hosho.example'

describe('a door for contractors', () => {
  test('opens to one, who is named to what stands behind it', async () => {
    const response = await app(member('contractor')).request(`${SITE}/desk/list`)
    expect(await response.text()).toBe('株式会社髙橋建設')
  })

  test('is closed to other roles', async () => {
    const response = await app(member('clerk')).request(`${SITE}/desk/list`)
    expect([response.status, await response.text()]).toEqual([403, 'role_not_allowed'])
  })

  test('sends who is not signed in to sign in, and back to the same search', async () => {
    const response = await app(undefined).request(`${SITE}/desk/list?q=%E5%AF%8C%E5%A3%AB&lang=en`)
    expect(response.status).toBe(303)
    const to = new URL(response.headers.get('location') ?? '', SITE)
    expect(to.pathname).toBe('/sign-in')
    expect(to.searchParams.get('next')).toBe('/desk/list?q=%E5%AF%8C%E5%A3%AB&lang=en')
    expect(to.searchParams.get('lang')).toBe('en')
    expect(to.searchParams.has('lost')).toBe(false)
  })

  test('sends who posted a form back to the page that it stood on', async () => {
    const next = async (referer: string) => {
      const headers = { referer }
      const response = await app(undefined).request(`${SITE}/desk/list`, {
        method: 'POST',
        headers,
      })
      const to = new URL(response.headers.get('location') ?? '', SITE)
      // Unless somebody has kept what was sent, the page says that nobody did.
      expect(to.searchParams.get('lost')).toBe('1')
      return to.searchParams.get('next')
    }
    expect(await next(`${SITE}/desk/apply?step=2`)).toBe('/desk/apply?step=2')
    expect(await next('http://elsewhere.example/desk/apply')).toBe('/desk/list')
  })
})

test.each([
  ['/desk', '/desk'],
  ['/desk?q=1#x', '/desk?q=1'],
  ['/desk/../account', '/account'],
])('%s is a page of this site', (next, to) => expect(localPath(next, '/home')).toBe(to))

test.each([
  undefined,
  '',
  'desk',
  'https://elsewhere.example/',
  '//elsewhere.example',
  '/\\elsewhere.example',
  '/\t/elsewhere.example',
  '/.//elsewhere.example',
  '/desk/..//elsewhere.example',
  'javascript:alert(1)',
])('%j leads nowhere but home', (next) => expect(localPath(next, '/home')).toBe('/home'))
