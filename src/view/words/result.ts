import type { Verdict } from '../../guarantee/verdict.ts'

interface VerdictText {
  title: string
  /** Empty for `verified`, which says how many checks passed. */
  text: string
}

const verdictsJa: Record<Verdict, VerdictText> = {
  verified: {
    title: 'この電子保証は本物で、現在も有効です',
    text: '',
  },
  attention: {
    title: 'この電子保証は本物ですが、ご注意ください',
    text: '手続きを進める前に、下の内容をご確認ください。',
  },
  failed: {
    title: 'この電子保証を検証できませんでした',
    text: '確認で問題が見つかりました。この結果だけで手続きを進めず、保証会社にご連絡ください。',
  },
  indeterminate: {
    title: 'この電子保証の確認を完了できませんでした',
    text: '問題が見つかったわけではありませんが、本物であることを確かめられていません。',
  },
}

const verdictsEn: Record<Verdict, VerdictText> = {
  verified: {
    title: 'This electronic guarantee is genuine and in force',
    text: '',
  },
  attention: {
    title: 'This electronic guarantee is genuine, but please take note',
    text: 'Look at the points below before you go on.',
  },
  failed: {
    title: 'This electronic guarantee could not be verified',
    text: 'A check found a problem. Do not go on with this result alone; contact the guarantee company.',
  },
  indeterminate: {
    title: 'The check of this electronic guarantee could not be completed',
    text: 'No problem was found, but it has not been shown to be genuine.',
  },
}

const ja = {
  title: '電子保証の確認結果',
  verdicts: verdictsJa,
  /** Instead of the sentence for `attention`, where it is the status that calls for it. */
  statusTitles: {
    NOT_STARTED: 'この電子保証は本物ですが、保証期間がまだ始まっていません',
    EXPIRED: 'この電子保証は本物ですが、保証期間が終了しています',
    CANCELLED: 'この電子保証は本物ですが、解約されています',
    RELEASED: 'この電子保証は本物ですが、返還されています',
    ON_PAPER: 'この電子保証は本物ですが、紙の保証証書に切り替えられています',
    UNKNOWN: 'この電子保証は本物ですが、現在の効力を確認できません',
  } as Record<string, string>,
  attentionInForce: 'この電子保証は本物で有効ですが、確認していただきたい点があります',
  passed: (checks: number) => `${checks}つの確認すべてに問題はありませんでした。`,
  latest: '最新の情報を表示しています。',
  latestAmended: (amendments: number) =>
    `最新の情報（第${amendments}回変更まで）を表示しています。`,
  checkedAt: '確認日時',
  receiptId: '照会番号',
  checker: '確認者',
  selfDeclared: '（自己申告）',
  signedIn: '（ログイン済み）',
  noChecker: '記載なし',
  checksTitle: '確認の結果',
  nextTitle: '次にしていただくこと',
  contact: '保証会社の連絡先',
  phone: '電話',
  hours: '受付時間',
  site: 'ウェブサイト',
  noPhone: '登録されていません',
  warningsTitle: 'ご確認いただきたい点',
  further: (count: number) => `参考・判定できなかった項目（${count}件）`,
  severities: { warn: '注意', info: '参考', not_checkable: '判定できません', block: '不可' },
  failedContent: '記録されている内容を参考として表示する',
  failedContentNote: '検証で問題が見つかっているため、この内容を手続きに使わないでください。',
  unprovenContent: '次の内容は、本物であることを確かめられていません。',
  signature: (alg: string, kid: string) => `署名方式 ${alg}、鍵ID ${kid}`,
  saveTitle: '結果を残す',
  saveText:
    '検証票は、いつ何を確認し、どのような結果だったかを示す署名付きのファイルです。記録データがあれば、このサイトによらずに検証し直せます。',
  print: '確認書を印刷（A4）',
  printHint:
    'ブラウザーの印刷でも、同じA4の確認書になります。PDFで保存するときは、印刷先にPDFを選んでください。',
  printOptions: '確認書に載せるもの',
  optionApproval: '決裁欄を付ける',
  optionWestern: '日付を西暦だけにする',
  optionMatch: '照合結果を載せる',
  receiptFile: '検証票を保存',
  evidenceFile: '記録データ（JSON・署名付き）を保存',
  again: '別の保証を確認する',
  againTitle: 'あとでもう一度確認する',
  againText:
    'QRコードを読み取ると、保証契約番号が入力された状態で確認ページが開きます。認証キーは含まれません。',
  againAddress: 'QRコードを使わなくても確認できます。ブラウザーに次のアドレスを入力してください。',
  qrLabel: (contractNumber: string) =>
    `${contractNumber}の確認ページを開くQRコード（認証キーは含みません）`,
  shareTitle: '共有リンクを作る',
  shareText:
    '保証契約番号と認証キーを知らせずに、この電子保証を庁内で確認してもらうためのリンクです。期限を決めて作り、いつでも取り消せます。',
  shareOpen: '共有リンクの一覧と取消し',
}

export type ResultWords = typeof ja

const en: ResultWords = {
  title: 'Result of the check',
  verdicts: verdictsEn,
  statusTitles: {
    NOT_STARTED: 'This electronic guarantee is genuine, but its term has not begun',
    EXPIRED: 'This electronic guarantee is genuine, but its term has ended',
    CANCELLED: 'This electronic guarantee is genuine, but it has been cancelled',
    RELEASED: 'This electronic guarantee is genuine, but it has been released',
    ON_PAPER: 'This electronic guarantee is genuine, but paper has taken its place',
    UNKNOWN: 'This electronic guarantee is genuine, but whether it is in force cannot be checked',
  },
  attentionInForce: 'This electronic guarantee is genuine and in force, with points to look at',
  passed: (checks) => `None of the ${checks} checks found a problem. `,
  latest: 'The latest state is shown.',
  latestAmended: (amendments) =>
    `The latest state is shown, with ${amendments} ${amendments === 1 ? 'amendment' : 'amendments'}.`,
  checkedAt: 'Checked (確認日時)',
  receiptId: 'Reference (照会番号)',
  checker: 'Checked by (確認者)',
  selfDeclared: ' (self-declared, 自己申告)',
  signedIn: ' (signed in)',
  noChecker: 'not stated',
  checksTitle: 'The checks',
  nextTitle: 'What to do next',
  contact: 'Contact of the guarantee company',
  phone: 'Telephone',
  hours: 'Hours',
  site: 'Website',
  noPhone: 'not registered',
  warningsTitle: 'Points to look at',
  further: (count) => `For information, or could not be judged (${count})`,
  severities: {
    warn: 'Note',
    info: 'Information',
    not_checkable: 'Cannot be judged',
    block: 'Refused',
  },
  failedContent: 'Show the recorded content for reference',
  failedContentNote: 'A check found a problem: do not use this content for any procedure.',
  unprovenContent: 'What follows has not been shown to be genuine.',
  signature: (alg, kid) => `Signature ${alg}, key ${kid}`,
  saveTitle: 'Keep the result',
  saveText:
    'The verification receipt (検証票) is a signed file that says when what was checked, and with which result. With the record data anyone can verify again without this site.',
  print: 'Print the confirmation sheet (A4)',
  printHint:
    "Your browser's own print gives the same A4 sheet; choose PDF as the printer to keep it as a file.",
  printOptions: 'On the sheet',
  optionApproval: 'Add boxes for approval (決裁欄)',
  optionWestern: 'Western calendar only (西暦のみ)',
  optionMatch: 'Include the comparison (照合結果)',
  receiptFile: 'Save the verification receipt (検証票)',
  evidenceFile: 'Save the record data (signed JSON)',
  again: 'Check another guarantee',
  againTitle: 'To check again later',
  againText:
    'The QR code opens the look-up page with the contract number filled in. It does not contain the key.',
  againAddress: 'You can do without the QR code: type this address into your browser.',
  qrLabel: (contractNumber) =>
    `QR code that opens the look-up page for ${contractNumber}, without the key`,
  shareTitle: 'Make a share link',
  shareText:
    'A link for colleagues to see this guarantee without being given number and key. It has an expiry that you choose and can be revoked at any time.',
  shareOpen: 'List and revoke share links',
}

export const resultWords = { ja, en }
