import type { Column } from '../../web/table.ts'
import type { Format } from '../application/content.ts'

/** The leaflet's short names of kinds, as its list has them: 前払. */
export const shortKinds: Record<string, string> = {
  advance_payment: '前払',
  interim_advance_payment: '中間前払',
  contract: '契約',
  performance_bond: '履行',
}

export const formatWords: Record<Format, string> = {
  electronic: '電子保証',
  paper: '証書（紙）',
}

const PRICE: Column = { text: '請負金額', end: true }

export const listWords = {
  title: '保証契約一覧',
  electronicTitle: '電子保証（認証キー）',
  historyTitle: '電子保証履歴一覧',
  conditions: '検索条件',
  contractor: '契約者',
  kind: '保証種類',
  allKinds: 'すべての保証',
  period: '期間',
  from: '期間（開始日）',
  to: '期間（終了日）',
  daySupport: '例：2025/11/14',
  works: '工事名',
  worksSupport: '発注者名や保証契約番号の一部でも検索できます。',
  branch: '取扱店',
  allBranches: 'すべての取扱店',
  search: '検索',
  clear: '条件を消す',
  columns: ['No.', '保証種類', '保証契約番号', '発注者名・工事名', PRICE, '状態', ''],
  companyColumns: [
    'No.',
    '保証種類',
    '保証契約番号',
    '契約者',
    '発注者名・工事名',
    PRICE,
    '状態',
    '',
  ],
  waiting: (event: string) => `承認待ち：${event}`,
  detail: '詳細',
  detailOf: (number: string) => `保証契約番号 ${number} の詳細`,
  empty: '条件に合う保証契約はありません。条件を変えて検索してください。',
  none: '保証契約はまだありません。「保証申込」からお申し込みください。',
  noneOfCompany: '発行した保証契約はまだありません。',
  shown: (first: number, last: number) => `${first}～${last}件目の保証契約を表示しています。`,
  pages: '前後のページ',
  first: '最初のページへ',
  previous: (most: number) => `前の${most}件`,
  next: (most: number) => `次の${most}件`,
  csv: 'この条件の一覧をCSVで保存',
  wrongDay: '日付は年月日で入力してください（例：2025/11/14）',
  wrongOrder: '期間の終了日は、開始日と同じ日かそれより後にしてください',
}

export const historyListWords = {
  note: '※訂正、変更取消された履歴は表示されません。',
  arrival:
    '電子保証発行日時とは、発注者が保証証書を確認するシステム（プラットフォーム）に保証証書が到着した日時のことです。',
  columns: [
    'No.',
    '電子保証発行日時',
    '対象',
    '保証種類',
    '保証契約番号',
    '発注者名・工事名',
    '電子保証',
  ],
  select: '選択',
  selectOf: (number: string, event: string) => `保証契約番号 ${number} ${event}の電子保証を選択`,
  notYet: '発行手続き中',
}
