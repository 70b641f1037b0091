import { APPLIED_KINDS, type AppliedKind } from '../content.ts'

/** What stands in the fields as it was typed, by name; every field is there, an empty one as ''. */
export type Form = Readonly<Record<string, string>>

/** How the names of the fields of one guarantee begin. */
export const PREFIX = {
  advance_payment: 'advance',
  interim_advance_payment: 'interim',
  contract: 'contract',
} as const satisfies Record<AppliedKind, string>

/** A day is typed in three boxes. */
function boxes(name: string): string[] {
  return [name, `${name}-m`, `${name}-d`]
}

const BILL = ['billSame', 'bill', 'billName', 'billPostal', 'billAddress']

const LINE_FIELDS: Record<AppliedKind, readonly string[]> = {
  advance_payment: [
    ...['apply', 'format', 'fiscalYearAmount', 'amount', 'bank', 'bankBranch', 'redeposit'],
    ...['payment', ...BILL.slice(1), 'statement'],
  ],
  interim_advance_payment: [
    ...['apply', ...boxes('approvedDate'), 'approvalNumber', 'advanceNumber', 'format'],
    ...['fiscalYearAmount', 'amount', 'bank', 'bankBranch', 'redeposit'],
    ...['payment', ...BILL, 'statement'],
  ],
  contract: ['apply', 'format', 'amount', 'payment', ...BILL, 'statement'],
}

/** Names of the fields of 請負工事の情報, in the order of the page. */
export const WORKS_FIELDS: readonly string[] = [
  ...['ownerName', 'worksNumber', 'worksName', 'worksPlace', 'worksCategory', 'contractPrice'],
  ...['worksContractDate', 'periodStart', 'periodEnd'].flatMap(boxes),
  ...['jvName', 'jvMembers', 'multiYear', 'finalYear', 'lowBid'],
]

/** Names of the fields of one guarantee, in the order of the page. */
export function lineFields(kind: AppliedKind): string[] {
  return LINE_FIELDS[kind].map((name) => `${PREFIX[kind]}.${name}`)
}

/** Names of the fields of インフォメーション. */
const INFORMATION_FIELDS: readonly string[] = [
  ...['branch', 'notify', 'email1', 'email2', 'email3'],
  ...['department', 'title', 'person', 'phone', 'message'],
]

/** Every field of the form, in the order of the page. */
export const FIELDS: readonly string[] = [
  'answer',
  ...WORKS_FIELDS,
  ...APPLIED_KINDS.flatMap(lineFields),
  'ownerReason',
  ...INFORMATION_FIELDS,
]

/** What was sent, as a form: the fields that it has, no others, each as it was typed. */
export function formOf(sent: Readonly<Record<string, string>>): Form {
  return Object.fromEntries(FIELDS.map((name) => [name, sent[name] ?? '']))
}

/** An empty form; 工事 is what nearly all are. */
export const EMPTY_FORM: Form = formOf({ worksCategory: 'works' })

/** A form as it is kept. */
export function storedForm(text: string): Form {
  return formOf(JSON.parse(text) as Record<string, string>)
}

/** Whether two forms say the same, byte for byte. */
export function sameForm(one: Form, other: Form): boolean {
  return FIELDS.every((name) => one[name] === other[name])
}

/** The kinds that are ticked. */
export function appliedKinds(form: Form): AppliedKind[] {
  return APPLIED_KINDS.filter((kind) => form[`${PREFIX[kind]}.apply`] === 'on')
}
