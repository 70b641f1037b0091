import { describe, expect, test } from 'vitest'
import { compareNames } from '../../src/guarantee/name-variants.ts'
import { type Check, type CheckId, matchFields, verdictOf } from '../../src/guarantee/verdict.ts'
import { certificate } from './sample.ts'

type Results = Partial<Record<CheckId, Check['result']>>

const PASSING: Results = { integrity: 'pass', issuer: 'pass', log: 'pass', status: 'pass' }
const checksOf = (results: Results): Check[] =>
  Object.entries(results).map(([id, result]) => ({ id: id as CheckId, result, code: 'OK' }))
const verdict = (results: Results, ...severities: string[]) =>
  verdictOf(
    checksOf({ ...PASSING, ...results }),
    severities.map((severity) => ({ severity })),
  )

describe('the verdict', () => {
  test('verified when all pass, and what else is only said is no warning', () => {
    expect(verdict({})).toBe('verified')
    expect(verdict({ match: 'pass', sufficiency: 'pass' })).toBe('verified')
    expect(verdict({}, 'info', 'not_checkable')).toBe('verified')
  })

  test.each(['integrity', 'issuer', 'log'] as const)(
    'failed when %s fails, whatever else',
    (id) => {
      expect(verdict({ [id]: 'fail' })).toBe('failed')
      expect(verdict({ integrity: 'unknown', log: 'unknown', [id]: 'fail', status: 'fail' })).toBe(
        'failed',
      )
    },
  )

  test.each(['integrity', 'issuer', 'log'] as const)(
    'indeterminate when %s is unknown and none of the three fails',
    (id) => {
      expect(verdict({ [id]: 'unknown' })).toBe('indeterminate')
      expect(verdict({ [id]: 'unknown', status: 'fail', match: 'fail' }, 'warn')).toBe(
        'indeterminate',
      )
    },
  )

  test.each(['status', 'match', 'sufficiency'] as const)(
    'attention when %s does not pass',
    (id) => {
      expect(verdict({ [id]: 'fail' })).toBe('attention')
      expect(verdict({ [id]: 'unknown' })).toBe('attention')
    },
  )

  test('attention for a warning', () => {
    expect(verdict({}, 'info', 'warn')).toBe('attention')
  })

  test('a check that was forgotten never verifies', () => {
    for (const id of ['integrity', 'issuer', 'log'] as const) {
      const { [id]: _, ...rest } = PASSING
      expect(verdictOf(checksOf(rest), [])).toBe('indeterminate')
    }
    const { status: _, ...rest } = PASSING
    expect(verdictOf(checksOf(rest), [])).toBe('attention')
    expect(verdictOf([], [])).toBe('indeterminate')
  })

  test('of two checks of one question the worse counts', () => {
    const twice = [...checksOf(PASSING), ...checksOf({ log: 'unknown' })]
    expect(verdictOf(twice, [])).toBe('indeterminate')
    expect(verdictOf([...twice, ...checksOf({ log: 'fail' })], [])).toBe('failed')
  })
})

describe('names', () => {
  test.each([
    ['髙橋建設', '高橋建設'],
    ['𠮷田組', '吉田組'],
    ['渡邉工業', '渡邊工業'],
    ['斎藤', '齊藤'],
    ['駿河建設　株式会社', '駿河建設株式会社'],
    ['㈱駿河', '株式会社 駿河'],
    ['葛\u{E0100}城市', '葛城市'],
    ['第１工区', '第1工区'],
    ['ﾌｼﾞ建設', 'フジ建設'],
    ['ABC', 'ａｂｃ'],
  ])('%s and %s are variants', (theirs, ours) => {
    expect(compareNames(theirs, ours)).toBe('variant')
    expect(compareNames(ours, theirs)).toBe('variant')
    expect(compareNames(ours, ours)).toBe('same')
  })

  test.each([
    ['高橋建設', '高梁建設'],
    ['第1工区', '第2工区'],
    ['株式会社駿河', '有限会社駿河'],
    ['富士市', '富士宮市'],
  ])('%s and %s differ', (theirs, ours) => expect(compareNames(theirs, ours)).toBe('different'))
})

describe('the comparison with a works contract', () => {
  const ours = certificate({ jvName: '駿河・甲斐特定建設工事共同企業体' })

  test('answers for what was given, in the order of the page', () => {
    const fields = matchFields(
      {
        contractorName: '駿河建設株式会社',
        ownerName: '富士市長',
        worksPeriod: { start: '2025-11-21', end: '2026-03-21' },
        worksContractDate: '2025-11-20',
        contractPrice: 50_000_001,
        worksNumber: '第25-101号',
        worksName: '市道本町線道路改良工事',
      },
      ours,
    )
    expect(fields).toEqual([
      { field: 'worksName', result: 'same', theirs: ours.worksName, ours: ours.worksName },
      { field: 'worksNumber', result: 'same', theirs: '第25-101号', ours: '第25-101号' },
      { field: 'contractPrice', result: 'different', theirs: 50_000_001, ours: 50_000_000 },
      { field: 'worksContractDate', result: 'same', theirs: '2025-11-20', ours: '2025-11-20' },
      { field: 'worksPeriod.start', result: 'same', theirs: '2025-11-21', ours: '2025-11-21' },
      { field: 'worksPeriod.end', result: 'different', theirs: '2026-03-21', ours: '2026-03-20' },
      { field: 'ownerName', result: 'same', theirs: '富士市長', ours: '富士市長' },
      {
        field: 'contractorName',
        result: 'variant',
        theirs: '駿河建設株式会社',
        ours: '駿河建設　株式会社',
      },
    ])
  })

  test('takes the JV for the contractor, and says nothing of what was not given', () => {
    const theirs = '駿河・甲斐特定建設工事共同企業体'
    expect(matchFields({ contractorName: theirs }, ours)).toEqual([
      { field: 'contractorName', result: 'same', theirs, ours: theirs },
    ])
    expect(matchFields({}, ours)).toEqual([])
  })

  test('what the certificate does not carry differs, with nothing of ours to show', () => {
    const { worksNumber: _, worksPeriod: __, ...rest } = ours
    const given = { worksNumber: '1', worksPeriod: { end: '2026-03-20' }, ownerName: '富士宮市' }
    expect(matchFields(given, rest)).toEqual([
      { field: 'worksNumber', result: 'different', theirs: '1', ours: null },
      { field: 'worksPeriod.end', result: 'different', theirs: '2026-03-20', ours: null },
      { field: 'ownerName', result: 'different', theirs: '富士宮市', ours: '富士市' },
    ])
  })
})
