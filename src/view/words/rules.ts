/** What a rule is about, and what it says where it does not hold. */
export interface RuleText {
  title: string
  text: string
}

const ja: Record<string, RuleText> = {
  V01: { title: '保証金額', text: '保証金額が請負金額を超えています。' },
  V02: {
    title: '前払金の割合',
    text: '前払金保証の金額が、工事の前払金の割合の上限を超えています。',
  },
  V03: {
    title: '前払金の割合',
    text: '前払金保証の金額が、設計・測量などの前払金の割合の上限を超えています。',
  },
  V04: {
    title: '中間前払金の割合',
    text: '中間前払金の割合、または前払金との合計の割合が上限を超えています。',
  },
  V05: {
    title: '割合の計算の基準',
    text: '割合は、請負金額ではなく今年度対象額をもとに計算しています。',
  },
  V06: { title: '金額の端数', text: '保証金額が、発注者の定める単位の端数を含んでいます。' },
  V07: { title: '前払金の対象', text: '請負金額が、前払金の対象となる最低額に達していません。' },
  V08: { title: '前払金の上限額', text: '前払金の合計が、発注者の定める上限額を超えています。' },
  V09: {
    title: '減額後の割合',
    text: '請負金額の減額により、前払金の割合が減額後の上限を超えています。',
  },
  V10: {
    title: '契約保証の割合',
    text: '契約保証の金額が、請負金額に対して必要な割合に達していません。',
  },
  V11: {
    title: '低入札の工事',
    text: '低入札価格調査の対象となった工事の割合の基準に合っていません。',
  },
  V12: { title: '契約保証の要否', text: '請負金額から見て、契約保証が必要な契約です。' },
  V13: {
    title: '保証期限',
    text: '保証期限が、工期の終期（年度をまたぐ工事では会計年度の末日）より前です。',
  },
  V14: { title: '保証期間', text: '保証期間が工期の全体を含んでいません。' },
  V15: {
    title: '請負金額の増額',
    text: '請負金額が大きく増えていますが、保証金額は変更されていません。',
  },
  V16: {
    title: '電子保証の対象',
    text: 'この発注者が電子保証を受け付ける開始日より前の案件です。',
  },
  V17: { title: '発注者', text: '証書の発注者が、登録された発注者と一致しません。' },
  V18: { title: '工事名・工事番号', text: '工事名または工事番号が、契約書の内容と異なります。' },
  V19: {
    title: '中間前払金の前提',
    text: '前提となる前払金保証または中間前払金の認定を確認できません。',
  },
  V20: { title: '預託金融機関', text: '預託金融機関の記載が、保証の種類に合っていません。' },
  V21: { title: '履歴の順序', text: '履歴の順序が正しくありません。' },
  V22: {
    title: '契約保証の時期',
    text: '契約保証が、請負契約の締結日より後の日付で作成されています。',
  },
  V23: {
    title: '紙の証書との重複',
    text: '同じ番号の紙の保証証書が発行されているおそれがあります。',
  },
}

const en: Record<string, RuleText> = {
  V01: { title: 'Guaranteed amount', text: 'The guaranteed amount exceeds the contract price.' },
  V02: {
    title: 'Rate of advance payment',
    text: 'The advance payment exceeds the rate allowed for works.',
  },
  V03: {
    title: 'Rate of advance payment',
    text: 'The advance payment exceeds the rate allowed for design and survey.',
  },
  V04: {
    title: 'Rate of interim advance',
    text: 'The interim advance, or its sum with the advance, exceeds the rate allowed.',
  },
  V05: {
    title: 'Base of rates',
    text: "Rates are computed on this year's amount (今年度対象額), not on the contract price.",
  },
  V06: { title: 'Rounding', text: "The amount is not a multiple of the owner's unit." },
  V07: {
    title: 'Minimum for advances',
    text: 'The contract price is below the minimum for advance payments.',
  },
  V08: { title: 'Cap on advances', text: "The advances exceed the owner's cap." },
  V09: {
    title: 'Rate after a decrease',
    text: 'After the decrease of the price the advance exceeds the rate allowed.',
  },
  V10: {
    title: 'Rate of contract guarantee',
    text: 'The contract guarantee is below the rate required.',
  },
  V11: {
    title: 'Low-bid works',
    text: 'The rates for works under low-bid investigation are not met.',
  },
  V12: {
    title: 'Contract guarantee required',
    text: 'A contract of this price needs a contract guarantee.',
  },
  V13: {
    title: 'End of guarantee',
    text: 'The guarantee ends before the works do (or, across fiscal years, before the year ends).',
  },
  V14: { title: 'Guarantee period', text: 'The guarantee does not cover the whole works period.' },
  V15: {
    title: 'Increase of price',
    text: 'The contract price has risen much, the guaranteed amount has not changed.',
  },
  V16: {
    title: 'Start of electronic guarantees',
    text: 'The case is earlier than the day from which this owner takes electronic guarantees.',
  },
  V17: { title: 'Owner', text: 'The owner on the certificate is not the registered one.' },
  V18: { title: 'Works name and number', text: 'Works name or number differ from the contract.' },
  V19: {
    title: 'Basis of interim advance',
    text: 'The advance guarantee or the approval that it rests on could not be confirmed.',
  },
  V20: { title: 'Deposit bank', text: 'The deposit bank does not fit the kind of guarantee.' },
  V21: { title: 'Order of history', text: 'The order of the history is not right.' },
  V22: {
    title: 'Time of contract guarantee',
    text: 'The contract guarantee is dated after the works contract.',
  },
  V23: {
    title: 'Paper beside electronic',
    text: 'A paper certificate with the same number may exist.',
  },
}

export const ruleWords = {
  ja: {
    rules: ja,
    unknownRule: { title: '確認事項', text: '確認が必要な事項があります。' },
    notCheckable: '判定に必要な情報が証書に記載されていないため、確認できません。',
    actual: '証書の内容',
    limit: '基準',
  },
  en: {
    rules: en,
    unknownRule: { title: 'To check', text: 'There is a point to check.' },
    notCheckable: 'Cannot be judged: the certificate does not carry what it takes.',
    actual: 'on the certificate',
    limit: 'standard',
  },
}
