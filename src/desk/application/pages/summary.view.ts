import { fieldId } from '../../../web/form.ts'
import { type Content, type Html, html } from '../../../web/html.ts'
import { showDay, showYen } from '../../../web/show.ts'
import type { ApplicationContent, ApplicationLine, BillTo, Information, Works } from '../content.ts'
import { PREFIX } from '../form/fields.ts'
import { label } from '../form/labels.ts'
import { ratioText } from '../form/ratio.ts'
import { FORMAT_WORDS, KIND_WORDS, PAYMENT_WORDS } from '../status-words.ts'

/** One answer, and the field where it is changed. */
export type Answer = readonly [field: string, value: Content, name?: string]

export interface SummaryOptions {
  /** Where 変更 leads; without it there is nothing to change. */
  edit?: string
  /** 「静岡支店」 of the branch that the content names. */
  branchName: string
}

const NONE = html`<span class="none">―（入力なし）</span>`
const CATEGORIES = {
  works: '工事',
  consulting: '測量・設計・調査などの業務',
  other: 'その他（機械製造など）',
}
const yesNo = (yes: boolean): string => (yes ? '希望する' : '希望しない')

/** Every answer of an application as a description list, each with its link 変更. */
export function summaryView(content: ApplicationContent, options: SummaryOptions): Html {
  const { answer } = content
  const answered =
    options.edit !== undefined && answer !== undefined
      ? part(label('answer'), [['answer', html`<span class="prose">${answer}</span>`]], options)
      : undefined
  return html`${answered}${partsOf(content, options.branchName).map(([title, answers]) => part(title, answers, options))}`
}

/** The answers of an application under the titles of their parts; that to a 差し戻し is none of them. */
export function partsOf(
  content: ApplicationContent,
  branchName: string,
): (readonly [title: string, answers: readonly Answer[]])[] {
  const { works, lines, information } = content
  return [
    ['請負工事の情報', [['', contractorText(content), '請負契約者'], ...worksAnswers(works)]],
    ...lines.map(
      (line) => [KIND_WORDS[line.kind], lineAnswers(line, works.contractPrice)] as const,
    ),
    ['インフォメーション', informationAnswers(information, content, branchName)],
  ]
}

/** What stands for an answer in a list. */
export function answerText(value: Content): Content {
  return value ?? NONE
}

/** The answers of one part alone, for what is not open to changes any more. */
export function worksSummary(works: Works): Html {
  return rows(worksAnswers(works), undefined)
}

export function lineSummary(line: ApplicationLine, contractPrice: number): Html {
  return rows(lineAnswers(line, contractPrice), undefined)
}

function part(title: string, answers: readonly Answer[], { edit }: SummaryOptions): Html {
  return html`<section class="summary-part"><h2>${title}</h2>${rows(answers, edit)}</section>`
}

function rows(answers: readonly Answer[], edit: string | undefined): Html {
  return html`<dl class="rows answers">${answers.map(([field, value, name]) => {
    const called = name ?? label(field)
    return html`<div><dt>${called}</dt><dd>${answerText(value)}</dd>${
      edit !== undefined &&
      field !== '' &&
      html`<dd class="answer-change"><a href="${edit}#${fieldId(field)}">変更<span class="unseen">（${called}）</span></a></dd>`
    }</div>`
  })}</dl>`
}

function contractorText({ contractor }: ApplicationContent): Content {
  const { name, address, representative } = contractor
  return html`${name}${address && html`<br>${address}`}${representative && html`<br>${representative}`}`
}

function worksAnswers(works: Works): Answer[] {
  const { worksContractDate: signed, worksPeriod, jvMembers } = works
  return [
    ['ownerName', works.ownerName],
    ['worksNumber', works.worksNumber],
    ['worksName', works.worksName],
    ['worksPlace', works.worksPlace],
    ['worksCategory', CATEGORIES[works.worksCategory]],
    ['contractPrice', showYen('ja', works.contractPrice)],
    ['worksContractDate', signed && showDay('ja', signed)],
    ['periodStart', showDay('ja', worksPeriod.start)],
    ['periodEnd', showDay('ja', worksPeriod.end)],
    ['jvName', works.jvName],
    ['jvMembers', jvMembers?.map((member) => html`<span class="lines">${member}</span>`)],
    ['multiYear', works.finalYear ? '該当する（最終会計年度）' : applies(works.multiYear)],
    ['lowBid', applies(works.lowBid)],
  ]
}

function applies(ticked = false): string {
  return ticked ? '該当する' : '該当しない'
}

function lineAnswers(line: ApplicationLine, contractPrice: number): Answer[] {
  const at = (name: string) => `${PREFIX[line.kind]}.${name}`
  const { interim, fiscalYearAmount, guaranteedAmount } = line
  const advance = line.kind !== 'contract'
  const share = ratioText(guaranteedAmount, fiscalYearAmount ?? contractPrice)
  const of = fiscalYearAmount === undefined ? '請負金額' : '今年度対象額'
  const answers: (Answer | false | undefined)[] = [
    interim && [at('approvedDate'), showDay('ja', interim.approvedDate)],
    interim && [at('approvalNumber'), interim.approvalNumber],
    interim && [at('advanceNumber'), interim.advanceContractNumber],
    [at('format'), FORMAT_WORDS[line.format]],
    line.ownerReason !== undefined && ['ownerReason', line.ownerReason],
    advance && [
      at('fiscalYearAmount'),
      fiscalYearAmount === undefined ? undefined : showYen('ja', fiscalYearAmount),
    ],
    [
      at('amount'),
      html`${showYen('ja', guaranteedAmount)} <span class="support">${share}（${of}に対する割合）</span>`,
    ],
    advance && [at('bank'), line.depositBank, '預託金融機関'],
    advance && [at('redeposit'), line.redeposit ? '再預託を利用する' : '再預託を利用しない'],
    [at('payment'), PAYMENT_WORDS[line.paymentMethod]],
    [at('bill'), billText(line.billTo)],
    [at('statement'), yesNo(line.paperStatement)],
  ]
  return answers.filter((answer): answer is Answer => Boolean(answer))
}

function billText({ name, postalCode, address }: BillTo): Html {
  return html`${name}${postalCode && html`<br>〒${postalCode}`}${address && html` ${address}`}`
}

function informationAnswers(
  information: Information,
  { lines }: ApplicationContent,
  branchName: string,
): Answer[] {
  const electronic = lines.some(({ format }) => format === 'electronic')
  const { notify, emails, department, title, person, phone, message } = information
  return [
    ['branch', branchName],
    ['notify', electronic ? yesNo(notify) : '電子保証の申込みがないため、送信しません'],
    ...(notify
      ? [['email1', emails.map((email) => html`<span class="lines">${email}</span>`)] as const]
      : []),
    ['department', department],
    ['title', title],
    ['person', person],
    ['phone', phone],
    ['message', message && html`<span class="prose">${message}</span>`],
  ]
}
