/** A part of a page of text: paragraphs, then a list. */
export interface TextSection {
  id: string
  title: string
  text?: readonly string[]
  steps?: readonly string[]
  /** Terms with what they mean. */
  terms?: readonly (readonly [string, string])[]
}

const ja = {
  title: '使い方',
  lead: '発注者の契約・検査の担当者が、受注者から届いた電子保証を確かめるための手順です。',
  contents: 'このページの内容',
  sample: '見本の番号と認証キー',
  sampleText:
    'このサイトは見本です。次の番号と認証キーを確認ページに入力すると、架空の電子保証を確認できます。',
  contractNumber: '保証契約番号',
  authKey: '認証キー',
  open: '確認ページを開く',
  sections: [
    {
      id: 'lookup',
      title: '電子保証を確認する',
      steps: [
        'ブラウザーで確認ページを開き、アドレスが正しいことを確かめます。',
        '受注者の「認証キー」のお知らせにある保証契約番号と認証キーを入力します。お知らせの文面ごと貼り付けても入力できます。',
        '「確認する」を押し、表示された結果と契約書の内容を見比べます。',
        '必要に応じて、確認書を印刷し、検証票を保存します。',
      ],
      text: [
        '認証キーとは、発注者がこのサイトで電子証書を閲覧するための暗証番号です。大文字と小文字は区別されます。数字の0と英字のO、数字の1と英字のlやIは、お知らせの読み合わせ表示（大・小・数）で見分けてください。',
        '利用者の登録も料金も必要ありません。',
      ],
    },
    {
      id: 'checks',
      title: '4つの確認の意味',
      terms: [
        [
          '内容は書き換えられていないか',
          '保証会社が付けた電子署名を、保存された記録からその場で検証します。1文字でも書き換えられていれば、検証は失敗します。',
        ],
        [
          '誰が発行したか',
          '署名の鍵が、このサイトに登録された保証会社のもので、記録が到着した時点で有効だったことを確かめます。',
        ],
        [
          '記録台帳に残っているか',
          '記録が、後から消したり書き換えたりできない台帳に含まれていることを、現在の台帳と照らし合わせて確かめます。',
        ],
        [
          'いまも効力があるか',
          '保証期間、解約、返還、紙の保証証書への切替えから、現在の効力を示します。',
        ],
        [
          '確認できません',
          '必要な情報を読み取れず、問題があるともないとも言えないときの表示です。時間をおいて、もう一度確認してください。',
        ],
      ],
    },
    {
      id: 'missing-key',
      title: '認証キーが届いていないとき',
      steps: [
        '受注者に、「電子保証にかかる「認証キー」のお知らせ」（PDF）の提出を依頼してください。受注者はインターネット保証サービスの画面から、いつでも取り出せます。',
        '保証証書のPDFや、画面を印刷したものだけでは確認できません。',
        '発行手続き中のときは、受注者に保証会社からの発行完了のお知らせを待ってもらってください。',
      ],
    },
    {
      id: 'qr',
      title: 'QRコードと共有リンクから開いたとき',
      text: [
        'お知らせのQRコードには、保証契約番号だけが入っています。認証キーはお知らせを見て入力してください。',
        '共有リンクを開くと、「内容を確認する」ボタンが表示されます。押すまで確認は行われません。共有リンクには有効期限があり、作成した人が取り消せます。',
        '読み取ったあとは、アドレスがこのサイトのものと同じであることを確かめてください。このサイトがログインや個人情報の入力を求めることはありません。',
      ],
    },
    {
      id: 'print',
      title: '確認書を印刷する',
      text: [
        '確認結果の画面で「確認書を印刷」を押すか、ブラウザーの印刷を使うと、A4の確認書になります。決裁欄を付けることや、日付を西暦だけにすることもできます。',
        '確認書は確認結果の控えです。保証証書の提出に代わるものではありません。認証キーは印刷されません。',
      ],
    },
    {
      id: 'deposit',
      title: '電子保証と契約の手続き',
      text: [
        '公共工事標準請負契約約款では、保証証書の寄託に代えて、発注者が認めた電磁的な方法による措置を講じたときは、保証証書を寄託したものとみなすことができます。受け付けの開始日や提出の方法は、発注者ごとに異なります。',
      ],
    },
    {
      id: 'errors',
      title: 'エラーの意味',
      terms: [
        [
          '保証契約番号または認証キーが正しくありません',
          '番号と認証キーの組み合わせが登録されていません。どちらが誤っているかは、安全のため表示しません。お知らせと見比べて、もう一度入力してください。認証キーが再発行されると、以前のお知らせの認証キーは使えません。受注者に最新のお知らせを確かめてください。',
        ],
        [
          '確認の回数が上限に達しました',
          '同じネットワークから誤った入力が続き、回答を待つ確認がいっぱいになったときの表示です。示された時刻を過ぎてからお試しください。',
        ],
        [
          '回答に時間がかかるとき',
          '誤った入力が続くと、回答を1秒から10秒遅らせます。何度誤っても、確認ができなくなることはありません。',
        ],
        [
          'この共有リンクは使えません',
          '有効期限が切れたか、取り消されています。保証契約番号と認証キーで確認してください。',
        ],
        [
          '電子保証を検証できませんでした',
          '署名、発行者、記録台帳のいずれかに問題があります。手続きを進めず、表示された保証会社の連絡先にお問い合わせください。',
        ],
        [
          '確認を完了できませんでした',
          '問題が見つかったわけではありませんが、本物であることを確かめられていません。時間をおいて、もう一度確認してください。',
        ],
      ],
    },
  ] as TextSection[],
}

export type HelpWords = typeof ja

const en: HelpWords = {
  title: 'How to use this site',
  lead: 'For procurement officers of an owner (発注者) who check an electronic guarantee (電子保証) that a contractor has handed in.',
  contents: 'On this page',
  sample: 'Sample number and key',
  sampleText:
    'This site is a sample. Enter this number and key on the look-up page to check a fictional guarantee.',
  contractNumber: 'Contract number (保証契約番号)',
  authKey: 'Authentication key (認証キー)',
  open: 'Open the look-up page',
  sections: [
    {
      id: 'lookup',
      title: 'Check a guarantee',
      steps: [
        'Open the look-up page and make sure that the address is right.',
        'Enter the contract number and the authentication key from the key notice. You may paste the whole text of the notice.',
        'Press “Check” and compare the result with the works contract.',
        'Print the confirmation sheet (確認書) and save the verification receipt (検証票) as needed.',
      ],
      text: [
        'The authentication key is the pass code with which an owner views the electronic certificate on this site. Capital and small letters differ. Tell 0 from O and 1 from l and I by the reading row of the notice (大 capital, 小 small, 数 digit).',
        'No account and no fee.',
      ],
    },
    {
      id: 'checks',
      title: 'What the four checks mean',
      terms: [
        [
          'Is the content unaltered?',
          "The guarantee company's signature is verified on the spot from the stored record. One changed character makes it fail.",
        ],
        [
          'Who issued it?',
          'The signing key belongs to a guarantee company registered here and was valid when the record arrived.',
        ],
        [
          'Is it kept in the log?',
          'The record is proved to be part of the present log, from which nothing can be removed or altered.',
        ],
        ['Is it in force now?', 'Its term, a cancellation, a release or a change to paper decide.'],
        [
          'Cannot be checked',
          'What it takes could not be read, so neither a problem nor its absence is shown. Check again after a while.',
        ],
      ],
    },
    {
      id: 'missing-key',
      title: 'If you have no key',
      steps: [
        'Ask the contractor for the key notice (認証キーのお知らせ, PDF). The contractor can take it from the online guarantee service at any time.',
        'A PDF of the certificate or a print of a screen alone cannot be checked.',
        'If the guarantee is still being issued, the contractor has to wait for the notice of completion.',
      ],
    },
    {
      id: 'qr',
      title: 'If you came by a QR code or a share link',
      text: [
        'The QR code of a key notice carries the contract number only; type the key from the notice.',
        'A share link shows the button “Show the guarantee”. Nothing is checked before you press it. A share link expires and can be revoked by whoever made it.',
        'After reading it, make sure that the address is the one of this site. It never asks for a sign-in or for personal data.',
      ],
    },
    {
      id: 'print',
      title: 'Print the confirmation sheet (確認書)',
      text: [
        'Press “Print the confirmation sheet” on the result, or use the print of your browser: it makes one A4 sheet. Boxes for approval (決裁欄) and dates in the western calendar only are options.',
        'The sheet is a copy of the result of a check and does not stand for the certificate. The key is never printed.',
      ],
    },
    {
      id: 'deposit',
      title: 'Electronic guarantees and the contract procedure',
      text: [
        'Under the standard conditions of public works contracts, an electronic measure that the owner accepts counts as depositing the certificate (寄託したものとみなす). From when and how differs by owner.',
      ],
    },
    {
      id: 'errors',
      title: 'What the errors mean',
      terms: [
        [
          'The contract number or the authentication key is not right',
          'No such pair is registered. For safety it is not said which one is wrong. Compare both with the notice. Once a key was issued anew, the one on the former notice no longer works: ask the contractor for the newest notice.',
        ],
        [
          'Too many checks',
          'Wrong entries came one after the other from the same network, and too many of them are waiting for an answer. Try again after the time shown.',
        ],
        [
          'An answer takes its time',
          'After several wrong entries the answer is held back for 1 to 10 seconds. However often you are wrong, you are never locked out.',
        ],
        [
          'This share link cannot be used',
          'It has expired or been revoked. Use the contract number and the key.',
        ],
        [
          'Could not be verified',
          'Signature, issuer or log have a problem. Do not go on; contact the guarantee company shown.',
        ],
        [
          'Could not be completed',
          'No problem was found, but it has not been shown to be genuine. Check again after a while.',
        ],
      ],
    },
  ],
}

export const helpWords = { ja, en }
