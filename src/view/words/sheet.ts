const ja = {
  title: '電子保証 確認結果',
  address: '確認先アドレス',
  approval: '決裁欄',
  approvers: ['課長', '係長', '担当'],
  outline: (kind: string) => `電子保証概要（${kind}）`,
  history: '電子保証情報（履歴情報）',
  checks: '確認の内容',
  columns: { number: 'No.', arrivedAt: '電子保証発行日時', event: '対象', changes: '変更点' },
  match: '契約内容との照合',
  warnings: 'ご確認いただきたい点',
  noContent: '検証で問題が見つかったため、証書の内容は載せていません。',
  unjudged: (rules: number) => `確認項目のうち${rules}件は、必要な情報がないため判定していません。`,
  copy: 'この書面は確認結果の控えです。保証証書の提出に代わるものではありません。現在の内容は上記サイトで保証契約番号と認証キーを入力して確認してください。',
  qr: 'QRコードを使わなくても確認できます。ブラウザーに次のアドレスを入力してください。読み取ったあとは、アドレスが同じか確かめてください。',
  trademark: 'QRコードは株式会社デンソーウェーブの登録商標です。',
  noChange: '―',
}

export type SheetWords = typeof ja

const en: SheetWords = {
  title: 'Result of check (電子保証 確認結果)',
  address: 'Address (確認先)',
  approval: 'Approval (決裁)',
  approvers: ['Head (課長)', 'Chief (係長)', 'Clerk (担当)'],
  outline: (kind) => `Certificate: ${kind}`,
  history: 'History (履歴情報)',
  checks: 'What was checked',
  columns: { number: 'No.', arrivedAt: 'Time of arrival', event: 'Event', changes: 'Changes' },
  match: 'Comparison with the works contract (照合)',
  warnings: 'Points to look at',
  noContent: 'The content of the certificate is left out, because a check found a problem.',
  unjudged: (rules) =>
    `${rules} ${rules === 1 ? 'rule' : 'rules'} could not be checked for want of information.`,
  copy: 'This sheet is a copy of the result of a check. It does not stand for the certificate. For the present content enter contract number and key at the site above.',
  qr: 'You can do without the QR code: type this address into your browser. After reading it, make sure that the address is the same.',
  trademark: 'QR Code is a registered trademark of DENSO WAVE INCORPORATED.',
  noChange: '–',
}

export const sheetWords = { ja, en }
