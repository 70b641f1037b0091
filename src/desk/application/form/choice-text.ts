import { OTHER_BILL } from './read-line.ts'

const TEXTS: Record<string, Record<string, string>> = {
  worksCategory: { works: '工事', consulting: '測量・設計・調査などの業務', other: 'その他' },
  format: { paper: '証書(紙)', electronic: '電子保証(認証キーを含む)' },
  redeposit: { no: '再預託を利用しない', yes: '再預託を利用する' },
  payment: { monthly_lump: '一括納付', per_case: '都度納付' },
  statement: { yes: '希望する', no: '希望しない' },
  notify: { yes: '希望する', no: '希望しない' },
  bill: { [OTHER_BILL]: '別の請求先' },
}

/** What a person reads where a field holds `value`: the words of a choice, else the text itself. */
export function choiceText(field: string, value: string): string {
  const name = field.replace(/^[^.]*\./, '')
  if (value === 'on') return '印あり'
  if (name === 'bill' && value.startsWith('[')) return billText(value)
  return TEXTS[name]?.[value] ?? value
}

function billText(value: string): string {
  try {
    return (JSON.parse(value) as string[]).filter(Boolean).join(' ')
  } catch {
    return value
  }
}
