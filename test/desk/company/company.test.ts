import { beforeEach, describe, expect, test } from 'vitest'
import type { Company } from '../../../src/desk/company/company.ts'
import { type Store, StoreFault } from '../../../src/store/store.ts'
import { example, ISSUER, openCompany } from './opened.ts'

let store: Store
let company: Company

beforeEach(async () => {
  const opened = await openCompany()
  store = opened.ports.store
  company = opened.company
})

const refusal = (deed: Promise<unknown>): Promise<unknown> =>
  deed.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  )

describe('the profile of a company', () => {
  test('is kept as it was set, and replaced whole', async () => {
    expect(await company.profileOf('sample')).toEqual(example())
    await company.set(ISSUER, { ...example(), fourEyes: false })
    expect(await company.profileOf('sample')).toMatchObject({ fourEyes: false })
    expect(await refusal(company.profileOf('other'))).toMatchObject({ code: 'not_found' })
  })

  test('stays as it was when another one is refused', async () => {
    const wrong = company.set(ISSUER, { ...example(), issuerName: '' })
    expect(await refusal(wrong)).toMatchObject({ code: 'body_invalid' })
    expect(await company.profileOf('sample')).toEqual(example())
  })

  test('is offered to contractors with the offices that take applications', async () => {
    const [head] = example().branches
    const closed = { ...head, id: 'closed', name: '旧支店', isActive: false }
    await company.set(ISSUER, { ...example(), branches: [head, closed] })
    const [offered] = await company.companies()
    expect(offered).toMatchObject({ issuer: 'sample', name: '見本保証株式会社' })
    expect(offered?.branches.map(({ id }) => id)).toEqual(['honten'])
  })

  test('says whom to ask, also where an office is gone', async () => {
    expect(await company.officeOf('sample', 'honten')).toEqual({
      company: '見本保証株式会社',
      branch: '本店',
      address: '東京都見本区見本町1-1',
      phone: '03-0000-0100',
      hours: '平日 9:00～17:00',
    })
    expect(await company.officeOf('sample', 'gone')).not.toHaveProperty('branch')
    expect(await company.officeOf('sample')).toMatchObject({ phone: '03-0000-0100' })
  })
})

describe('numbers', () => {
  test('begin where the profile says, and go on', async () => {
    const give = () => company.withNumber('sample', 'guarantee', async () => [])
    expect([await give(), await give()]).toEqual(['00000-000001', '00000-000002'])
    const { numbering, ...rest } = example()
    numbering.guarantee.next = 500
    await company.set(ISSUER, { ...rest, numbering })
    expect(await give()).toBe('00000-000500')
    numbering.guarantee.next = 2
    await company.set(ISSUER, { ...rest, numbering })
    expect(await give()).toBe('00000-000501')
  })

  test('belong to who takes the key: the slower one conflicts', async () => {
    const [one, two] = [
      await company.nextNumber('sample', 'statement'),
      await company.nextNumber('sample', 'statement'),
    ]
    expect(one.number).toBe(two.number)
    await store.commit([one.query])
    const lost = await refusal(store.commit([two.query]))
    expect(lost).toBeInstanceOf(StoreFault)
    expect(lost).toMatchObject({ reason: 'conflict' })
  })

  test('are given once each when many ask at the same time', async () => {
    const asked = Array.from({ length: 12 }, () =>
      company.withNumber('sample', 'sheet', async () => []),
    )
    expect(new Set(await Promise.all(asked)).size).toBe(12)
  })

  test('are not given where what they were for is refused', async () => {
    const refused = company.withNumber('sample', 'sheet', async () => {
      throw new Error('not now')
    })
    expect(await refusal(refused)).toMatchObject({ message: 'not now' })
    expect((await company.nextNumber('sample', 'sheet')).number).toBe('AS-000001')
  })

  test('end with their digits', async () => {
    const { numbering, ...rest } = example()
    numbering.sheet = { prefix: 'S', digits: 1, next: 9 }
    await company.set(ISSUER, { ...rest, numbering })
    expect(await company.withNumber('sample', 'sheet', async () => [])).toBe('S9')
    const past = await refusal(company.nextNumber('sample', 'sheet'))
    expect(past).toMatchObject({ code: 'state_conflict' })
    expect((past as Error).message).toContain('akashi issuer set')
  })
})
