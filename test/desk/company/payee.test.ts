import { describe, expect, test } from 'vitest'
import { accountText, dueDayOf, type PremiumAccount } from '../../../src/desk/company/payee.ts'
import { example } from './opened.ts'

const ACCOUNT: PremiumAccount = example().premiumAccount

describe('where premiums are paid', () => {
  test('a sample says that nothing is to be paid to it, and only a sample', () => {
    expect(accountText(ACCOUNT)).toBe(
      '見本銀行 見本支店 普通 0000000（見本。振り込まないでください）',
    )
    const own = { ...ACCOUNT, bankName: '富士銀行', type: 'current', demo: false } as const
    expect(accountText(own)).toBe('富士銀行 見本支店 当座 0000000')
  })
})

describe('until when', () => {
  const { branches } = example()

  // 2026-12-29 to 2027-01-01 the example's head office is closed; the 2nd and 3rd are a week-end.
  test.each([
    [14, '2026-11-27', '2026-12-11'],
    [14, '2026-11-28', '2026-12-14'],
    [1, '2026-12-28', '2027-01-04'],
  ])('%i days after %s: %s, a day on which the company is open', (premiumDueDays, made, due) => {
    expect(dueDayOf({ branches, premiumDueDays }, made)).toBe(due)
  })

  test('near twin: a company that has set no days asks for none', () => {
    expect(dueDayOf({ branches }, '2026-11-27')).toBeUndefined()
  })
})
