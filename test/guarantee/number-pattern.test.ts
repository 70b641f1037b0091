import { expect, test } from 'vitest'
import { fitsPattern, isNumberPattern } from '../../src/guarantee/number-pattern.ts'

test.each([
  ['^[0-9]{5}-[0-9]{6}$', '12345-678901', '12345-67890'],
  ['[0-9]{5}-[0-9]{6}', '12345-678901', 'x12345-678901'],
  ['W[0-9]{4}|V[0-9]{4}', 'V1234', 'W12345'],
  ['^W[0-9]{4}|V[0-9]{4}$', 'W1234', 'W1234x'],
  ['[A-Za-z]-?\\d{4,6}', 'w12345', 'w123'],
  ['(?:A|B(C|D)?)\\.[0-9\\]]{2}', 'BD.1]', 'BE.12'],
  ['(?:[A-Z]{2}-){2}[0-9]', 'AB-CD-1', 'AB-1'],
  ['第[0-9]{1,4}号', '第12号', '第号'],
  ['', '', '1'],
])('%s is a pattern of numbers such as %s, and not of %s', (pattern, number, other) => {
  expect(isNumberPattern(pattern)).toBe(true)
  expect(fitsPattern(number, pattern)).toBe(true)
  expect(fitsPattern(other, pattern)).toBe(false)
})

test.each([
  ['(', 'no regular expression'],
  ['[0-9', 'no regular expression'],
  ['a)|(b', 'one only with what stands around it'],
  ['[0-9]+', 'without an end'],
  ['[0-9]*', 'without an end'],
  ['[0-9]{5,}', 'without an end'],
  ['[0-9]{1,5}?', 'another order of the same'],
  ['[0-9]{41}', 'longer than any number'],
  ['a{1000000000}', 'longer than any number'],
  ['^([0-9A-Z]+-?)+$', 'the one that took 46 seconds'],
  ['([0-9A-Z]{1,9}-?){1,9}', 'the same with bounds'],
  ['a?'.repeat(32), 'every subset of thirty-two'],
  ['(a|a){30}', 'every choice of thirty'],
  ['\\d{0,9}'.repeat(9), 'every partition'],
  ['(?=a)a', 'looking ahead'],
  ['(?<n>a)', 'named'],
  ['(a)\\1', 'looking back'],
  ['\\p{L}', 'beyond the subset'],
  ['\\u{61}', 'beyond the subset'],
  ['a'.repeat(65), 'too long'],
  ['a{3,1}', 'from more to less'],
  ['a{3,1}){', 'from more to less, and then nothing that could be read'],
])('%s is refused: %s', (pattern) => {
  expect(isNumberPattern(pattern)).toBe(false)
  expect(fitsPattern('a', pattern)).toBe(false)
})

test('a number has 40 characters at most', () => {
  const pattern = '[0-9]{1,40}[0-9]{0,2}'
  expect(fitsPattern('1'.repeat(40), pattern)).toBe(true)
  expect(fitsPattern('1'.repeat(41), pattern)).toBe(false)
  expect(fitsPattern('𠮷'.repeat(40), '𠮷{40}')).toBe(true)
})

test('no pattern that is taken keeps anybody waiting, whatever the number', () => {
  const hard = [
    'a?'.repeat(9),
    '\\d{0,9}'.repeat(3),
    '(a|a){9}',
    '(a?){9}',
    '(?:a{0,3}){0,4}',
    '[a-z]{0,30}[a-y]{0,30}',
    '((a|b)?(a|b)?)?(a?a?)?a?',
  ].filter(isNumberPattern)
  expect(hard.length).toBeGreaterThan(4)
  for (const pattern of hard) {
    for (const number of ['a', '1'].map((symbol) => `${symbol.repeat(39)}!`)) {
      const start = performance.now()
      expect(fitsPattern(number, pattern)).toBe(false)
      expect([pattern, performance.now() - start < 100]).toEqual([pattern, true])
    }
  }
})
