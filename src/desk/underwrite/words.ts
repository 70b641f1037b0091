import type { FaultCode } from '../../base/fault.ts'
import type { Action } from './deed.ts'
import type { Tab } from './inbox.ts'

export const TAB_WORDS: Record<Tab, string> = {
  new: '受付前',
  review: '審査中',
  waiting: '発行待ち',
  issued: '発行済',
  returned: '差戻し',
  ended: '取下げ・引受不可',
}

export const ACTION_WORDS: Record<Action, string> = {
  receive: '受け付ける',
  review: '審査を始める',
  return: '差し戻す',
  accept: '引受を承認する',
  decline: '引受不可とする',
  settle: '保証料の受領を確認する',
  issue: '発行へ進む',
}

export const DONE_WORDS: Record<Action | 'drop' | 'sheets', string> = {
  receive: '受け付けました。次は承認者が審査し、引受を承認します。',
  review: '審査を始めました。',
  return: '差し戻しました。請負契約者が直して、もう一度送信します。',
  accept: '引受を承認し、保証料計算書を作りました。請負契約者の保証料計算書一覧にも表示されます。',
  decline: '引受不可としました。理由は、請負契約者の申込のページに表示されます。',
  settle: '保証料の受領を確認しました。発行できます。',
  issue: '署名しました。電子保証の記録をプラットフォームへ送ります。',
  sheets: '証書（紙）を作成しました。保証契約番号を選び、「手続へ進む」から印刷してください。',
  drop: '発行を取りやめました。発行の前の状態に戻っています。',
}

export const NEED_REASON: Partial<Record<Action, string>> = {
  return: '差し戻す理由を入力してください',
  decline: '引受不可とする理由を入力してください',
}

/** What 差し戻し does to what was billed. */
export const RETURN_WORDS = {
  billed: '保証料計算書は取り消されます。',
  paid: '受領した保証料の保証料返還計算書（全額）を作ります。返還したら、保証料計算書一覧で記録してください。',
} as const

/** Why a guarantee cannot be accepted: what blocks it at the platform. */
export const BLOCK_WORDS: Partial<Record<FaultCode, string>> = {
  owner_unknown:
    '発注者が、電子保証に対応する発注者の一覧にありません。引受を承認していません。発注者名を確かめてもらうために差し戻すか、証書（紙）で申し込んでもらってください。',
  kind_not_accepted:
    '発注者は、この種類の電子保証を受け付けていません。引受を承認していません。差し戻して、証書（紙）で申し込んでもらってください。',
  owner_not_started:
    '請負契約締結日が、発注者の電子保証の開始日より前です。引受を承認していません。差し戻して、日付を確かめてもらうか、証書（紙）で申し込んでもらってください。',
  amount_invalid:
    '保証金額が請負金額を超えています。引受を承認していません。差し戻して、金額を直してもらってください。',
}

/** 受領の確認: what is asked, and what is wrong with the day that was typed. */
export const RECEIPT_WORDS = {
  sum: '受領した保証料',
  day: '受領した日',
  support: '例：2026-11-28、令和8年11月28日',
  unread: '日付を、年月日で入力してください（例：2026-11-28、令和8年11月28日）',
  future: '日付が今日より後です。今日までの日付を入力してください',
  early: (billed: string) =>
    `日付が、計算書を作った日（${billed}）より前です。日付を確かめてください`,
} as const

export const STATEMENT_WORDS = { charge: '保証料計算書', refund: '保証料返還計算書' } as const

/** How a statement stands, and what a company does about it. */
export const SETTLED_WORDS = {
  charge: { open: undefined, done: '受領済み', mark: '受領済みにする', day: '受領した日' },
  refund: { open: '返還', done: '返還済み', mark: '返還済みにする', day: '返還した日' },
  undo: '記録を取り消す',
  why: '取り消す理由',
  whyMissing: '取り消す理由を入力してください',
  netted: '差し引いて精算したときは、それぞれを記録してください。',
  notices: {
    done: '記録しました。',
    undone: '記録を取り消しました。計算書は未精算に戻りました。',
    taken: 'ほかの人が先に記録しました。今の内容を確かめてください。',
  },
} as const

/** To who accepted a guarantee, where the company asks for four eyes. */
export const HELD_WORDS =
  '引受を承認した人は、発行できません（二人による確認）。別の担当者が発行してください。'

/** The page that shows what would be issued. */
export const ISSUE_WORDS = {
  title: '発行内容の確認',
  lead: {
    electronic:
      'まだ発行していません。次の内容で電子保証の記録を作り、貴社の鍵で署名して、プラットフォームへ送信します。発行したあとに直すには、変更・訂正・解約の手続が必要です。',
    paper:
      'まだ発行していません。次の内容で証書（紙）の正・副を作成します。発行したあとに直すには、変更・訂正・再発行・解約の手続が必要です。',
  },
  warnings: '注意すること',
  noWarnings: '注意することはありません。',
  blocked:
    'このままではプラットフォームが受け付けないため、発行できません。理由は「注意すること」にあります。',
  expired: '保証期限が過ぎています',
  expiredText: 'この保証は、発行しても効力がありません。',
  sign: { electronic: '署名して発行する', paper: '作成して発行する' },
  back: '戻る',
  who: '引受と発行',
  accepted: '引受を承認した人',
  issuing: '発行する人',
  another: '引受を承認した人とは別の担当者または承認者',
  secondNeeded: '二人による確認：引受を承認した人とは別の人が発行します。',
  key: '署名に使う鍵',
  authKey: '認証キー',
  authKeyText: '署名するときに作ります。この画面には表示しません。',
  sheets: '証書番号',
  office: '取扱店',
  approvalNumber: '認定番号',
  numberNote: (number: string) => `発行すると、保証契約番号は ${number} に決まります。`,
  numberTaken: (was: string, now: string) =>
    `ほかの保証が先に発行されたため、保証契約番号が ${was} から ${now} に変わりました。発行していません。もう一度確認してください。`,
  changed:
    '確認のあとで、発行する内容（証書の日付・証書番号・会社の情報など）が変わりました。発行していません。今の内容をもう一度確認してください。',
} as const
