import type { TextSection } from './help.ts'

/** Who runs the installation, as far as its operator has said so. */
export interface Operator {
  name?: string
  contact?: string
}

interface LegalText {
  title: string
  lead: string
  sections: (operator: { name: string; contact: string }) => TextSection[]
}

interface LegalWords {
  unknownOperator: string
  unknownContact: string
  privacy: LegalText
  accessibility: LegalText
  terms: LegalText
}

const ja: LegalWords = {
  unknownOperator: 'このサイトの運営者',
  unknownContact: '連絡先は設定されていません。このサイトを案内した担当者にお問い合わせください。',
  privacy: {
    title: '個人情報の取扱い',
    lead: 'このサイトがどのような情報を扱い、何のために残すかを説明します。',
    sections: ({ name, contact }) => [
      {
        id: 'recorded',
        title: '記録するもの',
        steps: [
          '確認が行われた日時、対象の電子保証、確認できたかどうか。',
          '確認した方が入力した所属と氏名（入力は任意です）。',
          '共有リンクの作成、閲覧、取消しの日時と回数。',
          '接続元のアドレスから作った、鍵付きのハッシュ値。アドレスそのものは記録しません。',
        ],
        text: ['これらは、誰がいつ確認したかを後から確かめ、不正な利用を見つけるために残します。'],
      },
      {
        id: 'unrecorded',
        title: '記録しないもの',
        text: [
          '入力された認証キーは、照合に使ったあと保存しません。契約書との照合のために入力された内容も保存しません。',
          '確認ができたブラウザーには、Cookieを1つ、90日間保存します。同じネットワークのほかの人が誤った入力を続けても、そのブラウザーの回答を遅らせないためのもので、氏名や確認の内容は含みません。',
          'Cookieによる追跡、広告、外部の解析サービスは使用していません。このサイトのページは、外部のサイトから何も読み込みません。',
        ],
      },
      {
        id: 'certificates',
        title: '証書に記載された情報',
        text: [
          '証書の内容は、保証契約番号と認証キー、または共有リンクを持つ方だけが閲覧できます。公開される記録台帳に載るのは、内容を読み取れないハッシュ値、保証会社、到着日時です。',
        ],
      },
      { id: 'contact', title: '問い合わせ先', text: [`運営者：${name}`, contact] },
    ],
  },
  accessibility: {
    title: 'ウェブアクセシビリティ方針',
    lead: '年齢や障害の有無、利用する環境にかかわらず、どなたにも使えるサイトを目指します。',
    sections: ({ name, contact }) => [
      {
        id: 'target',
        title: '目標とする基準',
        text: [
          'すべてのページについて、JIS X 8341-3:2016の適合レベルAAと、WCAG 2.2の適合レベルAAを満たすことを目標とします。',
        ],
      },
      {
        id: 'measures',
        title: '行っていること',
        steps: [
          'キーボードだけで、すべての操作ができます。',
          '画面の幅が320ピクセルでも、横に動かさずに読めます。文字は200%まで拡大できます。',
          '結果は、色だけでなく、形と文章でも示します。',
          'JavaScriptを使わない設定でも、すべての手続きができます。',
          '認証キーは貼り付けて入力できます。入力に時間の制限はありません。',
          'ブラウザーの配色設定（ハイコントラスト）に従います。',
        ],
      },
      {
        id: 'test',
        title: '確かめ方',
        text: [
          '更新のたびに、すべてのページと状態を自動の検査（axe-core）にかけ、違反がないことを確かめています。自動の検査で見つけられるのは問題の一部です。第三者による試験は行っていません。',
        ],
      },
      { id: 'contact', title: '問い合わせ先', text: [`運営者：${name}`, contact] },
    ],
  },
  terms: {
    title: '利用条件',
    lead: 'このサイトを使う前にお読みください。',
    sections: ({ name, contact }) => [
      {
        id: 'nature',
        title: 'このサイトについて',
        text: [
          'このサイトは、公開されているソフトウェア「Akashi（証）」で運営しています。国や自治体、保証会社が提供している既存の確認サービスとは関係がなく、それらに代わるものでもありません。',
          'ソフトウェアの作成者は、登録された保証会社や電子保証を審査したり、保証したりするものではありません。どの保証会社を登録するかは、運営者が決めます。',
        ],
      },
      {
        id: 'result',
        title: '確認結果の扱い',
        text: [
          '確認結果は、表示された日時における記録の状態を示すものです。その後の変更は反映されません。',
          '画面の印刷物は確認結果の控えであり、保証証書ではありません。',
          '支払いや契約の判断は、契約書と関係する規則に従って、利用者の責任で行ってください。',
        ],
      },
      {
        id: 'use',
        title: '守っていただきたいこと',
        steps: [
          '認証キーと共有リンクを、確認の必要がない人に知らせないでください。',
          '自分が関係しない電子保証の番号や認証キーを推測して入力しないでください。',
          'サイトの動作を妨げる使い方をしないでください。',
        ],
      },
      {
        id: 'credits',
        title: '使用しているもの',
        text: [
          'デジタル庁デザインシステムのデザイントークン（MITライセンス）を加工して使用しています。デジタル庁が作成したサイトではありません。',
          '認証キーの表示にNoto Sans Mono（SIL Open Font License 1.1）を使用しています。',
          'QRコードは株式会社デンソーウェーブの登録商標です。',
        ],
      },
      { id: 'contact', title: '問い合わせ先', text: [`運営者：${name}`, contact] },
    ],
  },
}

const en: LegalWords = {
  unknownOperator: 'whoever runs this site',
  unknownContact: 'No contact has been set. Ask whoever pointed you to this site.',
  privacy: {
    title: 'Privacy',
    lead: 'What this site handles, and what it keeps and why.',
    sections: ({ name, contact }) => [
      {
        id: 'recorded',
        title: 'What is recorded',
        steps: [
          'When a check was made, of which guarantee, and whether it succeeded.',
          'Department and name, where whoever checked entered them (optional).',
          'When share links were made, opened and revoked, and how often.',
          'A keyed hash of the network address. The address itself is not recorded.',
        ],
        text: ['It is kept to find out later who checked and when, and to detect abuse.'],
      },
      {
        id: 'unrecorded',
        title: 'What is not recorded',
        text: [
          'An authentication key is not kept once it has been compared. What is entered to compare with a works contract is not kept either.',
          'A browser in which a check has succeeded keeps one cookie for 90 days. It is there so that wrong entries of others in the same network do not slow that browser, and holds neither names nor what was checked.',
          'There are no tracking cookies, no advertising, no outside analytics. Pages load nothing from other sites.',
        ],
      },
      {
        id: 'certificates',
        title: 'What certificates say',
        text: [
          'Only who has number and key, or a share link, sees a certificate. The public log holds hashes that reveal no content, the guarantee company and the time of arrival.',
        ],
      },
      { id: 'contact', title: 'Contact', text: [`Operator: ${name}`, contact] },
    ],
  },
  accessibility: {
    title: 'Accessibility',
    lead: 'This site is meant for everybody, whatever their age, ability or equipment.',
    sections: ({ name, contact }) => [
      {
        id: 'target',
        title: 'Target',
        text: ['Every page is meant to meet JIS X 8341-3:2016 level AA and WCAG 2.2 level AA.'],
      },
      {
        id: 'measures',
        title: 'What is done',
        steps: [
          'Everything works with the keyboard alone.',
          'Pages read without sideways scrolling at 320 pixels, and at 200% text size.',
          'Results are told by shape and words, not by colour alone.',
          'Everything works without JavaScript.',
          'Keys can be pasted, and no form has a time limit.',
          "The browser's contrast settings are followed.",
        ],
      },
      {
        id: 'test',
        title: 'How it is tested',
        text: [
          'With every change, all pages and states pass an automatic test (axe-core) without violation. Automatic tests find some problems only. No third party has tested it.',
        ],
      },
      { id: 'contact', title: 'Contact', text: [`Operator: ${name}`, contact] },
    ],
  },
  terms: {
    title: 'Terms of use',
    lead: 'Please read this before you use the site.',
    sections: ({ name, contact }) => [
      {
        id: 'nature',
        title: 'What this site is',
        text: [
          'This site runs the public software Akashi (証). It is not connected to any existing service of the state, of municipalities or of guarantee companies, and does not replace one.',
          'The authors of the software do not examine or vouch for registered companies or guarantees. Which companies are registered is up to the operator.',
        ],
      },
      {
        id: 'result',
        title: 'What a result is',
        text: [
          'A result shows the state of the records at the time shown. Later changes are not in it.',
          'A print of the screen is a copy of a result, not a certificate.',
          'Decide on payments and contracts by the contract and the rules that apply, on your own responsibility.',
        ],
      },
      {
        id: 'use',
        title: 'Please',
        steps: [
          'Do not give keys or share links to people who need not check.',
          'Do not guess numbers or keys of guarantees that are none of your business.',
          'Do not disturb the working of the site.',
        ],
      },
      {
        id: 'credits',
        title: 'Credits',
        text: [
          "Built on the design tokens of the Digital Agency's design system (MIT licence), adapted. The Digital Agency did not make this site.",
          'Keys are set in Noto Sans Mono (SIL Open Font License 1.1).',
          'QR Code is a registered trademark of DENSO WAVE INCORPORATED.',
        ],
      },
      { id: 'contact', title: 'Contact', text: [`Operator: ${name}`, contact] },
    ],
  },
}

export const legalWords = { ja, en }
