import { expect, test } from 'vitest'
import { passkeyOnly } from '../../src/accounts/passkey.view.ts'
import { takesPasskeys } from '../../src/accounts/passkey-place.ts'
import { html } from '../../src/web/html.ts'

test.each([
  'https://hosho.example.jp',
  'https://hosho.example.jp:8443',
  'http://localhost:8787',
  'http://akashi.localhost:8787',
])('%s has passkeys', (origin) => {
  expect(takesPasskeys(origin)).toBe(true)
  const view = String(passkeyOnly('ja', origin, html`<p>here</p>`))
  expect(view).toContain(`<div data-passkey="${origin}" hidden><p>here</p></div>`)
})

test.each([
  'http://127.0.0.1:8787',
  'https://192.0.2.7',
  'https://[2001:db8::a]',
  'http://hosho.example.jp',
  'http://localhost.example.jp',
])('%s has none, and the page says why and what cures it', (origin) => {
  expect(takesPasskeys(origin)).toBe(false)
  const view = String(passkeyOnly('ja', origin, html`<p>here</p>`))
  expect(view).not.toContain('here')
  expect(view).toContain(`（${new URL(origin).host}）では、パスキーを使えません。`)
  expect(view).toContain('PUBLIC_ORIGIN')
})
