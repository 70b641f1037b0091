/** Symbols that are taken for one another on a FAX or in a handwritten copy, and what each is. */
const READINGS: Readonly<Record<string, string>> = {
  '0': '数字ゼロ',
  O: '大文字オー',
  o: '小文字オー',
  '1': '数字イチ',
  l: '小文字エル',
  I: '大文字アイ',
  i: '小文字アイ',
  '2': '数字ニ',
  Z: '大文字ゼット',
  z: '小文字ゼット',
  '5': '数字ゴ',
  S: '大文字エス',
  s: '小文字エス',
  '6': '数字ロク',
  b: '小文字ビー',
  G: '大文字ジー',
  '8': '数字ハチ',
  B: '大文字ビー',
  '9': '数字キュウ',
  g: '小文字ジー',
  q: '小文字キュー',
  U: '大文字ユー',
  u: '小文字ユー',
  V: '大文字ブイ',
  v: '小文字ブイ',
  C: '大文字シー',
  c: '小文字シー',
  W: '大文字ダブリュー',
  w: '小文字ダブリュー',
  X: '大文字エックス',
  x: '小文字エックス',
}

/** The symbols of a key that have a look-alike, each once, with their readings. */
export function lookAlikes(key: string): { symbol: string; reading: string }[] {
  return [...new Set(key)].flatMap((symbol) => {
    const reading = READINGS[symbol]
    return reading === undefined ? [] : [{ symbol, reading }]
  })
}
