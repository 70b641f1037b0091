import { expect, test } from 'vitest'
import { namesOf } from '../../../src/desk/company/names.ts'

test('people are asked for once each, all at the same time; who is gone is never named by an id', async () => {
  const asked: string[] = []
  let waiting = 0
  const nameOf = await namesOf(
    async (user) => {
      asked.push(user)
      waiting += 1
      await new Promise((go) => setTimeout(go, 1))
      return waiting === 2 && user === 'u-1' ? '見本 花子' : undefined
    },
    ['u-1', null, 'u-2', undefined, 'u-1'],
  )
  expect(asked).toEqual(['u-1', 'u-2'])
  expect(nameOf('u-1')).toBe('見本 花子')
  expect(nameOf('u-2')).toBe('（退職者）')
})
