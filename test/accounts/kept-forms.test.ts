import { expect, test } from 'vitest'
import { accountsPages } from '../../src/accounts/accounts.page.ts'
import { requireMember } from '../../src/accounts/require-member.ts'
import { readConfig } from '../../src/config.ts'
import { accountsOf } from '../../src/open/accounts.ts'
import { socketSource } from '../../src/web/source.ts'
import { serve } from '../app/served.ts'
import { newWorld, PLATFORM } from '../platform/world.ts'

const PERSON = { email: 'sato@takahashi.example', password: 'tetsukyo-no-mukou-gawa' }

const OTHER = { email: 'mori@minamo.example', password: 'minato-no-hikari-wa-ao' }
const ENDED = '2020-01-01T00:00:00.000Z'

/** A desk whose door takes what is posted, or sends to sign-in; and somebody's two browsers. */
async function openDesk() {
  const world = await newWorld()
  const { access } = world.platform
  const accounts = accountsOf(world.opened, readConfig({ PUBLIC_ORIGIN: PLATFORM }), access)
  for (const [firm, { email, password }] of [
    ['株式会社髙橋建設', PERSON],
    ['みなも工業株式会社', OTHER],
  ] as const) {
    const added = { kind: 'contractor', name: firm, allowsOidc: false } as const
    const organisation = await accounts.organisations.add(added)
    const given = { email, name: '佐藤' }
    const secret = await accounts.invitations.invite(organisation, 'contractor', given)
    await accounts.accept(secret, { name: '佐藤', password })
  }
  const site = { origin: PLATFORM, demo: false }
  const parts = { accounts, access, clock: world.ports.clock, site, sourceOf: socketSource(0) }
  const app = accountsPages(parts, '/desk/*')
  app.use('/desk/*', requireMember(accounts.memberOf, ['contractor']))
  const { origin, request } = await serve(world, { signedIn: app })
  const signIn = async (person = PERSON) => {
    const caller = { cookie: undefined, source: '', origin: PLATFORM, agent: undefined }
    const { cookies } = await accounts.call(caller, '/sign-in/email', person)
    return cookies.map((cookie) => cookie.split(';')[0]).join('; ')
  }
  /** Every session of now is over by its time. */
  const endAll = () =>
    accounts.store.db.updateTable('authSession').set({ expiresAt: ENDED }).execute()
  const ended = await signIn()
  await endAll()
  const current = await signIn()
  return {
    signIn,
    endAll,
    userOf: accounts.users.byAddress,
    removeAll: () => accounts.store.db.deleteFrom('authSession').execute(),
    /** Posts with the cookie of the session that has ended; where that leads. */
    async post(body: BodyInit, cookie = ended) {
      const headers = { origin, cookie }
      const reply = await request('/desk/form?id=7', { method: 'POST', headers, body })
      expect(reply.status).toBe(303)
      const { searchParams } = new URL(reply.headers.get('location') ?? '', origin)
      expect(searchParams.has('lost')).toBe(!RESUME.test(searchParams.get('next') ?? ''))
      return new URL(reply.headers.get('location') ?? '', origin).searchParams.get('next') ?? ''
    },
    read: async (path: string, cookie = current) =>
      (await request(path, { headers: { cookie } })).text,
  }
}

const RESUME = /^\/sign-in\/resume\?form=[\w-]{22}$/
const REFUSED = '/desk/form'

test('a form posted when the session has ended stands there after signing in', async () => {
  const { post, read } = await openDesk()
  const works = '橋 "改良" <工事>'
  for (const body of [new URLSearchParams({ works }), multipart(works)]) {
    const next = await post(body)
    expect(next).toMatch(RESUME)
    const page = await read(next)
    const hasFiles = body instanceof FormData
    const encoding = hasFiles ? ' enctype="multipart/form-data"' : ''
    expect(page).toContain(`<form class="form" method="post" action="/desk/form?id=7"${encoding}>`)
    expect(page).toContain(
      '<input type="hidden" name="works" value="橋 &quot;改良&quot; &lt;工事&gt;">',
    )
    expect(page.includes('添付ファイルは残っていません')).toBe(hasFiles)
    expect(page).not.toContain('契約書.pdf')
  }

  // The largest that is kept, and what is larger by one character.
  const largest = 64 * 1024 - 'works'.length
  const next = await post(multipart('橋'.repeat(largest)))
  expect(await read(next)).toContain('橋'.repeat(largest))
  expect(await post(multipart('橋'.repeat(largest + 1)))).toBe(REFUSED)

  // Nobody can fill the table with cookies that were never given, nor guess an id.
  const forged = `__Secure-akashi.session_token=${'a'.repeat(32)}.${'b'.repeat(43)}%3D`
  for (const cookie of ['', forged]) expect(await post(multipart('橋'), cookie)).toBe(REFUSED)
  const told = (path: string) => read(path, '')
  expect(await told('/sign-in?next=/desk/form&lost=1')).toContain('操作は行われず')
  expect(await told('/sign-in?next=/desk/form')).not.toContain('操作は行われず')

  // A button alone, which says so, is pressed again where it stands; whatever was typed is kept.
  const about = { upon: '2', proposal: '0b1c2d3e' }
  expect(await post(new URLSearchParams({ ...about, deed: '1' }))).toBe(REFUSED)
  expect(await post(new URLSearchParams())).toBe(REFUSED)
  for (const form of [
    { email: 'tanaka@example.jp', name: 'Tanaka', role: 'clerk' },
    { seen: '4', on: '2026-11-28' },
    { ...about, reason: 'duplicate' },
    { ...about, reason: '工期を' },
  ]) {
    expect(await post(new URLSearchParams(form as Record<string, string>))).toMatch(RESUME)
  }
  expect(await read(`/sign-in/resume?form=${'A'.repeat(22)}`)).toContain('保管していた入力内容は、')
})

test('what somebody typed before their session ended is shown to nobody else', async () => {
  const { post, read, signIn, endAll, removeAll, userOf } = await openDesk()
  const cookie = await signIn()
  await endAll()
  const next = await post(multipart('極秘の改良工事'), cookie)
  const others = await read(next, await signIn(OTHER))
  expect(others).toContain('保管していた入力内容は、')
  expect(others).not.toContain('極秘の改良工事')
  expect(await read(next, await signIn())).toContain('極秘の改良工事')
  // Whoever ends a session elsewhere removes it: whose it was stands in its cookie, signed.
  const removed = await signIn()
  await removeAll()
  const again = await post(multipart('極秘の補修工事'), removed)
  expect(await read(again, await signIn(OTHER))).not.toContain('極秘の補修工事')
  expect(await read(again, await signIn())).toContain('極秘の補修工事')
  const lent = removed.replace(/~[^.]+\./, `~${await userOf(OTHER.email)}.`)
  expect(lent).not.toBe(removed)
  expect(await post(multipart('橋'), lent), 'of another user it is forged').toBe(REFUSED)
})

function multipart(works: string): FormData {
  const form = new FormData()
  form.set('works', works)
  form.set('paper', new File(['%PDF-1.7'], '契約書.pdf'))
  return form
}
