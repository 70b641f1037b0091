import { expect, test } from 'vitest'
import { nextText } from '../../../src/desk/underwrite/next.ts'

test('a record on its way is waited for; one that was refused waits for a person', () => {
  const manner = { monthly: false, fourEyes: true }
  const sent = { arrivedAt: null, tries: 2 }
  const next = (state: string) => nextText('issuing', { ...manner, outcome: { ...sent, state } })
  expect(next('waiting')).toBe('プラットフォームへの到着を待っています')
  expect(next('refused')).toContain('担当者または承認者が')
  expect(nextText('issuing', manner)).toBe(next('waiting'))
})
