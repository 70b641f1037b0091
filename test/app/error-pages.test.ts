import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { Member } from '../../src/accounts/member.ts'
import { type MemberEnv, requireMember } from '../../src/accounts/require-member.ts'
import { Fault } from '../../src/base/fault.ts'
import { signedInLater } from '../../src/open/signed-in-later.page.ts'
import { errorView } from '../../src/view/error.view.ts'
import { newWorld } from '../platform/world.ts'
import { serve } from './served.ts'

test('who signs in is told in the words of the desk what went wrong, everybody else of the look-up', async () => {
  const { request } = await serve(await newWorld())
  const forged = async (path: string) => {
    const headers = { origin: 'https://evil.example', 'content-type': 'text/plain' }
    const { status, text } = await request(path, { method: 'POST', headers, body: 'x' })
    expect(status).toBe(403)
    return text
  }
  const desk = await forged('/desk/applications/new')
  expect(desk).toContain('<a class="button button-main" href="/desk">ネットデスクのトップへ</a>')
  expect(desk).toContain('インターネット保証サービス')
  expect(desk).not.toContain('確認ページ')
  const lookup = await forged('/lookup')
  expect(lookup).toContain('<a class="button button-main" href="/">確認ページを開く</a>')
  expect(lookup).not.toContain('ネットデスク')
  expect(await forged('/desktop')).not.toContain('ネットデスク')
})

test('who is signed in keeps name and ways on the page of an error, also where the role is another', async () => {
  const organisation = { id: 'o', kind: 'issuer', name: '見本保証', issuer: 'east' } as const
  const clerk: Member = { user: 'u', name: '見本 花子', email: 'x@y', role: 'clerk', organisation }
  const pages = new Hono<MemberEnv>()
  pages.use(
    '/desk/contractors',
    requireMember(async () => clerk, ['contractor']),
  )
  pages.use(
    '/desk/gone',
    requireMember(async () => clerk, ['clerk']),
  )
  pages.get('/desk/gone', () => {
    throw new Fault('not_found', 'gone')
  })
  const signedIn = signedInLater(async () => new Hono().route('/', pages))
  const { get } = await serve(await newWorld(), { signedIn })
  for (const [path, status] of [
    ['/desk/contractors', 403],
    ['/desk/gone', 404],
  ] as const) {
    const reply = await get(path)
    expect(reply.status).toBe(status)
    for (const part of ['見本保証 見本 花子', 'ログアウト', '/desk/inbox']) {
      expect(reply.text).toContain(part)
    }
  }
  const nobody = await get('/desk/elsewhere')
  expect(nobody.status).toBe(404)
  expect(nobody.text).not.toContain('ログアウト')
})

test('a platform that does not answer is no maintenance of the desk, and nothing is said to be done', () => {
  const data = { status: 503, code: 'store_unavailable', requestId: 'x' }
  const desk = String(errorView('ja', { ...data, desk: true }))
  expect(desk).toContain('直前の操作が済んだかどうかは、確認できません。')
  expect(desk).not.toContain('記録は失われていません')
  expect(String(errorView('ja', data))).toContain('ただいまメンテナンス中です')
})
