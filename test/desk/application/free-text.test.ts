import { describe, expect, test } from 'vitest'
import { freeText } from '../../../src/desk/application/free-text.ts'

const FIELD = { label: '理由', most: 20 }
const HOLDS_KEY = '理由に認証キーと思われる文字列があります。認証キーは書かずに入力してください'

describe('free text', () => {
  test('is kept as it was typed, with line feeds and nothing around it', () => {
    expect(freeText(' 一行目\r\n　二行目\t終\r\n', FIELD)).toEqual({
      text: '一行目\n　二行目\t終',
      error: undefined,
    })
    expect(freeText(' \r\n ', FIELD)).toEqual({ text: '', error: undefined })
  })

  test.each([
    ['長'.repeat(21), '理由は20文字以内で入力してください（いま21文字です）'],
    ['制御\u{0}', '理由に使えない文字（制御文字）が含まれています'],
    ['キーは aB3dE5gH7jK9', HOLDS_KEY],
    ['aB3d-E5gH-7jK9', HOLDS_KEY],
    ['ａＢ３ｄＥ５ｇＨ７ｊＫ９', HOLDS_KEY],
  ])('%j is refused by the name of its field', (typed, error) =>
    expect(freeText(typed, FIELD).error).toBe(error),
  )

  test.each(['長'.repeat(20), '12345-680001の件', 'aB3dE5gH7jK', '認証キーの紛失'])(
    '%j is taken',
    (typed) => expect(freeText(typed, FIELD)).toEqual({ text: typed, error: undefined }),
  )
})
