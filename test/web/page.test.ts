import { expect, test } from 'vitest'
import { errorSummary, textField } from '../../src/web/form.ts'
import { html } from '../../src/web/html.ts'
import { localHref } from '../../src/web/lang.ts'
import { page } from '../../src/web/layout.ts'
import { showDay, showInstant, showInteger, showYen } from '../../src/web/show.ts'

const OPTIONS = { lang: 'ja', title: '使い方', demo: false, origin: 'https://h.example' } as const

test('every value is escaped, in text and in attributes', () => {
  const evil = `"><script>'&`
  expect(String(html`<a title="${evil}">${evil}</a>`)).toBe(
    '<a title="&quot;&gt;&lt;script&gt;&#39;&amp;">&quot;&gt;&lt;script&gt;&#39;&amp;</a>',
  )
})

test('false, null and undefined leave nothing behind; zero stays', () => {
  expect(String(html`[${false}${null}${undefined}${0}]`)).toBe('[0]')
})

test('the title names the error first', () => {
  expect(String(page({ ...OPTIONS, error: true }, 'x'))).toContain(
    '<title>エラー：使い方 | 電子保証の確認</title>',
  )
  expect(String(page(OPTIONS, 'x'))).toContain('<title>使い方 | 電子保証の確認</title>')
})

test('the link to the other language keeps path and query, and only pages of a GET have it', () => {
  const found = String(page({ ...OPTIONS, path: '/owners', query: { q: '富士' } }, ''))
  expect(found).toContain('href="/owners?q=%E5%AF%8C%E5%A3%AB&amp;lang=en"')
  expect(String(page(OPTIONS, ''))).not.toContain('English')
})

test('the band 見本 stands on pages of a demo and on no other', () => {
  expect(String(page({ ...OPTIONS, demo: true }, ''))).toContain('見本')
  expect(String(page(OPTIONS, ''))).not.toContain('見本')
})

test('English addresses carry their language before the fragment', () => {
  expect(localHref('en', '/verify#match')).toBe('/verify?lang=en#match')
  expect(localHref('en', '/owners?q=a')).toBe('/owners?q=a&lang=en')
  expect(localHref('ja', '/verify#match')).toBe('/verify#match')
})

test('a field says its error in the words of the summary, which links to it', () => {
  const errors = [{ field: 'authKey', text: '認証キーを入力してください' }]
  const field = String(textField('ja', { name: 'authKey', label: '認証キー' }, errors))
  expect(field).toContain('aria-invalid="true"')
  expect(field).toContain('id="field-authKey"')
  expect(field).toContain('aria-describedby="field-authKey-error"')
  const summary = String(errorSummary('ja', errors))
  expect(summary).toContain('<a href="#field-authKey">認証キーを入力してください</a>')
  expect(summary).toContain('1件')
  expect(errorSummary('ja', [])).toBeUndefined()
})

test('a field is not limited, disabled or filled with a placeholder', () => {
  const field = String(
    textField('ja', { name: 'a', label: 'あ', need: 'required', manner: 'code' }),
  )
  expect(field).not.toMatch(/maxlength|placeholder|disabled|readonly| required/)
  expect(field).toContain('autocapitalize="none"')
})

test('amounts and days stand as the leaflet writes them', () => {
  expect(showYen('ja', 20_000_000)).toBe('20,000,000円')
  const text = (markup: unknown) => String(markup).replace(/<[^>]+>/g, '')
  expect(text(showDay('ja', '2025-11-14'))).toBe('令和7年11月14日（2025年11月14日）')
  expect(text(showInstant('ja', '2025-11-14T05:05:00.000Z'))).toBe(
    '令和7年11月14日（2025年11月14日）14:05（日本時間）',
  )
  expect(text(showDay('ja', '2019-05-01'))).toBe('令和元年5月1日（2019年5月1日）')
})

test('an integer is grouped as Intl groups it', () => {
  const intl = new Intl.NumberFormat('ja-JP')
  for (const value of [0, 7, 999, 1000, 12_345, 999_999, 1_000_000, 999_999_999_999, -1000, -999]) {
    expect(showInteger(value)).toBe(intl.format(value))
  }
})

test('lists of contents stand one after the other, markup as it is', () => {
  expect(String(html`<p>${[html`<b>`, ['&', 1, false], html`</b>`]}</p>`)).toBe(
    '<p><b>&amp;1</b></p>',
  )
})
