import { expect, test } from 'vitest'
import { fieldsOf, readPaperForm } from '../../../src/desk/issue/life-form.ts'
import { certificate } from '../../platform/sample.ts'

const PERIOD = { start: '2026-01-16', end: '2026-09-30' }
const dated = certificate({ worksPeriod: PERIOD })
const { worksPeriod: _, ...undated } = dated

function read(current: typeof dated, end: string) {
  const sent = { ...fieldsOf(current), 'worksPeriod.end': end, reason: '工期の誤り' }
  const { wish, errors } = readPaperForm('correct', sent, current, '2026-02-03')
  const period = 'certificate' in wish ? wish.certificate?.worksPeriod : undefined
  return { period, faults: errors.map(({ field }) => field) }
}

test('the end of 工期 changes where there is one', () => {
  expect(read(dated, '2026-10-31')).toEqual({
    period: { ...PERIOD, end: '2026-10-31' },
    faults: [],
  })
})

test('nothing that is typed falls away without a word', () => {
  expect(read(undated, '2026-10-31').faults).toEqual(['worksPeriod.end'])
  expect(read(undated, '')).toEqual({ period: undefined, faults: [] })
  expect(read(dated, '').faults).toEqual(['worksPeriod.end'])
})

test('names are kept byte for byte: blanks at their ends, compatibility characters, variants', () => {
  const worksName = '　葛\u{E0100}城線 﨑𠮷㈱①　改良工事 '
  const current = certificate({ worksName, worksPlace: '富士市' })
  const sent = { ...fieldsOf(current), worksPlace: ' 神\u{FA19} ', reason: '記載の誤り' }
  const { wish, errors } = readPaperForm('correct', sent, current, '2026-02-03')
  expect(errors).toEqual([])
  expect('certificate' in wish && wish.certificate).toMatchObject({
    worksName,
    worksPlace: ' 神\u{FA19} ',
  })
  const blank = readPaperForm('correct', { ...sent, worksName: ' 　' }, current, '2026-02-03')
  expect(blank.errors.map(({ field }) => field)).toEqual(['worksName'])
})

test('everything that is wrong is said at once, each beside its field', () => {
  const sent = {
    guaranteedAmount: '百万円',
    contractPrice: '1.5',
    'coverage.end': '2026-02-30',
    'worksPeriod.end': 'きのう',
    worksName: '工'.repeat(201),
    reason: '',
  }
  const { errors } = readPaperForm('correct', sent, dated, '2026-02-03')
  expect(errors.map(({ field }) => field).sort()).toEqual(Object.keys(sent).sort())
})

test('a reason, which is signed and shown, holds no key', () => {
  const faults = (reason: string) =>
    readPaperForm('correct', { ...fieldsOf(dated), reason }, dated, '2026-02-03').errors
  expect(faults('aB3dE5gH7jK')).toEqual([])
  expect(faults('aB3dE5gH7jK9')).toEqual([
    {
      field: 'reason',
      text: '理由に認証キーと思われる文字列があります。認証キーは書かずに入力してください',
    },
  ])
})
