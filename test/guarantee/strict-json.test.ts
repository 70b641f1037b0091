import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isJsonObject, readStrictJson } from '../../src/guarantee/strict-json.ts'

describe('strict JSON', () => {
  test('reads every JSON value without complaint when it is safe', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value)
        const read = readStrictJson(text)
        expect(read?.duplicate).toBeUndefined()
        expect(read?.value).toEqual(JSON.parse(text))
      }),
      { seed: 1 },
    )
  })

  test.each(['', '{', '{"a":1}x', '\uFEFF{}', "{'a':1}", '{"a":01}', '[1,]', 'NaN'])(
    '%j is no JSON',
    (text) => expect(readStrictJson(text)).toBeUndefined(),
  )
})

describe('a member given twice', () => {
  test.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":{"b":1,"c":[{"d":1},{"e":1,"e":1}]}}', 'a.c.1.e'],
    ['{"a":1,"b":{"a":1},"\\u0061":2}', 'a'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{"a,\\"b":"}{","x":[],"a,\\"b":1}', 'a,"b'],
    ['[{},[{"a":{},"a":[]}]]', '1.0.a'],
  ])('in %s is %s', (text, path) => expect(readStrictJson(text)?.duplicate).toBe(path))

  test.each([
    '{"a":1,"A":2}',
    '{"a":{"a":1},"b":[{"a":1},{"a":1}]}',
    '{"a":"a","b":"a"}',
    '["a","a"]',
  ])('is not seen in %s', (text) =>
    expect(readStrictJson(text)).toEqual({ value: JSON.parse(text) }),
  )
})

describe('an unsafe number', () => {
  test.each([
    '9007199254740992',
    '-9007199254740992',
    '1e400',
    '1e2',
    '1.0',
    '-0',
    '1e-400',
    '1.00000000000000000001',
  ])('%s is told with its place', (token) =>
    expect(readStrictJson(`{"a":[0,${token}]}`)?.unsafeNumber).toBe('a.1'),
  )

  test.each(['9007199254740991', '-9007199254740991', '0', '1.5', '"9007199254740992"'])(
    '%s is none',
    (token) => expect(readStrictJson(`{"a":[0,${token}]}`)?.unsafeNumber).toBeUndefined(),
  )
})

test('an object is neither null nor a list', () => {
  expect([{}, null, [], 'a', 1].map(isJsonObject)).toEqual([true, false, false, false, false])
})

test.each([
  ['[', ']', 6000],
  ['{"a":', '}', 2000],
  ['[', ']', 200_000],
])('nesting of %s%s ends nobody’s stack (%i levels)', (open, close, levels) => {
  const nested = (inner: string) => `${open.repeat(levels)}${inner}${close.repeat(levels)}`
  expect(readStrictJson(nested('1'))).not.toHaveProperty('duplicate')
  expect(readStrictJson(nested('{"b":1,"b":2}'))).toHaveProperty('duplicate')
  expect(readStrictJson(nested('1e2'))).toHaveProperty('unsafeNumber')
  expect(readStrictJson(`${nested('1')}]`)).toBeUndefined()
})
