import { describe, expect, test } from 'vitest'
import { hoursOf, type Office, receptionDay } from '../../../src/desk/company/office.ts'

const OFFICE: Office = {
  id: 'shizuoka',
  name: '静岡支店',
  kind: 'branch',
  prefectures: ['静岡県'],
  postalCode: '420-0000',
  address: '静岡県静岡市見本区見本町1-1',
  phone: '054-000-0101',
  openDays: ['fri', 'mon', 'tue', 'wed', 'thu'],
  openFrom: '09:00',
  openTo: '17:00',
  closedDates: ['2026-11-23'],
  cutoffTime: '16:00',
  isActive: true,
}

describe('an office', () => {
  test.each([
    [{}, '平日 9:00～17:00'],
    [{ openDays: ['mon', 'sat'], openFrom: '10:30' }, '月・土 10:30～17:00'],
  ] as [Partial<Office>, string][])('says when it is open: %o', (change, text) => {
    expect(hoursOf({ ...OFFICE, ...change })).toBe(text)
  })

  // 2026-11-20 is a Friday, the 23rd a holiday; offices keep the time of Tokyo.
  test.each([
    ['2026-11-19T07:00:00.000Z', '2026-11-19'],
    ['2026-11-19T07:01:00.000Z', '2026-11-20'],
    ['2026-11-20T06:59:59.999Z', '2026-11-20'],
    ['2026-11-20T07:01:00.000Z', '2026-11-24'],
    ['2026-11-21T01:00:00.000Z', '2026-11-24'],
    ['2026-11-23T01:00:00.000Z', '2026-11-24'],
    ['2026-11-18T15:00:00.000Z', '2026-11-19'],
  ])('takes in what comes at %s on %s', (at, day) => {
    expect(receptionDay(OFFICE, at)).toBe(day)
  })

  test('without a cut-off the day ends when it closes', () => {
    const { cutoffTime: _, ...office } = OFFICE
    expect(receptionDay(office, '2026-11-19T08:00:00.000Z')).toBe('2026-11-19')
    expect(receptionDay(office, '2026-11-19T08:01:00.000Z')).toBe('2026-11-20')
  })
})
