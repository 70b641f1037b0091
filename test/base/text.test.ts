import { expect, test } from 'vitest'
import { foldCode, foldName, foldWidth } from '../../src/base/text.ts'

test('a mark that a space kept apart joins its letter, as it does where it was typed on it', () => {
  expect(foldCode('第か゛-1')).toBe('第が-1')
  expect(foldName('か゛く')).toBe(foldName('がく'))
  expect(foldName('ハ ゜')).toBe('パ')
})

test('a pile of marks is cut where it means nothing more, however it is written', () => {
  const piles = ['´¸', '\u0301\u0323', '\uff9e\u0301', '\u0f73\u0323'].map((marks) =>
    marks.repeat(16_000),
  )
  for (const pile of piles) {
    expect(foldCode(`1${pile}2`)).toMatch(/^1.{10,100}2$/u)
  }
  const thirty = `e${'\u0323'.repeat(30)}`
  expect(foldWidth(thirty)).toBe(thirty.normalize('NFKC'))
})

test('what programs write of a number stays as it is, and anything else is folded', () => {
  const visible = Array.from({ length: 0x7e - 0x20 }, (_, i) => String.fromCharCode(0x21 + i)).join(
    '',
  )
  expect(visible).toHaveLength(94)
  expect(foldCode(visible)).toBe(visible)
  expect(foldCode(visible)).toBe(visible.normalize('NFKC').replace(/\s/gu, ''))
  expect(foldCode(`${visible} 1`)).toBe(`${visible}1`)
  expect(foldCode(`${visible}\u00ad１`)).toBe(`${visible}1`)
})
