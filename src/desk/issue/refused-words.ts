import type { Refusal } from './refusals.ts'
import type { Outcome } from './refused-desk.ts'

export const REFUSED = {
  title: 'プラットフォームが受け付けませんでした',
  resend: '同じ記録をもう一度送る',
  resendNote: '原因が取り除かれたあとで押してください。同じ記録をそのまま送ります。',
  resign: '署名し直して送る',
  keyEnded: '記録の署名に使った鍵は、もう使えません（使用終了、失効など）。',
  resignNote:
    '同じ内容に、貴社の今の署名鍵で署名し直して送ります。すでに到着していたときは、送らずに、到着として扱います。',
  drop: '取りやめる',
  dropNote: 'この記録を送るのをやめ、ひとつ前の状態に戻します。理由は記録に残ります。400文字以内。',
  dropFirstNote:
    'この発行をやめ、発行の前の状態（申込一覧）に戻します。保証契約番号は欠番になります。理由は記録に残ります。400文字以内。',
  dropKeyNote:
    'この再発行をやめます。今の認証キーが使えないときは、もう一度「認証キーの再発行」を行ってください。理由は記録に残ります。400文字以内。',
  outdated: 'このあとに新しい認証キーができたため、送り直すことはできません。',
  ask: '取りやめの承認を依頼する',
  agree: '承認して取りやめる',
  withdraw: '依頼を取り下げる',
  staleTitle: '取りやめの承認依頼が残っています',
  stale:
    '取りやめようとした記録は、すでにプラットフォームに到着しています。この依頼を取り下げると、ほかの手続ができるようになります。',
  reason: '理由',
  reasonMissing: '取りやめる理由を入力してください',
  asked: (who: string, at: string) => `${who}さんが ${at} に、取りやめの承認を依頼しました。`,
  own: '依頼した人は承認できません。別の人（承認者）が承認してください。',
  trail: '受け付けられなかった記録の取扱い',
}

/** What a page says after a deed. */
export const OUTCOMES: Record<Outcome, string> = {
  resent: 'もう一度送りました。',
  resigned: '今の署名鍵で署名し直して、送りました。',
  dropped: '取りやめました。',
  arrived: '記録は、すでにプラットフォームに到着していました。到着として扱います。',
  asked: '取りやめの承認を依頼しました。',
}

export const DEEDS: Record<Refusal['deed'], string> = {
  resent: 'もう一度送った',
  resigned: '署名し直して送った',
  dropped: '取りやめた',
}
