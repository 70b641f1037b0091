import type { AppliedKind, Format, LineStatus, PaymentMethod } from './content.ts'

/** 手続状況 of one guarantee in the words of the pages (desk-domain.md §5); `draft` before it is sent. */
export const STATUS_WORDS: Record<LineStatus | 'draft', string> = {
  draft: '作成中',
  submitted: '送信済',
  received: '受付済',
  returned: '差戻し',
  reviewing: '審査中',
  accepted: '引受承認（保証料のご案内中）',
  premium_settled: '保証料確認済',
  issuing: '発行手続中',
  issue_failed: '発行エラー（再送中）',
  issued: '発行済',
  delivered: '発注者確認済',
  withdrawn: '取下げ',
  declined: '引受不可',
}

const NOTE_WORDS: Partial<Record<LineStatus, string>> = {
  submitted: '回答',
  returned: '理由',
  declined: '理由',
  withdrawn: '理由',
}

/** What was said with a step of 手続状況, and as what: 回答：…. */
export function noteText(status: LineStatus, note: string): string {
  const word = NOTE_WORDS[status]
  return word === undefined ? note : `${word}：${note}`
}

export const KIND_WORDS: Record<AppliedKind, string> = {
  advance_payment: '前払金保証',
  interim_advance_payment: '中間前払金保証',
  contract: '契約保証',
}

export const FORMAT_WORDS: Record<Format, string> = {
  paper: '証書(紙)',
  electronic: '電子保証(認証キーを含む)',
}

export const PAYMENT_WORDS: Record<PaymentMethod, string> = {
  monthly_lump: '一括納付',
  per_case: '都度納付',
}
