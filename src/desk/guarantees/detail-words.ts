/** The words of 詳細; those of the leaflet are its own. */
export const detailWords = {
  breadcrumb: '現在の場所',
  summary: (kind: string) => `電子保証概要（${kind}）`,
  paperSummary: (kind: string) => `保証の概要（${kind}）`,
  latest: '※最新の情報を表示しています。',
  product: '商品名',
  life: '保証契約の手続',
  lifeText: '変更・訂正・解約・再発行、証書（紙）の印刷、記録の送信状況の確認ができます。',
  toLife: '手続へ進む',
  proposal: (event: string, who: string, at: string) =>
    `承認待ち：${event}（${who}さんが ${at} に依頼）`,
  state: '契約の状態',
  ended: (state: string) => `この保証は${state}です。`,
  keyEnded:
    '発注者がこの認証キーで確認すると、今の効力はないと表示されます。認証キーのお知らせ（PDF）は、効力のある保証だけに発行します。',
  noNotice: '認証キーのお知らせは発行できません',
  noNoticeText:
    '認証キーのお知らせ（PDF）は、効力のある保証だけに発行します。発注者に経緯を確かめていただくときは、「詳細」の保証契約番号と認証キーをお使いください。',
  key: '認証キー',
  keyNote:
    '※発注者にお知らせください。(印刷ボタンをクリックして、PDFデータを発注者に提出することをお奨めします。)',
  copy: 'コピー',
  copied: 'コピーしました',
  print: '印刷',
  printHelp: '印刷方法について',
  keyWish: '認証キーをなくしたとき、漏れたおそれがあるとき',
  keyWishAtOffice:
    '認証キーをなくしたとき、漏れたおそれがあるときは、取扱店にご連絡ください。認証キーを再発行します。',
  sharesMade:
    'このリンクとQRコードが表示されるのは今回だけです。リンクをコピーして、確認する方にお渡しください。',
  issuing: '発行手続き中です。完了すると認証キーが表示されます。',
  changing: (event: string) =>
    `${event}の手続き中です。完了すると、ここに表示される内容が新しくなります。`,
  paper: 'この保証は証書（紙）で発行しています。認証キーと電子保証の履歴はありません。',
  converted: 'この保証は書面へ切り替えられました。電子証書は無効です。',
  notForCompany:
    '認証キーは、請負契約者だけに表示されます。お問い合わせがあったときは、請負契約者にこの画面の「詳細」をご案内ください。漏えいなどのときは認証キーを再発行します。',
  pendingTitle: 'プラットフォームへの到着',
  notArrived: (event: string, tries: number) => `${event}：未到着（再送待ち ${tries}回目）`,
  refused: (event: string, fault: string) =>
    `${event}：未到着（プラットフォームが受け付けませんでした：${fault}）`,
  history: '電子保証情報（履歴情報）',
  historyNote: '※訂正、変更取消された履歴は表示されません。',
  columns: ['No.', '電子保証発行日時', '対象', '電子保証'],
  select: '選択',
  selectOf: (number: number, event: string) => `No.${number} ${event}の電子保証を選択`,
  mail: '提出用メール文面',
  mailShow: '文面を表示',
  mailText: {
    usual:
      '発注者へ提出するメールの文面です。認証キーは文面に書かず、お知らせ（PDF）を添付してください。',
    owner:
      '発注者が定めたメールの文面です。認証キーは文面に書かず、お知らせ（PDF）を添付してください。',
    ownerWithKey:
      '発注者が定めたメールの文面です。発注者の定めにより、本文に認証キーが入ります。宛先をよく確かめて送ってください。',
    unknown:
      '確認できません。発注者が定めた文面と提出先をプラットフォームから受け取れませんでした。次は一般的な文面です。発注者の定めを確かめてからお使いください。',
  },
  mailTo: '宛先',
  mailToNone: '発注者の提出先を確認してください。',
  mailSubject: '件名',
  mailBody: '本文',
  copySubject: '件名をコピー',
  copyBody: '提出用メール文面をコピー',
  doings: '発注者の確認状況',
  doingsUnknown: '確認できません。プラットフォームから確認状況を受け取れませんでした。',
  doingsBefore: (at: string) => `最後に受け取れたのは ${at} です。`,
  doingsLookups: '番号と認証キーによる確認',
  doingsOpenings: '共有リンクが開かれた回数',
  doingsCount: (count: number, last: string | undefined) =>
    last === undefined ? `${count}回` : `${count}回（最終 ${last}）`,
  doingsNone: (at: string) => `${at} の時点では、まだ確認されていません。`,
  doingsAsOf: (at: string) => `${at} の時点。どなたが確認したかは、この画面では分かりません。`,
  shares: '共有リンク・QRコード',
  sharesText:
    '認証キーを入力しなくても内容を確認できるリンクです。期限があり、いつでも取り消せます。',
  sharesUnknown: '確認できません。共有リンクの一覧をプラットフォームから受け取れませんでした。',
  sharesNone: '共有リンクはまだありません。',
  sharesMake: '共有リンク・QRコードを作る',
  sharesEnded: '効力を失った保証の共有リンクは、新しく作れません。',
  notice: 'お知らせメール',
  noticeTrouble:
    'お知らせメールをお届けできませんでした。次の宛先をご確認のうえ、取扱店にご連絡ください。',
  noticeNone: 'この保証のメールはありません。',
  noticeColumns: ['日時', '件名', '宛先', '状態'],
  version: (label: string, number: string) => `${label}の電子保証（${number}）`,
  versionNow: '※最新の情報を表示しています。',
  versionThen: '※この時点の内容です。最新の内容は「詳細」でご確認ください。',
  back: '詳細に戻る',
  unanswered: (seconds: number) =>
    `プラットフォームから応答がありません（${seconds}秒前に問い合わせました）。「確認できません」とあるものは、少し待ってからこの画面を開き直すと、もう一度問い合わせます。`,
  untold: 'この先の内容を表示できませんでした。しばらくしてから、この画面を開き直してください。',
}
