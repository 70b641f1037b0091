const ja = {
  title: '電子保証の内容を確認する',
  description: '公共工事の電子保証を、保証契約番号と認証キーで確認できます。',
  lead: '受注者から届いた保証契約番号と認証キーを入力してください。登録や料金は必要ありません。',
  contractNumber: '保証契約番号',
  contractNumberSupport: '例：12345-678901（数字11けた。全角・ハイフンなしでもかまいません）',
  authKey: '認証キー',
  authKeySupport:
    '英数字12文字。大文字と小文字は区別されます。お知らせの文面ごと貼り付けることもできます。',
  reading: { upper: '大', lower: '小', digit: '数', other: '？' },
  count: (count: number) => `いま${count}文字入力されています`,
  complete: '12文字入力されています',
  checker: '確認者を記録に残す（任意）',
  checkerSupport: '確認書と確認の記録に「自己申告」として載ります。',
  department: '所属',
  name: '氏名',
  chooseIssuer: '保証会社を指定する（任意）',
  chooseIssuerSupport: '同じ番号の保証が複数の保証会社にあるときだけ選んでください。',
  issuer: '保証会社',
  anyIssuer: '指定しない',
  submit: '確認する',
  busy: '確認しています…',
  demoTitle: '見本で試す',
  demoText: '次の番号と認証キーを入力すると、架空の電子保証を確認できます。',
  addressTitle: '正しいアドレスをご確認ください',
  addressBefore: 'このサイトの正しいアドレスは',
  addressAfter: 'です。メールのリンクではなく、登録済みのブックマークから開いてください。',
  missingTitle: '認証キーが届いていないとき',
  missingText:
    '受注者に「認証キー」のお知らせの提出を依頼してください。保証証書のPDFや画面の印刷物だけでは確認できません。',
  missingLink: '届いていないときの手順',
  whatTitle: '何を確認するか',
  whatText:
    '署名、発行した保証会社、記録台帳、現在の効力の4つです。結果は検証票として保存でき、後からいつでも確かめられます。',
  qrLink: 'QRコードから開いたとき',
  errors: {
    numberMissing: '保証契約番号を入力してください',
    numberFormat: '保証契約番号は数字11けたで入力してください（例：12345-678901）',
    keyMissing: '認証キーを入力してください',
    keyLength: (count: number) => `認証キーは12文字です。いま${count}文字入力されています`,
    keyCharacter: (symbols: string) => `認証キーに使えない文字（${symbols}）が含まれています`,
    checker: (label: string) => `${label}は、改行などを含めずに200文字以内で入力してください`,
    mismatch:
      '保証契約番号または認証キーが正しくありません。受注者の「認証キー」のお知らせと見比べてください。見比べて同じときは、認証キーが再発行されていないか、受注者に確かめてください。',
  },
}

export type LookupWords = typeof ja

const en: LookupWords = {
  title: 'Check an electronic guarantee',
  description:
    'Check an electronic guarantee of Japanese public works with its contract number and authentication key.',
  lead: 'Enter the contract number and the authentication key that the contractor gave you. No account and no fee.',
  contractNumber: 'Guarantee contract number (保証契約番号)',
  contractNumberSupport: 'Example: 12345-678901 (11 digits; full width or without hyphen is fine)',
  authKey: 'Authentication key (認証キー)',
  authKeySupport:
    '12 letters and digits. Capital and small letters differ. You may paste the whole text of the notice.',
  reading: { upper: 'A', lower: 'a', digit: '1', other: '?' },
  count: (count) => `${count} ${count === 1 ? 'character' : 'characters'} entered`,
  complete: '12 characters entered',
  checker: 'Put your name on the record (optional)',
  checkerSupport:
    'Shown on the confirmation sheet and in the access record as self-declared (自己申告).',
  department: 'Department',
  name: 'Name',
  chooseIssuer: 'Name the guarantee company (optional)',
  chooseIssuerSupport: 'Only needed where several guarantee companies use the same number.',
  issuer: 'Guarantee company',
  anyIssuer: 'Not specified',
  submit: 'Check',
  busy: 'Checking…',
  demoTitle: 'Try the sample',
  demoText: 'This number and key lead to a fictional electronic guarantee.',
  addressTitle: 'Make sure of the address',
  addressBefore: 'The address of this site is',
  addressAfter: 'Open it from your own bookmark, not from a link in a mail.',
  missingTitle: 'If you have no key',
  missingText:
    'Ask the contractor for the key notice (認証キーのお知らせ). A PDF or a print of the certificate alone cannot be checked.',
  missingLink: 'What to do without a key',
  whatTitle: 'What is checked',
  whatText:
    'The signature, the guarantee company that issued it, the log, and whether it is in force. The result can be kept as a verification receipt (検証票) and checked again at any time.',
  qrLink: 'If you came by a QR code',
  errors: {
    numberMissing: 'Enter the guarantee contract number',
    numberFormat: 'The guarantee contract number has 11 digits (example: 12345-678901)',
    keyMissing: 'Enter the authentication key',
    keyLength: (count) => `The authentication key has 12 characters; ${count} were entered`,
    keyCharacter: (symbols) => `The authentication key cannot contain ${symbols}`,
    checker: (label) => `${label} has 200 characters at most, without line breaks`,
    mismatch:
      'The contract number or the authentication key is not right. Compare both with the key notice from the contractor. If they are the same, ask the contractor whether the key was issued anew.',
  },
}

export const lookupWords = { ja, en }
