import { readYen } from '../../../web/amount.ts'
import { type Html, html } from '../../../web/html.ts'
import type { AppliedKind, BillTo, PaymentMethod } from '../content.ts'
import { KIND_WORDS, PAYMENT_WORDS } from '../status-words.ts'
import {
  dayInput,
  moneyInput,
  output,
  radios,
  type Sheet,
  selectInput,
  textInput,
  tick,
} from './controls.view.ts'
import { PREFIX } from './fields.ts'
import { label } from './labels.ts'
import { ratioText } from './ratio.ts'
import { billValue, OTHER_BILL } from './read-line.ts'
import { bankText } from './wide.ts'

/** What is known of a guarantee besides its fields. */
export interface LinePart {
  /** 手続状況 and 保証契約番号, as the company filled them. */
  status: string
  contractNumber: string | null
  paymentMethods: readonly PaymentMethod[]
  billTos: readonly BillTo[]
}

const FORMATS = [
  { value: 'paper', text: '証書(紙)' },
  { value: 'electronic', text: '電子保証(認証キーを含む)' },
]
const WISHES = [
  { value: 'yes', text: '希望する' },
  { value: 'no', text: '希望しない' },
]
const REDEPOSIT = [
  { value: 'no', text: '再預託を利用しない' },
  { value: 'yes', text: '再預託を利用する' },
]

const HINTS = {
  format:
    '電子保証は、発注者が保証契約番号と認証キーを使って確認サービスで内容を確認する方法です。紙の保証証書も従来どおり選べます。',
  fiscalYearAmount:
    '複数年度の契約で年度ごとに前払金を受けるときに、その年度の出来高予定額または支払限度額を入力します。単年度の契約では空欄のままにしてください。',
  amount: '発注者に請求する前払金の額です。1円単位の整数で入力してください。',
  contractAmount: '請負契約で定められた契約保証の額です。1円単位の整数で入力してください。',
  bank: '前払金を預け入れる金融機関と支店です。半角で入力しても、全角に直して申し込みます。',
  bill: '保証料計算書と請求のあて先です。登録されている請求先、または「別の請求先」を選んでください。',
}

type At = (name: string) => string

/** 前払金保証, 中間前払金保証 or 契約保証: whether, in which form, and everything that goes with it. */
export function lineView(sheet: Sheet, kind: AppliedKind, part: LinePart): Html {
  const prefix = PREFIX[kind]
  const at: At = (name) => `${prefix}.${name}`
  const advance = kind !== 'contract'
  return html`<section class="line" id="line-${prefix}" aria-labelledby="line-${prefix}-title" data-part="${prefix}">
  <h3 id="line-${prefix}-title">${KIND_WORDS[kind]}</h3>
  ${tick(sheet, at('apply'))}
  <div class="line-fields">
  <div class="pair-row">${output('手続状況', part.status)}${output('保証契約番号', part.contractNumber ?? '―（発行後に表示されます）')}</div>
  ${kind === 'interim_advance_payment' && approvalFields(sheet, at)}
  ${radios(sheet, at('format'), FORMATS, { need: 'required', hint: HINTS.format, support: formatNote() })}
  ${advance && moneyInput(sheet, at('fiscalYearAmount'), { need: 'optional', support: '（出来高予定額または支払限度額）', hint: HINTS.fiscalYearAmount })}
  ${moneyInput(sheet, at('amount'), { need: 'required', hint: advance ? HINTS.amount : HINTS.contractAmount }, ratio(sheet, kind, at))}
  ${advance && bankFields(sheet, at)}
  ${advance && radios(sheet, at('redeposit'), REDEPOSIT, { need: 'required' })}
  ${paymentField(sheet, at('payment'), part.paymentMethods)}
  ${billFields(sheet, at, part.billTos, kind)}
  ${radios(sheet, at('statement'), WISHES, { need: 'required', support: '※保証料計算書は弊社手続き完了後、保証料計算書一覧メニューからご確認いただけます。' })}
  </div>
</section>`
}

function formatNote(): Html {
  return html`※電子保証を希望される場合は、発注者が電子保証に対応していることを確認してください。<br>電子保証対応の発注者は<a href="/owners" target="_blank" rel="noopener" aria-label="電子保証対応の発注者はこちら（別の画面で開きます）">こちら</a>です。`
}

function approvalFields(sheet: Sheet, at: At): Html {
  return html`${dayInput(sheet, at('approvedDate'), { need: 'required', support: '発注者が中間前払金の認定をした日です。認定調書の写しを「その他」で添付してください。' })}
  ${textInput(sheet, at('approvalNumber'), { need: 'required' })}
  ${textInput(sheet, at('advanceNumber'), { need: 'required', width: 'number', inputMode: 'numeric', support: '当初の前払金保証の番号です（例：12345-678901）。' })}`
}

/** The live share, which the button brings up to date where no script does. */
function ratio({ form }: Sheet, kind: AppliedKind, at: At): Html {
  const advance = kind !== 'contract'
  const base = advance ? readYen(form[at('fiscalYearAmount')] ?? '') : undefined
  const share = ratioText(
    readYen(form[at('amount')] ?? ''),
    base ?? readYen(form['contractPrice'] ?? ''),
  )
  const of = `（${advance ? '請負金額もしくは今年度対象額' : '請負金額'}に対する${label(at('amount'))}の割合）`
  return html`<span class="ratio"><strong data-ratio="${PREFIX[kind]}">${share}</strong>${of}</span><noscript><button class="button button-plain button-small" type="submit" name="act" value="recalc:${PREFIX[kind]}">再計算</button></noscript>`
}

function bankFields(sheet: Sheet, at: At): Html {
  const text = bankText(sheet.form[at('bank')] ?? '', sheet.form[at('bankBranch')] ?? '')
  return html`<div class="pair-row" data-bank="${at('bank')}">
  ${textInput(sheet, at('bank'), { need: 'required', support: '例：〇〇銀行', hint: HINTS.bank })}
  ${textInput(sheet, at('bankBranch'), { need: 'required', support: '例：××支店' })}
  <p class="echo pair-echo" data-echo="${at('bank')}">${text}</p>
  </div>`
}

/** One method only is said, not asked. */
function paymentField(sheet: Sheet, field: string, methods: readonly PaymentMethod[]): Html {
  const [only] = methods
  if (methods.length === 1 && only) return output(label(field), PAYMENT_WORDS[only])
  const choices = methods.map((value) => ({ value, text: PAYMENT_WORDS[value] }))
  return selectInput(sheet, field, choices, { need: 'required' })
}

/** The name of an address in the list of those that bills went to before. */
function billText({ name, postalCode, address }: BillTo): string {
  return [name, postalCode && `〒${postalCode}`, address].filter(Boolean).join(' ')
}

function billFields(sheet: Sheet, at: At, known: readonly BillTo[], kind: AppliedKind): Html {
  const choices = [
    ...known.map((one) => ({ value: billValue(one), text: billText(one) })),
    { value: OTHER_BILL, text: '別の請求先' },
  ]
  return html`<div class="bill">
  ${kind !== 'advance_payment' && tick(sheet, at('billSame'))}
  <div class="bill-own">
  ${selectInput(sheet, at('bill'), choices, { need: 'required', hint: HINTS.bill })}
  <div class="bill-other">
  ${textInput(sheet, at('billName'), { need: 'required', support: '60文字以内' })}
  ${textInput(sheet, at('billPostal'), { need: 'required', width: 'number', inputMode: 'numeric', support: '例：417-8601' })}
  ${textInput(sheet, at('billAddress'), { need: 'required', width: 'full' })}
  </div></div></div>`
}
