import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contextOf } from '../../../src/desk/application/form/context.ts'
import { type Form, formOf } from '../../../src/desk/application/form/fields.ts'
import {
  type Company,
  type FormContext,
  readApplication,
} from '../../../src/desk/application/form/read-application.ts'
import { CONTEXT, FUJI } from './context.ts'
import { FILLED } from './desk.ts'
import { EVERY_ERROR, EVERYTHING_WRONG } from './everything-wrong.ts'

const read = (change: Record<string, string> = {}, context: Partial<FormContext> = {}) =>
  readApplication(formOf({ ...FILLED, ...change }), { ...CONTEXT, ...context })

const texts = (change: Record<string, string>, context: Partial<FormContext> = {}) =>
  read(change, context).errors.map(({ text }) => text)

test('no free text of an application holds what may be a key; each is named', () => {
  const key = 'aB3dE5gH7jK9'
  const holds = 'に認証キーと思われる文字列があります。認証キーは書かずに入力してください'
  expect(texts({ answer: `キーは${key}`, message: key }, { returned: true })).toEqual([
    `差戻しへの回答${holds}`,
    `お客様から弊社への連絡事項${holds}`,
  ])
  expect(read({ ownerReason: key }).errors).toEqual([
    { field: 'ownerReason', text: expect.stringMatching(new RegExp(`.${holds}$`)) },
  ])
  expect(texts({ message: `${key}x`, worksName: key })).toEqual([])
})

test('what was returned needs an answer, and goes to the company that returned it', async () => {
  const answered = (answer: string) => texts({ answer }, { returned: true })
  expect(answered(' ')).toEqual(['差戻しへの回答を入力してください'])
  expect(answered('直しました\r\nご確認ください')).toEqual([])
  expect(answered('あ'.repeat(401))).toEqual([
    '差戻しへの回答は400文字以内で入力してください（いま401文字です）',
  ])
  expect(read({ answer: '一\r\n二' }, { returned: true }).content?.answer).toBe('一\n二')
  expect(read({ answer: '何も聞かれていない' }).content?.answer).toBeUndefined()
  const companies = [...CONTEXT.companies, { ...CONTEXT.companies[0], issuer: 'west' }] as Company[]
  const ports = {
    companies: async () => companies,
    owners: async () => [FUJI],
    unanswered: () => undefined,
    report() {},
  }
  const { organisation } = CONTEXT
  const elsewhere = { branch: 'west/shizuoka', answer: '直しました' }
  const again = await contextOf(ports, organisation, CONTEXT.billTos, [], 'akashi-east')
  expect(texts(elsewhere, again)).toEqual(['申込送信先を選んでください'])
  expect(texts({ ...elsewhere, branch: 'akashi-east/shizuoka' }, again)).toEqual([])
  const first = await contextOf(ports, organisation, CONTEXT.billTos, [])
  expect(read(elsewhere, first)).toMatchObject({ errors: [], issuer: 'west' })
})

test('a wrong address is said with all the rest, while it is open whether it is used', () => {
  const wrong = { email1: 'foo@@bar', notify: '', 'advance.format': '' }
  const said = 'メールアドレスの形が正しくありません（例：soumu@example.co.jp）'
  expect(texts(wrong)).toContain(said)
  expect(texts({ ...wrong, notify: 'yes', email1: '' })).toContain(
    'メールアドレスを入力してください',
  )
  expect(texts({ ...wrong, notify: 'no' })).not.toContain(said)
  const onPaper = { 'advance.format': 'paper', 'contract.format': 'paper' }
  expect(texts({ ...wrong, ...onPaper })).toEqual([])
})

test('the leaflet’s application is read as it is meant', () => {
  const { content, errors, cautions, owner } = read()
  expect(errors).toEqual([])
  expect(cautions).toEqual([])
  expect(owner?.state).toBe('participates')
  expect(content?.works).toEqual({
    lowBid: false,
    ownerCode: '222101',
    ownerName: '富士市長',
    worksNumber: '第8-1号',
    worksName: '市道本町線 道路改良工事（第2工区）',
    worksPlace: '静岡県富士市見本町地内',
    worksCategory: 'works',
    contractPrice: 50_000_000,
    worksContractDate: '2026-01-15',
    worksPeriod: { start: '2026-01-16', end: '2026-09-30' },
  })
  const billTo = { name: '株式会社髙橋建設', address: '静岡県富士市見本町1-1' }
  expect(content?.lines).toEqual([
    {
      kind: 'advance_payment',
      format: 'electronic',
      guaranteedAmount: 20_000_000,
      depositBank: 'ミホン銀行　富士支店',
      redeposit: false,
      paymentMethod: 'per_case',
      billTo,
      paperStatement: false,
    },
    {
      kind: 'contract',
      format: 'electronic',
      guaranteedAmount: 5_000_000,
      paymentMethod: 'per_case',
      billTo,
      paperStatement: true,
    },
  ])
  expect(content?.information).toEqual({
    branch: 'shizuoka',
    notify: true,
    emails: ['soumu@example.jp'],
    department: '総務部',
    person: '佐藤　花子',
    phone: '0545-55-0123 内線12',
    message: '一行目\n二行目',
  })
})

test('with everything wrong, every error is said at once, in the order of the page', () => {
  const { content, errors } = readApplication(EVERYTHING_WRONG, CONTEXT)
  expect(content).toBeUndefined()
  expect(errors.map(({ field, text }) => `${field}: ${text}`)).toEqual(EVERY_ERROR)
})

test.each([
  ['advance.amount', '0', '前払金保証金額は1円から'],
  ['advance.amount', '50,000,001円', '前払金保証金額は請負金額（50,000,000円）以下で'],
  ['contract.amount', '60,000,000円', '契約保証金額は請負金額（50,000,000円）以下で'],
  [
    'advance.fiscalYearAmount',
    '10,000,000円',
    '前払金保証金額は今年度対象額（10,000,000円）以下で',
  ],
  ['advance.bank', 'あ'.repeat(41), '前払金保証：預託金融機関(全角)は40文字以内で'],
  ['advance.format', 'fax', '前払金保証：保証証書の形式を選んでください'],
  ['branch', 'west/honten', '申込送信先を選んでください'],
  ['email2', 'a@b@c.jp', 'メールアドレス（2件目）の形が'],
  ['email1', 'a@example.jp, b@example.jp', 'メールアドレスの形が'],
  ['worksName', '工事\u0007', '工事名に使えない文字'],
  ['worksName', 'あ'.repeat(201), '工事名は200文字以内で入力してください（いま201文字です）'],
  ['phone', '0545-55-012', '連絡先電話番号は0から始まる'],
  ['worksContractDate-m', '', '契約日の月を入力してください'],
  ['jvMembers', '甲建設', '構成員を入力したときは、JV名も'],
])('%s = %s is refused alone', (field, value, said) => {
  const found = texts({ [field]: value })
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(said)
})

test.each([
  ['advance.amount', '50,000,000円'],
  ['advance.bank', 'あ'.repeat(40)],
  ['worksName', 'あ'.repeat(200)],
  ['phone', '090-1234-5678'],
  ['worksContractDate', '令和８年'],
  ['message', 'あ'.repeat(1000)],
  ['email2', 'keiri@example.co.jp'],
])('%s = %s, its near twin, is taken', (field, value) => {
  expect(texts({ [field]: value })).toEqual([])
})

describe('the start-date rule', () => {
  const before = {
    'worksContractDate-m': '11',
    'worksContractDate-d': '13',
    worksContractDate: '2025',
  }
  const on = { ...before, 'worksContractDate-d': '14' }

  test('asks for a reason the day before, and goes on with one', () => {
    expect(texts(before)).toEqual(['電子保証を申し込む理由を入力してください'])
    const { content } = read({ ...before, ownerReason: '富士市に確認済み' })
    expect(content?.lines.map(({ ownerReason }) => ownerReason)).toEqual([
      '富士市に確認済み',
      '富士市に確認済み',
    ])
  })

  test('asks for none on the day, and none for paper', () => {
    expect(texts(on)).toEqual([])
    const paper = { 'advance.format': 'paper', 'contract.format': 'paper' }
    expect(texts({ ...before, ...paper })).toEqual([])
  })

  test('asks for a reason where the owner is not in the directory, or does not take the kind', () => {
    expect(texts({ ownerName: 'どこか町長' })).toEqual(['電子保証を申し込む理由を入力してください'])
    const owners = [{ ...FUJI, kinds: ['contract'] }]
    expect(texts({}, { owners })).toEqual(['電子保証を申し込む理由を入力してください'])
  })

  test('says neither yes nor no where the directory could not be read', () => {
    const { errors, owner } = read({}, { owners: undefined })
    expect(errors).toEqual([])
    expect(owner?.state).toBe('unsure')
    expect(owner?.text).toContain('確認できませんでした。')
    const silent = read({}, { owners: undefined, unanswered: 7 }).owner
    expect(silent?.text).toContain('（プラットフォームに7秒前に問い合わせました）')
  })
})

test('more than 40 % is said and passes', () => {
  const { content, cautions } = read({ 'advance.amount': '20,000,001円' })
  expect(content).toBeDefined()
  expect(cautions.map(({ field }) => field)).toEqual(['advance.amount'])
  expect(read({ 'advance.amount': '20,000,000円' }).cautions).toEqual([])
})

test('what is not ticked is neither judged nor sent', () => {
  const { content, errors } = read({
    'advance.apply': '',
    'contract.billSame': '',
    'contract.bill': FILLED['advance.bill'] ?? '',
    'advance.amount': 'x',
  })
  expect(errors).toEqual([])
  expect(content?.lines.map(({ kind }) => kind)).toEqual(['contract'])
})

test('a 契約保証 alone may come before the signing; an advance may not', () => {
  const unsigned = { worksContractDate: '', 'worksContractDate-m': '', 'worksContractDate-d': '' }
  expect(texts(unsigned)).toContain('契約日を入力してください')
  const alone = {
    'advance.apply': '',
    'contract.billSame': '',
    'contract.bill': FILLED['advance.bill'] ?? '',
  }
  expect(texts({ ...unsigned, ...alone })).toEqual([])
})

test('an interim advance needs its approval and the paper', () => {
  const interim: Form = Object.fromEntries(
    Object.entries(FILLED)
      .filter(([name]) => name.startsWith('advance.'))
      .map(([name, value]) => [name.replace('advance', 'interim'), value]),
  )
  const approval = {
    'interim.approvedDate': '2026',
    'interim.approvedDate-m': '6',
    'interim.approvedDate-d': '1',
    'interim.approvalNumber': '第3号',
    'interim.advanceNumber': '１２３４５ー６７８９０１',
    'interim.amount': '10,000,000円',
  }
  const owners = [{ ...FUJI, kinds: [...FUJI.kinds, 'interim_advance_payment'] }]
  expect(texts({ ...interim, ...approval }, { owners })).toEqual([
    '認定調書の写しを添付してください',
  ])
  const { content } = read({ ...interim, ...approval }, { owners, purposes: ['interim'] })
  expect(content?.lines[1]?.interim).toEqual({
    approvedDate: '2026-06-01',
    approvalNumber: '第3号',
    advanceContractNumber: '12345-678901',
  })
  expect(texts(interim, { owners, purposes: ['interim'] })).toEqual([
    '中間前払金保証：認定日を入力してください',
    '中間前払金保証：認定番号を入力してください',
    '中間前払金保証：前払金の保証契約番号を入力してください',
  ])
})

test('names go through byte for byte, whatever they are made of', () => {
  const name = fc
    .string({
      unit: fc.constantFrom('髙', '﨑', '𠮷', '葛\u{E0100}', '神', '㈱', '①', 'ｶﾞ', 'が', 'A', ' '),
    })
    .filter((text) => text.trim() === text && text !== '')
  fc.assert(
    fc.property(name, (worksName) => {
      fc.pre([...worksName].length <= 200)
      expect(read({ worksName }).content?.works.worksName).toBe(worksName)
    }),
    { seed: 4 },
  )
})

test('no form, however odd, makes the reader fail', () => {
  const odd = fc.dictionary(
    fc.constantFrom(...Object.keys(FILLED)),
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('on', 'yes', 'other', '1', '円')),
  )
  fc.assert(
    fc.property(odd, (form) => {
      const { content, errors } = read(form)
      expect(content === undefined).toBe(errors.length > 0)
    }),
    { seed: 4 },
  )
})
