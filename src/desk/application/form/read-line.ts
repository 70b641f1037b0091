import { codePoints, foldCode } from '../../../base/text.ts'
import { MOST_YEN } from '../../../base/yen.ts'
import { foldContractNumber } from '../../../guarantee/contract-number.ts'
import { showYen } from '../../../web/show.ts'
import type { ApplicationLine, AppliedKind, BillTo, PaymentMethod } from '../content.ts'
import { KIND_WORDS } from '../status-words.ts'
import { PREFIX } from './fields.ts'
import { fullLabel as label } from './labels.ts'
import type { FormReader } from './reader.ts'
import { bankText, readPostal, toFullWidth } from './wide.ts'

/** What the lines are read against. */
export interface LineContext {
  contractPrice: number | undefined
  paymentMethods: readonly PaymentMethod[]
  /** Addresses that bills went to before, the firm's own first. */
  billTos: readonly BillTo[]
}

/** A line as far as it could be read. */
export type LineRead = { kind: AppliedKind } & {
  [K in Exclude<keyof ApplicationLine, 'kind'>]?: ApplicationLine[K] | undefined
}

const MOST_BANK = 40

/** One guarantee; `same` is the bill address of the advance payment guarantee, where there is one. */
export function readLine(
  reader: FormReader,
  kind: AppliedKind,
  context: LineContext,
  same: BillTo | undefined | 'none',
): LineRead {
  const at = (name: string) => `${PREFIX[kind]}.${name}`
  const advance = kind !== 'contract'
  const interim = kind === 'interim_advance_payment' ? readApproval(reader, at) : undefined
  const format = reader.choice(at('format'), ['electronic', 'paper'])
  const fiscalYearAmount = advance ? reader.yen(at('fiscalYearAmount')) : undefined
  const guaranteedAmount = reader.yen(at('amount'), { required: true })
  checkLimit(reader, at('amount'), guaranteedAmount, fiscalYearAmount, context.contractPrice)
  const depositBank = advance ? readBank(reader, at) : undefined
  const redeposit = advance ? reader.choice(at('redeposit'), ['no', 'yes']) : undefined
  const paymentMethod = readPayment(reader, at('payment'), context.paymentMethods)
  const billTo = readBill(reader, at, context.billTos, same)
  const statement = reader.choice(at('statement'), ['yes', 'no'])
  return {
    kind,
    interim,
    format,
    fiscalYearAmount,
    guaranteedAmount,
    depositBank,
    redeposit: redeposit && redeposit === 'yes',
    paymentMethod,
    billTo,
    paperStatement: statement && statement === 'yes',
  }
}

type At = (name: string) => string

function readApproval(reader: FormReader, at: At): ApplicationLine['interim'] | undefined {
  const approvedDate = reader.day(at('approvedDate'), { required: true })
  const approvalNumber = reader.text(at('approvalNumber'), { required: true, most: 60 })
  const typed = reader.text(at('advanceNumber'), { required: true })
  const advanceContractNumber = typed && foldContractNumber(typed)
  if (advanceContractNumber !== undefined && codePoints(advanceContractNumber) > 40) {
    reader.wrong(at('advanceNumber'), `${label(at('advanceNumber'))}は40文字以内で入力してください`)
  }
  return approvedDate && approvalNumber && advanceContractNumber
    ? { approvedDate, approvalNumber, advanceContractNumber }
    : undefined
}

/** A guarantee of more than its base is impossible. */
function checkLimit(
  { wrong }: FormReader,
  field: string,
  amount: number | undefined,
  fiscalYearAmount: number | undefined,
  price: number | undefined,
): void {
  if (amount === undefined) return
  const limits: [string, number | undefined][] = [
    ['今年度対象額', fiscalYearAmount],
    ['請負金額', price],
  ]
  const exceeded = limits.find(([, limit]) => amount > (limit ?? MOST_YEN))
  if (!exceeded) return
  const [name, limit = MOST_YEN] = exceeded
  wrong(field, `${label(field)}は${name}（${showYen('ja', limit)}）以下で入力してください`)
}

function readBank(reader: FormReader, at: At): string | undefined {
  const parts = (['bank', 'bankBranch'] as const).map((name) => {
    const text = reader.text(at(name), { required: true })
    if (text === undefined) return undefined
    const count = codePoints(toFullWidth(text))
    return count <= MOST_BANK
      ? text
      : reader.wrong(
          at(name),
          `${label(at(name))}は${MOST_BANK}文字以内で入力してください（いま${count}文字です）`,
        )
  })
  const [bank, branch] = parts
  return bank && branch && bankText(bank, branch)
}

/** Where the company takes one method only, there is nothing to choose. */
function readPayment(
  reader: FormReader,
  field: string,
  methods: readonly PaymentMethod[],
): PaymentMethod | undefined {
  return methods.length === 1 ? methods[0] : reader.choice(field, methods)
}

/** The value under which a known address stands in the list of addresses. */
export function billValue({ name, postalCode = '', address = '' }: BillTo): string {
  return JSON.stringify([name, postalCode, address])
}

/** 別の請求先. */
export const OTHER_BILL = 'other'

function readBill(
  reader: FormReader,
  at: At,
  known: readonly BillTo[],
  same: BillTo | undefined | 'none',
): BillTo | undefined {
  if (reader.ticked(at('billSame'))) {
    if (same !== 'none') return same
    const text = `${KIND_WORDS.advance_payment}を申し込まないときは、${label(at('bill'))}を選んでください`
    return reader.wrong(at('billSame'), text)
  }
  const chosen = reader.form[at('bill')]
  const match = known.find((one) => billValue(one) === chosen)
  if (match) return match
  if (chosen !== OTHER_BILL) return reader.wrong(at('bill'), `${label(at('bill'))}を選んでください`)
  const name = reader.text(at('billName'), { required: true, most: 60 })
  const postalText = `${label(at('billPostal'))}は数字7けたで入力してください（例：417-8601）`
  if (foldCode(reader.form[at('billPostal')] ?? '') === '') {
    reader.wrong(at('billPostal'), `${label(at('billPostal'))}を入力してください`)
  }
  const postalCode = reader.read(at('billPostal'), readPostal, postalText)
  const address = reader.text(at('billAddress'), { required: true })
  return name && postalCode && address ? { name, postalCode, address } : undefined
}
