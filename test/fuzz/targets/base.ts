import { base64, base64url, fromBase64, fromBase64url, fromUtf8 } from '../../../src/base/bytes.ts'
import { codePoints, foldCode, foldName, foldWidth, isPlainText } from '../../../src/base/text.ts'
import { addDays, dayInTokyo, isDay, isInstant, startOfDay } from '../../../src/base/time.ts'
import { must, type Target } from '../target.ts'

const FORM_FIELD = 4000
const RECORD = 16_384

/** Node's own reader takes many spellings; the one that it writes is the canonical one. */
function base64Target(
  encoding: 'base64' | 'base64url',
  read: (text: string) => Uint8Array | undefined,
  write: (bytes: Uint8Array) => string,
  covers: readonly string[],
): Target {
  return {
    covers,
    seeds: [
      '',
      'QQ==',
      'QUI=',
      'QUJD',
      'QQ',
      'QUI',
      '-_-_',
      '+/+/',
      'AAAAAAAAAAAAAAAAAAAAAA',
      'QR==',
    ],
    most: RECORD,
    read(text) {
      const bytes = read(text)
      const canonical = Buffer.from(text, encoding)
      must((bytes !== undefined) === (canonical.toString(encoding) === text), 'another canon')
      if (bytes === undefined) return 'refused'
      must(canonical.equals(bytes) && write(bytes) === text, 'other bytes')
      return `${bytes.length % 3}`
    },
  }
}

const utf8Target: Target = {
  covers: ['fromUtf8'],
  seeds: [
    'abc',
    '\u00c3\u00a9',
    '\u00e4\u00bd\u00a0',
    '\u00f0\u00a0\u00ae\u00b7',
    '\u00ef\u00bb\u00bf',
    '\u00ed\u00a0\u0080',
    '\u00c0\u0080',
  ],
  most: RECORD,
  read(text) {
    const bytes = Uint8Array.from(text, (symbol) => symbol.charCodeAt(0) & 255)
    try {
      must(Buffer.from(fromUtf8(bytes)).equals(bytes), 'the text is of other bytes')
      return 'text'
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      return 'refused'
    }
  },
}

/** More marks than any letter bears are cut, and what they stand for may be cut once more. */
export const PILE = /[\p{M}\uFF9E\uFF9F]{30}/u

const foldsTarget: Target = {
  covers: ['foldWidth', 'foldCode', 'foldName', 'codePoints', 'isPlainText'],
  seeds: [
    '富士市長',
    '１２３４５－６７８９０１',
    ' ㈱ 髙田\u200b建設 ',
    'ＡＢｃ‐１',
    '\u0130\ud83d\ude00',
    'e\u0301\u0323',
  ],
  most: FORM_FIELD,
  read(text) {
    for (const fold of [foldWidth, foldCode, foldName]) {
      const once = fold(text)
      must(PILE.test(once) || fold(once) === once, `${fold.name} twice is not once`)
    }
    must(codePoints(text) === [...text].length, 'code points')
    const plain = isPlainText(text)
    const bad = [...text].some((symbol) => /^[\ud800-\udfff]$|^\p{Cc}$/u.test(symbol))
    must(plain === !bad, 'plain text')
    return `${plain}`
  },
}

const timesTarget: Target = {
  covers: ['isInstant', 'isDay'],
  seeds: [
    '2026-02-03T05:00:00.000Z',
    '2026-02-28',
    '2024-02-29',
    '0000-01-01',
    '9999-12-31',
    '2026-02-30',
  ],
  most: FORM_FIELD,
  read(text) {
    const [day, instant] = [isDay(text), isInstant(text)]
    if (day) {
      const [year, month, date] = text.split('-').map(Number) as [number, number, number]
      must(/^\d{4}-\d\d-\d\d$/.test(text), 'another form of a day')
      must(date <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate(), 'no such day')
      must(dayInTokyo(startOfDay(text)) === text && addDays(text, 0) === text, 'another day')
    }
    if (instant) {
      must(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text), 'another form of an instant')
      must(isDay(text.slice(0, 10)), 'an instant of no day')
    }
    return `${day} ${instant}`
  },
}

export const BASE_TARGETS: Record<string, Target> = {
  base64: base64Target('base64', fromBase64, base64, ['fromBase64']),
  base64url: base64Target('base64url', fromBase64url, base64url, ['fromBase64url']),
  utf8: utf8Target,
  folds: foldsTarget,
  times: timesTarget,
}
