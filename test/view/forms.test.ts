import { describe, expect, test } from 'vitest'
import { readContractForm } from '../../src/view/contract-form.ts'
import { readLookupForm } from '../../src/view/lookup-form.ts'
import { readShareForm } from '../../src/view/share-form.ts'

const PAIR = { contractNumber: '12345-678901', authKey: 'Z28YUE4J3Bux' }

const lookup = (contractNumber: string, authKey: string, onlyDefault = true) =>
  readLookupForm('ja', { contractNumber, authKey }, onlyDefault)

describe('the look-up form', () => {
  test('full width, other hyphens and spaces are taken', () => {
    expect(lookup('１２３４５ー６７８９０１', ' Z28Y UE4J 3Bux ')).toEqual({
      fields: PAIR,
      errors: [],
    })
    expect(lookup('12345678901', 'Ｚ２８ＹＵＥ４Ｊ３Ｂｕｘ')).toEqual({ fields: PAIR, errors: [] })
  })

  test('a whole notice pasted into either field fills both', () => {
    const notice = '保証契約番号 12345-678901\n認証キー Z28YUE4J3Bux\n'
    expect(lookup(notice, '').fields).toEqual(PAIR)
    expect(lookup('', notice).fields).toEqual(PAIR)
  })

  test('empty fields are asked for', () => {
    expect(lookup('', '').errors).toEqual([
      { field: 'contractNumber', text: '保証契約番号を入力してください' },
      { field: 'authKey', text: '認証キーを入力してください' },
    ])
  })

  test('a number of another shape is wrong only where every issuer numbers alike', () => {
    expect(lookup('1234-5', PAIR.authKey).errors[0]?.text).toContain('数字11けた')
    expect(lookup('AB-0001', PAIR.authKey, false).errors).toEqual([])
  })

  test('a key says how many characters it has and which cannot be', () => {
    expect(lookup(PAIR.contractNumber, 'Z28YUE4J3B').errors[0]?.text).toBe(
      '認証キーは12文字です。いま10文字入力されています',
    )
    expect(lookup(PAIR.contractNumber, 'Z28YUE4J3Bu。').errors[0]?.text).toBe(
      '認証キーに使えない文字（。）が含まれています',
    )
  })
})

describe('the comparison form', () => {
  test('amounts and days are taken as people write them, empty fields left out', () => {
    const sent = {
      worksName: ' 本町線 ',
      contractPrice: '５０，０００，０００円',
      'worksPeriod.end': 'R8.9.30',
      ownerName: '',
    }
    expect(readContractForm('ja', sent)).toEqual({
      contract: {
        worksName: '本町線',
        contractPrice: 50_000_000,
        worksPeriod: { end: '2026-09-30' },
      },
      errors: [],
    })
  })

  test('names keep the characters that they were typed in', () => {
    expect(readContractForm('ja', { contractorName: '㈱髙田' }).contract.contractorName).toBe(
      '㈱髙田',
    )
  })

  test('every field that is wrong is named', () => {
    const sent = { contractPrice: '5千万', worksContractDate: '昨日', worksName: 'あ'.repeat(201) }
    expect(
      readContractForm('ja', sent)
        .errors.map(({ field }) => field)
        .toSorted(),
    ).toEqual(['contractPrice', 'worksContractDate', 'worksName'])
  })

  test('nothing entered is an error', () => {
    expect(readContractForm('ja', {}).errors).toHaveLength(1)
    expect(readContractForm('ja', { worksName: '  ' }).errors).toHaveLength(1)
  })
})

describe('the share form', () => {
  const token = 'AbCdEfGhIjKlMnOpQrStUA'

  test('a whole link, or the token alone, is taken', () => {
    expect(
      readShareForm('ja', `こちらです https://h.example/v#${token} ご確認ください`).token,
    ).toBe(token)
    expect(readShareForm('ja', token).token).toBe(token)
  })

  test('nothing and something else are told apart', () => {
    expect(readShareForm('ja', ' ').errors[0]?.text).toBe('共有リンクを貼り付けてください')
    expect(readShareForm('ja', 'https://h.example/').errors[0]?.text).toContain('形式')
  })
})
