import type { Day } from '../../base/time.ts'

/** The kinds that a contractor applies for at the desk. */
export const APPLIED_KINDS = ['advance_payment', 'interim_advance_payment', 'contract'] as const

export type AppliedKind = (typeof APPLIED_KINDS)[number]

/** 証書(紙) or 電子保証(認証キーを含む). */
export type Format = 'electronic' | 'paper'

/** 請負工事の情報. Sums are whole yen, tax included. */
export interface Works {
  /** As the owner directory has it; without a code the name was typed freely. */
  ownerCode?: string
  /** 発注者名, as it is to stand on the certificate: 富士市長. */
  ownerName: string
  worksNumber?: string
  worksName: string
  worksPlace?: string
  worksCategory: 'works' | 'consulting' | 'other'
  contractPrice: number
  /** Not yet there for a 契約保証 that comes before the signing. */
  worksContractDate?: Day
  worksPeriod: { start: Day; end: Day }
  jvName?: string
  jvMembers?: string[]
  multiYear?: boolean
  finalYear?: boolean
  lowBid?: boolean
}

/** 保証料請求先. */
export interface BillTo {
  name: string
  postalCode?: string
  address?: string
}

/** 保証の申込内容 of one guarantee. */
export interface ApplicationLine {
  kind: AppliedKind
  format: Format
  guaranteedAmount: number
  /** 今年度対象額; advances only. */
  fiscalYearAmount?: number
  /** 預託金融機関, full-width; advances only. */
  depositBank?: string
  /** 再預託利用区分; advances only. */
  redeposit?: boolean
  paymentMethod: PaymentMethod
  billTo: BillTo
  /** 保証料計算書(紙)を希望する. */
  paperStatement: boolean
  /** Why an electronic guarantee is asked for although the owner is not known to take it. */
  ownerReason?: string
  /** 認定日, 認定番号, 前払金の保証契約番号; interim advances only. */
  interim?: { approvedDate: Day; approvalNumber: string; advanceContractNumber: string }
}

/** 一括納付 of a month's premiums, or paid case by case before the issue. */
export type PaymentMethod = 'monthly_lump' | 'per_case'

/** インフォメーション: where it is sent, who is told, whom to ask. */
export interface Information {
  /** 申込送信先: id of a branch of the company's profile. */
  branch: string
  /** 電子保証発行完了のお知らせ. */
  notify: boolean
  emails: string[]
  department?: string
  title?: string
  person?: string
  phone?: string
  /** お客様から弊社への連絡事項. */
  message?: string
}

/** What a contractor sent, after every check. */
export interface ApplicationContent {
  contractor: { name: string; address?: string; representative?: string }
  works: Works
  /** One to three, each kind at most once. */
  lines: ApplicationLine[]
  information: Information
  /** 差戻しへの回答, of an application that is sent anew. */
  answer?: string
}

/** What was sent: of a sending after 差し戻し, also which guarantees went with it. */
export interface SentContent extends ApplicationContent {
  sentAnew?: AppliedKind[]
}

/** 手続状況 of one guarantee (desk-domain.md §5). */
export type LineStatus =
  | 'submitted'
  | 'received'
  | 'returned'
  | 'reviewing'
  | 'accepted'
  | 'premium_settled'
  | 'issuing'
  | 'issue_failed'
  | 'issued'
  | 'delivered'
  | 'withdrawn'
  | 'declined'
