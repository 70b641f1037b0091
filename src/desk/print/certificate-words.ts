import type { Day } from '../../base/time.ts'
import type { Certificate, Kind } from '../../guarantee/certificate.ts'
import { bothDays } from './words.ts'

export const titles: Readonly<Record<Kind, string>> = {
  advance_payment: '前払金保証証書',
  interim_advance_payment: '中間前払金保証証書',
  contract: '契約保証証書',
  performance_bond: '公共工事履行保証証券',
}

const advance = (money: string) =>
  `下記の公共工事について被保証者が保証契約者に支払う${money}に関し、下記の保証金額を限度として保証します。`

const PROMISES: Readonly<Record<Kind, string>> = {
  advance_payment: advance('前払金'),
  interim_advance_payment: advance('中間前払金'),
  contract:
    '下記の請負契約が保証契約者の責めに帰すべき事由により解除された場合に被保証者に生ずる損害金の支払について、下記の保証金額を限度として保証します。',
  performance_bond: '下記の請負契約の履行を保証します。',
}

/**
 * What the company promises, in our own words (desk-domain.md §2.2), by the terms that the
 * certificate itself names: no sheet is of two.
 */
export function promiseOf({ kind, terms }: Pick<Certificate, 'kind' | 'terms'>): string {
  return `当社は、${terms.title}の定めるところにより、${PROMISES[kind]}`
}

/** The sentence of an amended certificate; the day is that of the document which it changes. */
export function amendedPromise(documentDate: Day, contractNumber: string): string {
  return `${bothDays(documentDate)}付け保証契約番号${contractNumber}に係る保証契約を、下記のとおり変更しました。`
}

export const ELECTRONIC = 'この電子証書は、約款に定める電磁的方法により交付されたものです。'

export const COPY =
  'この書面は電子証書の表示内容を印刷した写しです。保証証書の提出に代わるものではありません。現在の内容は、確認サイトで保証契約番号と認証キーを入力してお確かめください。'

/** Which of the two sheets it is. */
export const sheetNatures = {
  正: 'この書面は保証証書の原本です（正副2通のうち正）。',
  副: 'この書面は原本と同時に作成した副本です（正副2通のうち副）。',
} as const

/** Why a paper certificate cannot be looked up. */
export const OUTSIDE_LOG =
  '書面の証書は電子保証の記録台帳に記録されず、確認サイトでは確認できません。お問い合わせは取扱店へお願いします。'

export const SWITCHED = 'この書面の交付により、同じ保証契約番号の電子証書は無効です。'

/** Sheets that stand instead of earlier ones, which are void. */
export interface Replacing {
  why: 'reissue' | 'correct' | 'cancel_amendment'
  on: Day
  /** Numbers of the sheets that are void. */
  sheets: readonly string[]
}

/** The word in a frame at the head of sheets that stand instead of others, and what it means. */
export const replacements: Readonly<Record<Replacing['why'], { mark: string; done: string }>> = {
  reissue: { mark: '再発行', done: '再発行した' },
  correct: { mark: '訂正', done: '記載事項を訂正して作成した' },
  cancel_amendment: { mark: '変更取消', done: '変更を取り消して作成した' },
}

/** Which sheets are void, on the sheet that stands instead of them. */
export function replacedText({ why, on, sheets }: Replacing): string {
  return `この書面は、${bothDays(on)}に${replacements[why].done}ものです。先に交付した証書（証書番号 ${sheets.join('、')}）は無効です。`
}

export const UNCHANGED = '変更のない事項は従前のとおりです。太字は変更した事項です。'

/** Across a certificate that no longer says what holds. */
export const stamps = {
  cancelled: '解約済',
  withdrawn: '取消',
  superseded: '変更前',
  released: '返還済',
} as const

export type CertificateState = keyof typeof stamps

/** The same in a line of its own, since a FAX may lose the grey. */
export const stateLines: Readonly<Record<CertificateState, string>> = {
  cancelled: '解約済　この保証契約は解約されています。',
  withdrawn: '取消　この証書は取り消されています。',
  superseded: '変更前（最新ではありません）　変更後の証書と併せてご覧ください。',
  released: '返還済　この証書は返還されています。',
}
