import type { EventKind } from '../../guarantee/record.ts'

const eventsJa: Record<EventKind, string> = {
  issue: '新規',
  amend: '変更',
  correct: '訂正',
  cancel_amendment: '変更取消',
  cancel: '解約',
  release: '返還',
}

const eventsEn: Record<EventKind, string> = {
  issue: 'Issue (新規)',
  amend: 'Amendment (変更)',
  correct: 'Correction (訂正)',
  cancel_amendment: 'Amendment cancelled (変更取消)',
  cancel: 'Cancellation (解約)',
  release: 'Release (返還)',
}

const ja = {
  title: '電子保証情報（履歴情報）',
  note: '電子保証発行日時とは、発注者が保証証書を確認するシステム（プラットフォーム）に保証証書が到着した日時のことです。',
  onlyOne: '新規の1件のみです。',
  partial: '共有された範囲は現在の内容だけです。過去の履歴は表示されません。',
  erased: (seqs: string) => `第${seqs}版の記録は本文が消去されているため、表示できません。`,
  showAll: '訂正・変更取消も表示する',
  allShown: '訂正、変更取消された履歴も、取り消し線を付けて表示しています。',
  number: 'No.',
  current: '現在の内容',
  atThatTime: 'この時点の証書を見る',
  target: (event: string) => `（対象：${event}）`,
  replaced: (label: string) => `${label}（訂正後）`,
  reason: (text: string) => `理由：${text}`,
  hidden: {
    corrected: (by: string) => `No.${by}の訂正により置き換えられました。`,
    cancelled: (by: string) => `No.${by}の変更取消により取り消されました。`,
    is_cancellation: () => '変更取消の記録です。',
  },
  changesTitle: '変更点',
  removed: '変更前',
  added: '変更後',
  unchanged: '記載内容の変更はありません。',
  qualifiers: { increase: '増額', decrease: '減額', term: '期限変更' },
  joined: (label: string, qualifiers: string[]) => `${label}（${qualifiers.join('・')}）`,
  position: (index: string) => `台帳の第${index}番`,
  arrivedAt: '電子保証発行日時',
  event: '対象',
  events: eventsJa,
}

export type HistoryWords = typeof ja

const en: HistoryWords = {
  title: 'History (履歴情報)',
  note: 'The time is when the certificate arrived at this platform (電子保証発行日時).',
  onlyOne: 'One entry only: the issue (新規).',
  partial: 'Only the present content has been shared. Earlier history is not shown.',
  erased: (seqs) => `The record of version ${seqs} cannot be shown: its body has been erased.`,
  showAll: 'Also show corrected and cancelled entries (訂正・変更取消)',
  allShown: 'Corrected and cancelled entries are shown, struck through.',
  number: 'No.',
  current: 'Present content',
  atThatTime: 'Certificate at that time',
  target: (event) => ` of: ${event}`,
  replaced: (label) => `${label}, corrected`,
  reason: (text) => `Reason: ${text}`,
  hidden: {
    corrected: (by) => `Replaced by the correction No. ${by}.`,
    cancelled: (by) => `Cancelled by No. ${by}.`,
    is_cancellation: () => 'This entry cancels an amendment.',
  },
  changesTitle: 'Changes',
  removed: 'before',
  added: 'after',
  unchanged: 'Nothing on the certificate changed.',
  qualifiers: { increase: 'increase', decrease: 'decrease', term: 'term' },
  joined: (label, qualifiers) => `${label}: ${qualifiers.join(', ')}`,
  position: (index) => `log entry ${index}`,
  arrivedAt: 'Time of arrival (電子保証発行日時)',
  event: 'Event (対象)',
  events: eventsEn,
}

export const historyWords = { ja, en }
