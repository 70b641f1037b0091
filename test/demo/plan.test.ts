import { describe, expect, test } from 'vitest'
import { addDays, clockInTokyo, dayInTokyo, startOfDay } from '../../src/base/time.ts'
import { readDemoData } from '../../src/demo/data.ts'
import { momentOf, planOf } from '../../src/demo/plan.ts'

const { parties, works } = readDemoData()
const WEDNESDAY = '2026-06-10'
const WEEK = [0, 1, 2, 3, 4, 5, 6].map((days) => addDays(WEDNESDAY, days))

describe('the plan of the demo', () => {
  test.each(WEEK)('loaded on %s, is past, rising, and in office hours of Tokyo', (today) => {
    const plan = planOf(parties, works, today)
    const arrivals = plan.map(({ at }) => at)
    expect(arrivals).toEqual(arrivals.toSorted())
    expect((arrivals.at(-1) as string) < startOfDay(today)).toBe(true)
    for (const at of arrivals) {
      expect(clockInTokyo(at) >= '09:00' && clockInTokyo(at) < '17:00').toBe(true)
      expect([0, 6]).not.toContain(new Date(dayInTokyo(at)).getUTCDay())
    }
  })

  test.each(WEEK)('loaded on %s, keeps the records of a guarantee in their order', (today) => {
    const next = new Map<string, number>()
    for (const { content } of planOf(parties, works, today)) {
      expect(content.seq).toBe(next.get(content.sub) ?? 1)
      next.set(content.sub, content.seq + 1)
    }
    expect(next.size).toBe(40)
  })

  test('moves a Saturday and a Sunday to the Friday before, and leaves a Monday', () => {
    expect(momentOf([3, '14:05'], WEDNESDAY)).toBe('2026-06-12T05:05:00.000Z')
    expect(momentOf([4, '14:05'], WEDNESDAY)).toBe('2026-06-12T05:05:00.000Z')
    expect(momentOf([5, '14:05'], WEDNESDAY)).toBe('2026-06-15T05:05:00.000Z')
  })

  test('dates no works contract with Fuji City before its start, and later ones as they are', () => {
    const datesOn = (today: string) =>
      planOf(parties, works, today)
        .map(({ content }) => content.certificate)
        .filter(({ owner }) => owner.title === '富士市長')
        .map(({ worksContractDate }) => worksContractDate as string)
        .toSorted()
    const soon = datesOn('2026-01-05')
    expect([soon[0], soon.at(-1)]).toEqual(['2025-11-14', '2025-12-15'])
    expect(datesOn('2027-01-05')[0]).toBe('2026-06-19')
  })

  test('gives an amended certificate a date of its own, a corrected one keeps its date', () => {
    const datesOf = (contractNumber: string) =>
      planOf(parties, works, WEDNESDAY)
        .filter(({ content }) => content.sub === contractNumber)
        .map(({ content }) => content.certificate.documentDate)
    expect(new Set(datesOf('12345-678904')).size).toBe(3)
    expect(new Set(datesOf('12345-678909')).size).toBe(1)
  })

  test('names a party, a kind or a version that the data does not have', () => {
    const [one] = works as [(typeof works)[number]]
    const [guarantee] = one.guarantees as [(typeof one.guarantees)[number]]
    const planning = (changed: typeof one) => () => planOf(parties, [changed], WEDNESDAY)
    const restoring = { event: 'cancel_amendment', at: guarantee.at, restores: 2 } as const
    const insurers = { ...parties, issuers: parties.issuers.slice(1) }
    expect(planning(one)()).toHaveLength(2)
    expect(planning({ ...one, owner: 'nobody' })).toThrow('has the id nobody')
    expect(planning({ ...one, guarantees: [{ ...guarantee, events: [restoring] }] })).toThrow(
      'no seq 2 to restore',
    )
    expect(() => planOf(insurers, [one], WEDNESDAY)).toThrow('has terms for advance_payment')
  })
})
