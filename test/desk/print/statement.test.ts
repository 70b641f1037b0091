import { describe, expect, test } from 'vitest'
import type { PremiumAccount } from '../../../src/desk/company/payee.ts'
import { quoteCancel } from '../../../src/desk/premium/cancel.ts'
import { quoteChange } from '../../../src/desk/premium/change.ts'
import { quote } from '../../../src/desk/premium/quote.ts'
import { quoteReversal } from '../../../src/desk/premium/reversal.ts'
import { printStatement, type Statement } from '../../../src/desk/print/statement.pdf.ts'
import { ADV, CON } from '../premium/tables.ts'
import { flatTextOf, infoOf, press } from './reading.ts'

const AT = '2025-11-20T05:05:00.000Z'
const coverage = { start: '2025-11-20', end: '2026-09-15' }
const was = { guaranteedAmount: 20_000_000, coverage }

const statement: Statement = {
  type: 'charge',
  number: 'S-2025-000045',
  issuedOn: '2025-11-20',
  madeAt: AT,
  billTo: { name: '株式会社髙橋建設', postalCode: '417-0000', address: '静岡県富士市見本町1丁目' },
  contractorName: '株式会社髙橋建設',
  ownerTitle: '富士市長',
  worksName: '市道本町線 道路改良工事（第2工区）',
  kind: 'advance_payment',
  quote: quote(ADV, was, AT),
  paymentMethod: 'per_case',
  dueOn: '2025-11-28',
  office: { company: 'あかし東建設業保証株式会社', branch: '静岡支店', phone: '054-000-0000' },
}

async function flat(what: Partial<Statement>): Promise<string> {
  return flatTextOf((await printStatement(press, { ...statement, ...what })).pdf)
}

describe('保証料計算書', () => {
  test('says how the premium came about, and that it is not taxed', async () => {
    const text = await flat({})
    for (const said of [
      '保証料計算書',
      '番号S-2025-000045',
      '〒417-0000',
      '株式会社髙橋建設御中',
      'お支払いいただく保証料金63,000円',
      '保証契約番号―（発行前）',
      '保証料支払方法都度納付（発行の前）',
      '支払期限令和7年11月28日（2025年11月28日）',
      '振込先取扱店へお問い合わせください電話054-000-0000',
      '区分対象の金額料率保証料',
      '保証金額の区分13,000,000円0.4%12,000円',
      '保証金額の区分217,000,000円0.3%51,000円',
      '保証料は消費税の非課税取引です。',
    ]) {
      expect(text).toContain(said)
    }
    expect(text).not.toContain('最低保証料')
  })

  test('says where to pay while it is open, when it was paid since, and neither by the month', async () => {
    const account: PremiumAccount = {
      ...{ bankName: '見本銀行', branchName: '見本支店', type: 'current', number: '0000000' },
      ...{ holderKana: 'アカシヒガシケンセツギヨウホシヨウ（カ', demo: false },
    }
    const open = await flat({ account })
    expect(open).toContain('振込先見本銀行見本支店当座0000000')
    expect(open).toContain('口座名義アカシヒガシケンセツギヨウホシヨウ（カ')
    expect(open).not.toMatch(/受領日|お問い合わせ/)
    const paid = await flat({ account, settledOn: '2025-11-27' })
    expect(paid).toContain('受領日令和7年11月27日')
    expect(paid).not.toMatch(/振込先|口座名義/)
    const { dueOn: _, ...monthly } = { ...statement, paymentMethod: 'monthly_lump' } as const
    const lump = flatTextOf((await printStatement(press, { ...monthly, account })).pdf)
    expect(lump).toContain('一括納付（当月分をまとめて、翌月のご請求に含めます）')
    expect(lump).not.toMatch(/支払期限|振込先/)
  })

  test('wears 見本料率 where the table is a sample, and only there', async () => {
    const text = await flat({})
    expect(text).toMatch(/^見本料率/)
    expect(text).toContain('見本料率による計算です。実在の料率ではありません。')
    const { mark: _, ...own } = { ...quote(ADV, was, AT), rateTableLabel: '料率表' }
    expect(await flat({ quote: own })).not.toContain('見本料率')
  })

  test('classes, started terms and the minimum are named', async () => {
    const table = { ...ADV, classes: ADV.classes }
    const classed = quote(table, { ...was, contractorClass: 'A' }, AT)
    expect(await flat({ quote: classed })).toContain('料率の区分優良区分（見本）')
    expect(await flat({ quote: classed })).toContain('金56,700円')
    const least = quote(ADV, { guaranteedAmount: 200_000, coverage }, AT)
    expect(await flat({ quote: least })).toContain('計算額800円が最低保証料を下回るため')
    const term = quote(CON, { guaranteedAmount: 5_000_000, coverage }, AT)
    const contract = await flat({ quote: term, kind: 'contract' })
    expect(contract).toContain('期間の計算10か月（1期間分）')
    expect(contract).toContain('金20,000円')
  })

  test('exact yen below one are shown as they are', async () => {
    const odd = quote(ADV, { guaranteedAmount: 3_000_001, coverage }, AT)
    expect(await flat({ quote: odd })).toContain('保証金額の区分21円0.3%0.003円')
  })

  test('a change shows before, after and the difference', async () => {
    const becomes = { guaranteedAmount: 22_400_000, coverage }
    const change = { was, becomes, on: '2026-03-02', chargedYen: 63_000 }
    const text = await flat({ quote: quoteChange({ atIssue: ADV, atChange: ADV }, change, AT) })
    expect(text).toContain('増額63,000円67,800円4,800円')
    expect(text, 'it is issued already').not.toContain('発行の前')
    expect(text).toContain('金4,800円')
    expect(text).toContain('保証金額20,000,000円から22,400,000円へ')
    expect(text).toContain('これまでの保証料63,000円')
  })
})

describe('保証料返還計算書', () => {
  test('of an increase into a lower band says why it gives back', async () => {
    const sums = (from: number, to: number) => {
      const [was, becomes] = [from, to].map((guaranteedAmount) => ({ guaranteedAmount, coverage }))
      const change = { was, becomes, on: '2026-03-02', chargedYen: 20_000 } as never
      return quoteChange({ atIssue: CON, atChange: CON }, change, AT)
    }
    const up = await flat({ type: 'refund', quote: sums(5_000_000, 5_500_000), kind: 'contract' })
    expect(up).toContain('増額20,000円19,250円△750円')
    expect(up).toContain(
      '保証金額の区分が「5,000,000円以下0.4%」から「5,000,000円超0.35%」に変わります。料率は保証金額の全額に掛かるため、増額ですが保証料は下がります。',
    )
    const down = await flat({ quote: sums(5_500_000, 5_000_000), kind: 'contract' })
    expect(down).toContain('減額ですが保証料は上がります。')
    const far = await flat({ quote: sums(5_000_000, 9_000_000), kind: 'contract' })
    expect(far).toMatch(/区分が.*料率は保証金額の全額に掛かります。/)
    expect(far).not.toContain('増額ですが')
  })

  test('of a decrease', async () => {
    const becomes = { guaranteedAmount: 15_000_000, coverage }
    const change = { was, becomes, on: '2026-03-02', chargedYen: 63_000 }
    const text = await flat({
      type: 'refund',
      quote: quoteChange({ atIssue: ADV, atChange: ADV }, change, AT),
      contractNumber: '12345-678901',
    })
    expect(text).toContain('保証料返還計算書')
    expect(text).toContain('返還する保証料金15,000円')
    expect(text).toContain('減額63,000円48,000円△15,000円')
    expect(text).toContain('保証契約番号12345-678901')
    expect(text).not.toMatch(/支払期限|保証料支払方法|お支払い|振込先/)
  })

  test('names what else is open, and what all of it comes to', async () => {
    const given = { stage: 'before_advance_paid', chargedYen: 63_000 } as const
    const refund = { type: 'refund', quote: quoteCancel(ADV, given, AT) } as const
    const charge = (yen: number) => ({ number: 'S-2025-000046', type: 'charge', yen }) as const
    const text = async (...yen: number[]) =>
      flat({ ...refund, beside: { open: yen.map(charge), asOf: '2025-12-01' } })
    expect(await text(4_800)).toContain(
      'ほかの未精算S-2025-000046（保証料4,800円）（2025年12月1日現在）差引き返還57,200円（2025年12月1日現在）',
    )
    expect(await text(62_000)).toContain('差引き0円（お支払いも返還もありません）')
    expect(await text(60_000, 5_000)).toContain('差引きお支払い3,000円')
    expect(await text()).not.toMatch(/未精算|差引き/)
  })

  test('of a cancellation', async () => {
    const given = { stage: 'before_advance_paid', chargedYen: 63_000 } as const
    const text = await flat({ type: 'refund', quote: quoteCancel(ADV, given, AT) })
    expect(text).toContain('前払金の支払前63,000円100%62,000円')
    expect(text).toContain('控除額1,000円')
    expect(text).toContain('返還する保証料金62,000円')
  })

  test('of a 訂正, which is no 変更', async () => {
    const becomes = { guaranteedAmount: 15_000_000, coverage }
    const how = { on: '2026-03-02', chargedYen: 63_000, correction: true } as const
    const change = { was, becomes, ...how }
    const corrected = quoteChange({ atIssue: ADV, atChange: ADV }, change, AT)
    const text = await flat({ type: 'refund', quote: corrected })
    expect(text).toContain('訂正の内容訂正前の保証料訂正後の保証料差額')
    expect(text).toContain('訂正日')
    expect(text).not.toContain('変更')
  })

  test('of a 変更取消 names the statements that it takes back', async () => {
    const statements = [
      { number: 'S-2025-000046', type: 'charge', yen: 4800 },
      { number: 'S-2025-000047', type: 'refund', yen: 800 },
    ] as const
    const taken = { statements: [...statements], chargedYen: 67_000 }
    const text = await flat({
      type: 'refund',
      quote: quoteReversal(quote(ADV, was, AT), taken, AT),
    })
    expect(text).toContain('返還する保証料金4,000円')
    expect(text).toContain('保証料計算書S-2025-0000464,800円△4,800円')
    expect(text).toContain('保証料返還計算書S-2025-000047800円800円')
    expect(text).toContain('これまでの保証料67,000円')
    expect(text).toContain('取消後の保証料63,000円')
    expect(text).toMatch(/^見本料率/)
  })

  test('is one tagged sheet, also with the longest names', async () => {
    const long = '髙﨑𠮷建設'.repeat(40)
    const { pdf, missing } = await printStatement(press, {
      ...statement,
      billTo: { name: long, address: long },
      contractorName: long,
      ownerTitle: long,
      worksName: `${long.slice(5)}\uE000`,
    })
    expect(infoOf(pdf)).toMatch(/Tagged: +yes/)
    expect(infoOf(pdf)).toMatch(/Pages: +1\n/)
    expect(missing).toEqual(['\uE000'])
    expect(flatTextOf(pdf)).toContain('外字（表示できない文字）')
  })
})
