import { expect, test } from 'vitest'
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

test('a platform that does not answer is no maintenance of the desk, and nothing is said to be done', () => {
  const data = { status: 503, code: 'store_unavailable', requestId: 'x' }
  const desk = String(errorView('ja', { ...data, desk: true }))
  expect(desk).toContain('直前の操作が済んだかどうかは、確認できません。')
  expect(desk).not.toContain('記録は失われていません')
  expect(String(errorView('ja', data))).toContain('ただいまメンテナンス中です')
})
