import type { MatchField } from '../../guarantee/verdict.ts'

const ja = {
  title: '契約内容との照合',
  open: '契約書の内容と照合する',
  again: '入力を直して、もう一度照合する',
  lead: '契約書を見ながら入力してください。入力した項目だけを照合します。照合のための入力は保存されません。',
  submit: '照合する',
  support: {
    contractPrice: '例：50,000,000円',
    day: '例：令和7年11月14日、R7.11.14、2025/11/14',
  },
  fields: {
    worksName: '工事名',
    worksNumber: '工事番号',
    contractPrice: '請負金額',
    worksContractDate: '請負契約締結日',
    worksPeriod: '工期',
    'worksPeriod.start': '工期の始期',
    'worksPeriod.end': '工期の終期',
    ownerName: '発注者名',
    contractorName: '請負契約者',
  } satisfies Record<MatchField['field'], string> as Record<MatchField['field'], string>,
  item: '項目',
  theirs: '契約書',
  ours: '電子保証',
  result: '結果',
  results: { same: '一致', variant: '表記のみ異なる', different: '不一致' },
  variantNote: '「表記のみ異なる」は、髙と高のような字体、全角と半角、空白だけの違いです。',
  missing: '―（記載なし）',
  errors: {
    empty: '照合する項目を1つ以上入力してください',
    amount: '請負金額は円単位の数字で入力してください（例：50,000,000）',
    day: (label: string) => `${label}は日付で入力してください（例：令和7年11月14日）`,
    text: (label: string) => `${label}は、改行などを含めずに200文字以内で入力してください`,
  },
}

export type MatchWords = typeof ja

const en: MatchWords = {
  title: 'Comparison with the works contract (契約内容との照合)',
  open: 'Compare with the works contract',
  again: 'Change the input and compare again',
  lead: 'Enter what the contract says. Only what you enter is compared; nothing of it is stored.',
  submit: 'Compare',
  support: {
    contractPrice: 'Example: 50,000,000',
    day: 'Example: 2025/11/14, 令和7年11月14日, R7.11.14',
  },
  fields: {
    worksName: 'Works (工事名)',
    worksNumber: 'Works number (工事番号)',
    contractPrice: 'Contract price (請負金額)',
    worksContractDate: 'Works contract date (請負契約締結日)',
    worksPeriod: 'Works period (工期)',
    'worksPeriod.start': 'Works begin (工期 自)',
    'worksPeriod.end': 'Works end (工期 至)',
    ownerName: 'Owner (発注者名)',
    contractorName: 'Contractor (請負契約者)',
  },
  item: 'Item',
  theirs: 'Contract',
  ours: 'Guarantee',
  result: 'Result',
  results: { same: 'same', variant: 'spelling differs', different: 'different' },
  variantNote: '“Spelling differs”: only variants of a character (髙, 高), width or spaces differ.',
  missing: '– (not stated)',
  errors: {
    empty: 'Enter at least one item to compare',
    amount: 'Enter the contract price in whole yen (example: 50,000,000)',
    day: (label) => `Enter a date: ${label} (example: 2025/11/14)`,
    text: (label) => `Use at most 200 characters without line breaks: ${label}`,
  },
}

export const matchWords = { ja, en }
