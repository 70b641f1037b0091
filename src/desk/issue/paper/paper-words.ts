import { historyWords } from '../../../view/words/history.ts'
import { EVENT_NAMES } from '../life-words.ts'
import type { PaperContent } from './paper-content.ts'
import type { SheetSet, Standing } from './paper-rows.ts'

/** The words for sheets of a guarantee on paper. */
export const paperWords = {
  title: '証書（紙）',
  outside:
    '証書（紙）は、電子保証の記録台帳に記録されません。発注者は、確認サイトでは確認できません。',
  columns: ['証書番号', '対象', '作成', '最終の印刷', '状態', ''],
  heldColumns: ['証書番号', '対象', '作成', '状態'],
  print: '印刷（PDF）',
  printOf: (sheet: string) => `証書番号 ${sheet} の正・副を印刷（PDF）`,
  printNote:
    '正と副を1つのPDFに印刷します。同じ証書番号の証書は、何度印刷しても同じ内容です。紛失などで作り直すときは「再発行」を選んでください。',
  never: '未印刷',
  prints: (count: number) => `計${count}回`,
  approved: (who: string) => `承認 ${who}`,
  steps: '証書（紙）の手続の履歴',
  stepColumns: ['日時', '手続', '理由', '行った人'],
  noReason: '―',
  switching:
    '証書（紙）への切替の記録が、まだプラットフォームに到着していません（未到着）。到着するまでは電子保証が有効なため、証書（紙）は印刷できません。到着すると、ここで作成できます。',
  switched: (at: string) =>
    `証書（紙）への切替の記録は、${at} に到着しました。同じ保証契約番号の証書（紙）を作成できます。証書には、電子証書が無効であることが記されます。`,
  make: '証書（紙）を作成する',
  voids: '無効になる証書',
  newSheets: '新しい証書',
  newSheetsText: '確定すると、新しい証書番号の正・副を作成します。',
  toElectronic:
    '電子保証への切替は、この画面ではできません。証書（正・副）の返還を受けて「解約」し、契約者に電子保証での申込みを依頼してください。',
  voidTitle: 'この証書は無効です',
  voidText: '無効になった証書は印刷できません。有効な証書を選んで印刷してください。',
}

export const STANDINGS: Readonly<Record<Standing, string>> = {
  valid: '有効',
  amended: '変更前（変更の証書と併せて有効）',
  ended: '保証の終了',
  void: '無効',
}

const EVENTS: Readonly<Record<SheetSet['step']['event'], string>> = {
  ...historyWords.ja.events,
  reissue: EVENT_NAMES.reissue,
  to_electronic: '電子保証に戻す',
}

/** 対象 of sheets, or the name of a step. */
export function stepName({ event, paper }: Pick<SheetSet['step'], 'event' | 'paper'>): string {
  const { amended, switched } = JSON.parse(paper ?? '{}') as Partial<PaperContent>
  if (event === 'amend' && amended) return `変更 第${amended.times}回`
  return event === 'issue' && switched ? '電子保証からの切替' : EVENTS[event]
}
