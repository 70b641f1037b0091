import { APPLIED_KINDS, type AppliedKind } from '../content.ts'
import { KIND_WORDS } from '../status-words.ts'
import { FIELDS, PREFIX } from './fields.ts'

const SHARED: Record<string, string> = {
  ownerName: '発注者名',
  worksNumber: '工事番号',
  worksName: '工事名',
  worksPlace: '工事場所',
  worksCategory: '工事・業務の区分',
  contractPrice: '請負金額（税込）',
  worksContractDate: '契約日',
  periodStart: '工期（自）',
  periodEnd: '工期（至）',
  jvName: 'JV名',
  jvMembers: '構成員',
  multiYear: '債務負担行為に係る契約',
  finalYear: '最終会計年度',
  lowBid: '低入札価格調査の対象',
  ownerReason: '電子保証を申し込む理由',
  branch: '申込送信先',
  notify: '電子保証発行完了のお知らせ',
  email1: 'メールアドレス',
  email2: 'メールアドレス（2件目）',
  email3: 'メールアドレス（3件目）',
  department: '担当部署',
  title: '役職',
  person: '担当者名',
  phone: '連絡先電話番号',
  message: 'お客様から弊社への連絡事項',
  answer: '差戻しへの回答',
}

/** The labels of one guarantee's fields; a premium is called after its guarantee. */
function lineLabels(kind: AppliedKind): Record<string, string> {
  const name = KIND_WORDS[kind]
  return {
    apply: `${name}を申し込む`,
    format: '保証証書の形式について',
    approvedDate: '認定日',
    approvalNumber: '認定番号',
    advanceNumber: '前払金の保証契約番号',
    fiscalYearAmount: '今年度対象額',
    amount: `${name}金額`,
    bank: '預託金融機関(全角)',
    bankBranch: '預託金融機関の支店名(全角)',
    redeposit: '再預託利用区分',
    payment: `${name}料支払方法`,
    billSame: `${KIND_WORDS.advance_payment}料請求先と同じ`,
    bill: `${name}料請求先`,
    billName: `${name}料請求先の名称`,
    billPostal: `${name}料請求先の郵便番号`,
    billAddress: `${name}料請求先の住所`,
    statement: '保証料計算書(紙)について',
  }
}

const BY_KIND = Object.fromEntries(
  APPLIED_KINDS.map((kind) => [PREFIX[kind], { kind, labels: lineLabels(kind) }]),
)

/** What a field is called beside its input; the boxes of a day go by their day. */
export function label(field: string): string {
  const [prefix = '', name = ''] = field.replace(/-[md]$/, '').split('.')
  return SHARED[prefix] ?? BY_KIND[prefix]?.labels[name] ?? field
}

/** What a field is called where other guarantees have one of the same name: 契約保証：…. */
export function fullLabel(field: string): string {
  const kind = BY_KIND[field.split('.')[0] ?? '']?.kind
  const own = label(field)
  return kind === undefined || own.startsWith(KIND_WORDS[kind])
    ? own
    : `${KIND_WORDS[kind]}：${own}`
}

/** The fields by which people know the form: the boxes of one day together. */
export const LABELLED: readonly string[] = FIELDS.filter((name) => !/-[md]$/.test(name))
