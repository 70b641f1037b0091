import { expect, test } from 'vitest'
import { Memo } from '../../src/base/memo.ts'

function counted(memo: Memo<string | undefined>) {
  let computed = 0
  const get = (key: string) =>
    memo.get(key, () => {
      computed++
      return key
    })
  return { get, computed: () => computed }
}

test('a result is computed once for its key, also where it is undefined', () => {
  const memo = new Memo<string | undefined>(10)
  const { get, computed } = counted(memo)
  expect([get('a'), get('a'), computed()]).toEqual(['a', 'a', 1])
  memo.get('b', () => undefined)
  expect([get('b'), computed()]).toEqual([undefined, 1])
})

test('the oldest is forgotten first, and only when there are too many', () => {
  const { get, computed } = counted(new Memo(2))
  for (const key of ['a', 'b', 'a', 'c', 'b', 'a']) get(key)
  expect(computed()).toBe(4)
})

test('what results weigh together is bounded; one that is too heavy stands alone', () => {
  const { get, computed } = counted(new Memo(10, (value) => value?.length ?? 1))
  get('aaaa')
  get('bbbb')
  get('aaaa')
  expect(computed()).toBe(2)
  get('cccc')
  get('bbbb')
  expect(computed()).toBe(3)
  get('x'.repeat(50))
  get('x'.repeat(50))
  expect(computed()).toBe(4)
  get('bbbb')
  expect(computed()).toBe(5)
})
