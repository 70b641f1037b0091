/** What a rule is about, and what it says where it does not hold. */
export interface RuleText {
  title: string
  text: string
}

const rule = (title: string, text: string): RuleText => ({ title, text })

const ja = {
  amount_invalid: rule('保証金額', '保証金額が請負金額を超えています。'),
  advance_above_rate: rule(
    '前払金の割合',
    '前払金保証の金額が、工事の前払金の割合の上限を超えています。',
  ),
  consulting_advance_above_rate: rule(
    '前払金の割合',
    '前払金保証の金額が、設計・測量などの前払金の割合の上限を超えています。',
  ),
  interim_above_rate: rule(
    '中間前払金の割合',
    '中間前払金保証の金額が、割合の上限を超えています。',
  ),
  advances_above_rate: rule(
    '前払金の合計の割合',
    '前払金と中間前払金の合計が、割合の上限を超えています。',
  ),
  base_is_fiscal_year: rule(
    '割合の計算の基準',
    '割合は、請負金額ではなく今年度対象額をもとに計算しています。',
  ),
  not_rounded_down: rule('金額の端数', '保証金額に、発注者の定める単位に満たない端数があります。'),
  price_below_minimum: rule(
    '前払金の対象',
    '請負金額が、前払金の対象となる最低額に達していません。',
  ),
  term_below_minimum: rule(
    '前払金の対象',
    '工期が、前払金の対象となる最短の期間に達していません。',
  ),
  cap_exceeded: rule('前払金の上限額', '前払金が、発注者の定める上限額を超えています。'),
  advance_above_rate_after_decrease: rule(
    '減額後の割合',
    '請負金額の減額により、前払金の割合が減額後の上限を超えています。',
  ),
  guarantee_below_rate: rule(
    '契約保証の割合',
    '保証金額が、請負金額に対して必要な割合に達していません。',
  ),
  low_bid_guarantee_below_rate: rule(
    '低入札の工事',
    '低入札価格調査の対象となった工事に必要な、契約保証の割合に達していません。',
  ),
  low_bid_advance_above_rate: rule(
    '低入札の工事',
    '低入札価格調査の対象となった工事の、前払金の割合の上限を超えています。',
  ),
  contract_guarantee_required: rule(
    '契約保証の要否',
    '請負金額から見て、契約保証が必要な契約です。',
  ),
  price_raised_guarantee_unchanged: rule(
    '請負金額の増額',
    '請負金額が大きく増えていますが、保証金額は変更されていません。',
  ),
  owner_unknown: rule('発注者', '証書の発注者が、登録された発注者と一致しません。'),
  kind_not_accepted: rule('保証の種類', 'この発注者が受け付けていない種類の保証です。'),
  owner_not_started: rule(
    '電子保証の対象',
    'この発注者が電子保証を受け付ける開始日より前の案件です。',
  ),
  ends_before_completion: rule(
    '保証期限',
    '保証期限が、必要な日（工期の終期または会計年度の末日）より前です。',
  ),
  starts_after_works: rule('保証期間', '保証期間の始期が、工期の始期より後です。'),
  works_name_differs: rule('工事名', '工事名が、契約書の内容と異なります。'),
  works_number_differs: rule('工事番号', '工事番号が、契約書の内容と異なります。'),
  interim_without_advance: rule('中間前払金の前提', '前提となる前払金保証がありません。'),
  approved_after_issue: rule('中間前払金の認定', '中間前払金の認定日が、証書の日付より後です。'),
  deposit_bank_missing: rule(
    '預託金融機関',
    '前払金の保証に必要な、預託金融機関の記載がありません。',
  ),
  deposit_bank_unexpected: rule(
    '預託金融機関',
    'この種類の保証にはない、預託金融機関の記載があります。',
  ),
  history_out_of_order: rule('履歴の順序', '履歴の順序が正しくありません。'),
  issued_after_works_contract: rule('契約保証の時期', '証書の日付が、請負契約の締結日より後です。'),
  paper_original_exists: rule('紙の証書との重複', '同じ番号の紙の保証証書が発行されています。'),
  no_change: rule('変更の内容', '変更の記録ですが、記載内容は前の版と同じです。'),
}

/** The codes that have words. */
export type RuleCode = keyof typeof ja

const en: Record<RuleCode, RuleText> = {
  amount_invalid: rule('Guaranteed amount', 'The guaranteed amount exceeds the contract price.'),
  advance_above_rate: rule(
    'Rate of advance payment',
    'The advance payment exceeds the rate allowed for works.',
  ),
  consulting_advance_above_rate: rule(
    'Rate of advance payment',
    'The advance payment exceeds the rate allowed for design and survey.',
  ),
  interim_above_rate: rule(
    'Rate of interim advance',
    'The interim advance payment exceeds the rate allowed.',
  ),
  advances_above_rate: rule(
    'Rate of both advances',
    'Advance and interim advance together exceed the rate allowed.',
  ),
  base_is_fiscal_year: rule(
    'Base of rates',
    "Rates are computed on this year's amount (今年度対象額), not on the contract price.",
  ),
  not_rounded_down: rule('Rounding', "The amount is not a multiple of the owner's unit."),
  price_below_minimum: rule(
    'Minimum for advances',
    'The contract price is below the minimum for advance payments.',
  ),
  term_below_minimum: rule(
    'Minimum for advances',
    'The works period is shorter than the minimum for advance payments.',
  ),
  cap_exceeded: rule('Cap on advances', "The advances exceed the owner's cap."),
  advance_above_rate_after_decrease: rule(
    'Rate after a decrease',
    'After the decrease of the price the advance exceeds the rate allowed.',
  ),
  guarantee_below_rate: rule(
    'Rate of contract guarantee',
    'The guaranteed amount is below the rate required.',
  ),
  low_bid_guarantee_below_rate: rule(
    'Low-bid works',
    'The guaranteed amount is below the rate required after a low-bid investigation.',
  ),
  low_bid_advance_above_rate: rule(
    'Low-bid works',
    'The advance exceeds the rate allowed after a low-bid investigation.',
  ),
  contract_guarantee_required: rule(
    'Contract guarantee required',
    'A contract of this price needs a contract guarantee (契約保証).',
  ),
  price_raised_guarantee_unchanged: rule(
    'Increase of price',
    'The contract price has risen much; the guaranteed amount has not changed.',
  ),
  owner_unknown: rule('Owner', 'The owner on the certificate is not a registered one.'),
  kind_not_accepted: rule('Kind of guarantee', 'This owner does not take guarantees of this kind.'),
  owner_not_started: rule(
    'Start of electronic guarantees',
    'The case is earlier than the day from which this owner takes electronic guarantees.',
  ),
  ends_before_completion: rule(
    'End of guarantee',
    'The guarantee ends before the day required (end of works or of the fiscal year).',
  ),
  starts_after_works: rule('Guarantee period', 'The guarantee begins after the works do.'),
  works_name_differs: rule('Works name', 'The works name differs from the contract.'),
  works_number_differs: rule('Works number', 'The works number differs from the contract.'),
  interim_without_advance: rule(
    'Basis of interim advance',
    'There is no advance payment guarantee that it could rest on.',
  ),
  approved_after_issue: rule(
    'Approval of interim advance',
    'The approval is dated after the certificate.',
  ),
  deposit_bank_missing: rule(
    'Deposit bank',
    'The deposit bank, which an advance payment needs, is missing.',
  ),
  deposit_bank_unexpected: rule(
    'Deposit bank',
    'A deposit bank is stated, which this kind of guarantee does not have.',
  ),
  history_out_of_order: rule('Order of history', 'The order of the history is not right.'),
  issued_after_works_contract: rule(
    'Time of contract guarantee',
    'The certificate is dated after the works contract.',
  ),
  paper_original_exists: rule(
    'Paper beside electronic',
    'A paper certificate with the same number has been issued.',
  ),
  no_change: rule('Content of the amendment', 'The amendment changes nothing on the certificate.'),
}

export const ruleWords = {
  ja: {
    rules: ja as Record<RuleCode, RuleText>,
    unknownRule: rule('確認事項', '確認が必要な事項があります。'),
    notCheckable: '判定に必要な情報が記載されていないため、確認できません。',
    measure: (actual: string, limit: string) => `（証書の内容 ${actual}、基準 ${limit}）`,
  },
  en: {
    rules: en,
    unknownRule: rule('To check', 'There is a point to check.'),
    notCheckable: 'Cannot be judged, because what it takes is not stated.',
    measure: (actual: string, limit: string) => ` (certificate ${actual}; standard ${limit})`,
  },
}
