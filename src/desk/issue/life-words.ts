import { historyWords } from '../../view/words/history.ts'
import type { LifeEvent, LifeTerm } from './life-events.ts'
import type { Issued } from './version-rows.ts'

export const EVENT_NAMES: Record<LifeEvent, string> = {
  ...historyWords.ja.events,
  reissue: '再発行',
  to_paper: '証書（紙）への切替',
  rekey: '認証キーの再発行',
}

/** What waits for a second person: an event, or that a record which was refused be dropped. */
export function proposalName(event: string): string {
  return EVENT_NAMES[event as LifeEvent] ?? '記録の取りやめ'
}

/** When to choose which. */
export const EVENT_NOTES: Record<LifeEvent, string> = {
  amend: '増額・減額・保証期限・工期などを変えます。番号と認証キーは変わりません。',
  correct: '今の記載の誤りを直します。直す前の履歴は、契約者の一覧に表示されなくなります。',
  cancel_amendment:
    'いちばん新しい変更・解約・返還を取り消し、その前の内容に戻します。その手続に訂正があれば、訂正も取り消されます。',
  reissue:
    '紛失などで、証書（紙）を作り直します。新しい証書番号の正・副に「再発行」と記し、これまでの証書はすべて無効になります。',
  cancel: '保証契約を解約します。このあとにできるのは、訂正と変更取消だけです。',
  to_paper: '電子保証を終え、同じ番号の証書（紙）に切り替えます。',
  release: '返還を受けたことを記録します。このあとにできるのは、訂正と変更取消だけです。',
  rekey: '新しい認証キーを作ります。今の認証キーと共有リンクは、すべて使えなくなります。',
}

/** The same for a guarantee on paper, where it is another thing there. */
export const PAPER_NOTES: Partial<Record<LifeEvent, string>> = {
  amend:
    '増額・減額・保証期限・工期などを変えます。変更前と変更後を並べた「変更」の証書（正・副）を、新しい証書番号で作ります。これまでの証書と併せて効力があります。',
  correct:
    '今の記載の誤りを直し、新しい証書番号の正・副を作ります。これまでの証書はすべて無効になります。原本の返還を受けて差し替えてください。',
  cancel_amendment:
    'いちばん新しい変更・解約・返還を取り消し、その前の内容に戻します。その手続に訂正があれば、訂正も取り消されます。取り消した変更の証書は無効になります。',
  cancel:
    '保証契約を解約します。証書（正・副）の返還を受けてください。このあとにできるのは、変更取消だけです。',
  release: '証書（正・副）の返還を受けたことを記録します。このあとにできるのは、変更取消だけです。',
}

export const TERMS: Record<LifeTerm, string> = {
  guaranteedAmount: '保証金額',
  contractPrice: '請負金額',
  fiscalYearAmount: '今年度対象額',
  'coverage.end': '保証期限',
  'worksPeriod.end': '工期の終期',
  worksName: '工事名',
  worksPlace: '工事場所',
  depositBank: '預託金融機関',
}

export const REASON_CODES = [
  { value: 'contract_terminated', text: '請負契約の解除' },
  { value: 'replaced', text: '他の保証への変更' },
  { value: 'other', text: 'その他' },
]

/** How far things are: what a 解約 gives back hangs on it. */
const ADVANCE_STAGES = [
  { value: 'before_handover', text: '証書を発注者に提出する前' },
  { value: 'before_advance_paid', text: '提出後、前払金の支払前' },
  { value: 'after_advance_paid', text: '前払金の支払後' },
]

/** The same of a 契約保証, which nothing is paid out upon. */
const CONTRACT_STAGES = [
  { value: 'before_handover', text: '証書を発注者に提出する前' },
  { value: 'before_advance_paid', text: '提出後、請負契約の締結前' },
  { value: 'after_advance_paid', text: '請負契約の締結後' },
]

/** What the stages of a 解約 are called, by the kind of the guarantee. */
export function stagesOf(kind: string) {
  return kind === 'contract'
    ? { label: '請負契約の状況', choices: CONTRACT_STAGES }
    : { label: '前払金の状況', choices: ADVANCE_STAGES }
}

/** What a guarantee is, by its state; one spelling on all pages. */
export const stateWords: Record<Issued['state'], string> = {
  issuing: '発行手続き中',
  in_force: '発行済',
  cancelled: '解約済',
  released: '返還済',
  on_paper: '書面へ切替済',
}

/** What a guarantee that goes on comes to, where its terms stay. */
export const STATES_AFTER: Partial<Record<LifeEvent, Issued['state']>> = {
  cancel: 'cancelled',
  release: 'released',
  to_paper: 'on_paper',
}

const FORMS = {
  amount: 'は、1円以上の整数で入力してください（例：20,000,000）',
  day: 'は、年月日で入力してください（例：2026-09-30、令和8年9月30日）',
  text: 'は、200文字以内で入力してください',
}

export const LIFE_ERRORS = {
  noWorksPeriod: 'この保証には工期の記載がないため、終期だけを加えることはできません。',
  missing: (name: string) => `${name}を入力してください`,
  form: (name: string, kind: keyof typeof FORMS) => name + FORMS[kind],
  notChosen: (name: string) => `${name}を選んでください`,
  reason: '理由',
  reasonMissing: '理由を入力してください',
  whyMissing: '差し戻す理由を入力してください',
  reasonForm: '理由は400文字以内で、改行せずに入力してください',
  nothingChanged: '変わる事項がありません。変える事項を入力してください',
  abovePrice: '保証金額が請負金額を超えています',
  beforeStart: (name: string) => `${name}が始期より前です`,
}

/** How a request ended that was not agreed to. */
export const ENDS: Record<'withdrawn' | 'declined' | 'overtaken', string> = {
  withdrawn: '取下げ',
  declined: '差戻し',
  overtaken: 'ほかの手続による終了',
}

/** What the page says after a deed. */
export const LIFE_DONE = {
  proposed: '承認を依頼しました。承認者が承認すると、手続が行われます。',
  agreed: '承認して、手続を確定しました。',
  made: '手続を確定しました。',
  rekey:
    '新しい認証キーを作り、プラットフォームへ送りました。到着すると、今の認証キーは使えなくなります。',
  withdrawn: '依頼を取り下げました。',
  declined: '依頼を差し戻しました。理由は、依頼した人のトップとこのページに表示されます。',
  sheets: '証書（紙）を作成しました。',
}

export type LifeDone = keyof typeof LIFE_DONE

/** Why the page says that nothing was done. */
export const LIFE_REFUSED = {
  keyTyped:
    '理由に認証キーと思われる文字があったため、理由は保存していません。認証キーを書かずに、もう一度入力してください。',
  keyMade:
    '認証キーの再発行は、すでに行われています。今の状況を確かめて、必要ならもう一度行ってください。',
  changed:
    '確認したあとに、日付、保証料などの内容が変わりました。手続はまだ行われていません。今の内容を確かめて、もう一度押してください。',
  outdated:
    'この内容を入力したあとに、別の手続が行われました。今の契約の内容と見比べて、直してから確認へ進んでください。',
  goneOn: 'ほかの人が先に手続をしました。今の内容を確かめて、必要ならもう一度行ってください。',
}

export type LifeRefused = keyof typeof LIFE_REFUSED

export const LIFE = {
  title: '保証契約の手続',
  breadcrumb: '現在の場所',
  list: '保証契約一覧',
  detailOf: (number: string) => `${number} の詳細`,
  waiting: (tries: number) => `未到着（再送待ち ${tries}回目）`,
  sending: '送信しています',
  refused: '受け付けられませんでした',
  arrived: (at: string) => `プラットフォームに到着しました ${at}`,
  onTheWay:
    '前の手続の記録が、まだプラットフォームに到着していません。到着するまで、次の手続はできません。',
  onlyKey:
    '前の手続の記録が、まだプラットフォームに到着していません。到着するまでにできる手続は、認証キーの再発行だけです。',
  nothing: '今できる手続はありません。',
  noVersion: '―',
  keyArrived: 'プラットフォームに到着しました',
  heeded: '注意すること',
  oneAtATime:
    '承認待ちの手続があります。承認、差戻し、取下げのいずれかで終わるまで、ほかの手続はできません。',
  notNow: '保証の今の状態では、この手続はできません。「手続を選ぶ」にあるものを行ってください。',
  takesCorrection:
    'この手続には、あとから訂正が行われています。取り消すと、訂正で直した記載も、その手続の前の内容に戻ります。',
  takesSwitchBack:
    '証書（紙）への切替を取り消し、電子保証に戻します。証書（紙）を作成したあとは戻せません。',
  notOnPaper: '電子保証です。証書（紙）を作るには、「証書（紙）への切替」を行ってください。',
  preview: '内容の確認',
  unchanged: '記載内容の変更はありません。',
  state: '契約の状態',
  goesOn: '継続中',
  reason: '理由',
  reasonCode: '解約の事由',
  choose: '選んでください',
  day: '例：2026-09-30、令和8年9月30日',
  charge: (yen: string) => `追加の保証料 ${yen}円`,
  due: {
    charge:
      '確定すると保証料計算書を作成し、請負契約者にメールでお知らせします（電子保証は記録が到着したとき。申込にメールアドレスがないときは送られません）。',
    refund:
      '確定すると保証料返還計算書を作成し、請負契約者にメールでお知らせします（電子保証は記録が到着したとき。申込にメールアドレスがないときは送られません）。返還の方法は、取扱店からご連絡ください（一括納付のときは、翌月のご請求で精算します）。',
  },
  refund: (yen: string) => `返還する保証料 ${yen}円`,
  noPremium: '保証料の増減はありません。',
  unknownPremium:
    'この保証の保証料は、このネットデスクに記録がないため、増減を計算できません。保証料計算書は作成しません。',
  confirm: 'この内容で確定する',
  ask: 'この内容で承認を依頼する',
  approve: '承認して確定する',
  withdraw: '依頼を取り下げる',
  sendBack: '差し戻す',
  sendBackReason: '差し戻す理由',
  sendBackNote: '依頼した人が、理由を読んで直します。400文字以内。',
  sentBack: (event: string) => `${event}の依頼が差し戻されました`,
  sentBackBy: (who: string, at: string) => `${who}さんが ${at} に差し戻しました。`,
  again: '内容を直して、もう一度依頼する',
  dropAgain: '取りやめるときは、上の「取りやめる」に理由を書き直して、もう一度依頼してください。',
  notAgreed: '承認されなかった依頼',
  back: '入力に戻る',
  next: '確認へ進む',
  proposed: (who: string, at: string) => `${who}さんが ${at} に承認を依頼しました。`,
  outdated:
    '依頼のあとに状況が変わったため、この手続は行えません。依頼を終えてから、今の状況に合う手続を行ってください。',
  ownProposal: '依頼した人は承認できません。別の人が承認してください。',
}
