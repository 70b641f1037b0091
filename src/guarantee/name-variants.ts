import { foldName } from '../base/text.ts'

/**
 * Characters that Japanese papers use for one another; the last of each group stands for it. Small
 * on purpose: e-bidding admits JIS X 0208 only, so contracts carry the plain forms (pages.md §7).
 */
const VARIANTS = [
  '髙高',
  '﨑嵜崎',
  '𠮷吉',
  '濵濱浜',
  '邉邊辺',
  '齋齊斎斉',
  '澤沢',
  '嶋嶌島',
  '廣広',
  '國国',
  '櫻桜',
  '德徳',
  '瀨瀬',
  '眞真',
  '榮栄',
  '槇槙',
  '檜桧',
  '龍竜',
  '曻昇',
  '舘館',
  '邨村',
  '藪薮',
  '淵渕',
]

const PLAIN = new Map(
  VARIANTS.flatMap((group) => [...group].map((symbol) => [symbol, [...group].at(-1)] as const)),
)

const ABBREVIATIONS: readonly (readonly [string, string])[] = [
  ['(株)', '株式会社'],
  ['(有)', '有限会社'],
]

/** Ideographic and standardized variation selectors, which choose a glyph, not a character. */
const SELECTORS = /[\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/gu

/** How two spellings of a name relate: `variant` where width, spaces, case or variants alone differ. */
export function compareNames(theirs: string, ours: string): 'same' | 'variant' | 'different' {
  if (theirs === ours) return 'same'
  return plainName(theirs) === plainName(ours) ? 'variant' : 'different'
}

/** The spelling under which texts are searched: variants as one, hiragana and katakana alike. */
export function searchFold(text: string): string {
  return plainName(text).replace(/[\u30A1-\u30F6]/g, (kana) =>
    String.fromCharCode(kana.charCodeAt(0) - KATAKANA_AFTER_HIRAGANA),
  )
}

const KATAKANA_AFTER_HIRAGANA = 0x60

function plainName(name: string): string {
  let plain = foldName(name.replace(SELECTORS, ''))
  for (const [short, full] of ABBREVIATIONS) plain = plain.replaceAll(short, full)
  return [...plain].map((symbol) => PLAIN.get(symbol) ?? symbol).join('')
}
