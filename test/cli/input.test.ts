import { expect, test } from 'vitest'
import { instantOption } from '../../src/cli/input.ts'

test.each([
  ['2026-04-01', '2026-03-31T15:00:00.000Z'],
  ['2026-04-01T00:00:00Z', '2026-04-01T00:00:00.000Z'],
  ['2026-04-01T09:00:00.5+09:00', '2026-04-01T00:00:00.500Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
])('%s is the instant %s', (text, instant) => {
  expect(instantOption(text)).toBe(instant)
})

test.each([
  ['2026-02-30', 'a day that does not exist'],
  ['2026-02-30T00:00:00Z', 'an instant of a day that does not exist'],
  ['2026-04-01T24:00:00Z', 'an hour that is the next day’s'],
  ['9999-12-31T23:59:59-09:00', 'the year 10000'],
  ['0000-01-01', 'the year before 0000, in Tokyo'],
  ['2026-04-01 00:00:00', 'without an offset'],
])('%s is refused: %s', (text) => {
  expect(() => instantOption(text)).toThrow('Give YYYY-MM-DD')
})
