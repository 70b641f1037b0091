import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printKeyNotice } from '../../../src/desk/print/notice.pdf.ts'
import { ISSUE_ALPHABET } from '../../../src/guarantee/auth-key.ts'
import {
  type Bitmap,
  type Cell,
  codesOnFax,
  difference,
  faxOf,
  flatTextOf,
  infoOf,
  inkIn,
  patternOf,
  press,
  textOf,
  wordsOf,
} from './reading.ts'
import { KANJI, longest, notice } from './samples.ts'

describe('the key notice', () => {
  test('of a key in the place of another says that the former one is dead', async () => {
    const { pdf } = await printKeyNotice(press, {
      ...notice,
      rekeyedAt: '2025-12-01T01:02:00.000Z',
    })
    const flat = flatTextOf(pdf)
    expect(flat).toContain('認証キーを再発行しました。以前のお知らせの認証キーは使えません。')
    expect(flat).toContain('認証キー再発行日時令和7年12月1日（2025年12月1日）10:02（日本時間）')
  })

  test('says everything that the owner needs, and the key in one run', async () => {
    const { pdf, missing } = await printKeyNotice(press, notice)
    const text = textOf(pdf)
    expect(text.split('\n')).toContain('Z28YUE4J3Bux')
    expect(text.split('\n')).toContain('12345-678901')
    const flat = flatTextOf(pdf)
    for (const said of [
      notice.title,
      'お知らせ番号N-2025-001284',
      '作成日令和7年11月20日（2025年11月20日）',
      '富士市長殿',
      '株式会社髙橋建設',
      '前払金保証（新規）',
      '市道本町線道路改良工事（第2工区）',
      'JV名―（記載なし）',
      '金20,000,000円',
      'https://hosho.example.lg.jp',
      '令和7年11月20日（2025年11月20日）14:05（日本時間）',
      '大数数大大大数大数大小小',
      '財政部契約検査課',
      '【電子保証】20250114市道本町線道路改良工事',
      'この書面は保証証書ではありません',
      '認証キーを第三者に知らせないでください',
      'あかし東建設業保証株式会社静岡支店',
      '054-000-0000（平日9時から17時）',
    ]) {
      expect(flat).toContain(said)
    }
    expect(flat).not.toMatch(/保証料|見本|再発行/)
    expect(missing).toEqual([])
  })

  test('is a tagged A4 sheet in Japanese with its title', async () => {
    const { pdf } = await printKeyNotice(press, notice)
    const info = infoOf(pdf)
    expect(info).toMatch(/Title: +電子保証にかかる「認証キー」のお知らせ/)
    expect(info).toMatch(/Tagged: +yes/)
    expect(info).toMatch(/Pages: +1\n/)
    expect(info).toMatch(/Page size: +595\.\d+ x 841\.\d+ pts \(A4\)/)
    expect(Buffer.from(pdf).toString('latin1')).not.toContain('Helvetica')
    const structure = infoOf(pdf, '-struct')
    expect(structure.match(/\bTR\b/g)).toHaveLength(9)
    expect(structure.match(/\bTH\b/g)).toHaveLength(9)
    expect(structure.match(/\bTD\b/g)).toHaveLength(9)
    expect(structure.match(/\bLI\b/g)).toHaveLength(3)
    for (const tag of ['Document', 'H1', 'H2', 'Table', 'L', 'Figure']) {
      expect(structure).toMatch(new RegExp(`^\\s*${tag}\\b`, 'm'))
    }
  })

  test('the same data make the same bytes', async () => {
    const [one, two] = [await printKeyNotice(press, notice), await printKeyNotice(press, notice)]
    expect(Buffer.compare(one.pdf, two.pdf)).toBe(0)
  })

  test('goes through a FAX: the code is read, and it holds the number alone', async () => {
    const { pdf } = await printKeyNotice(press, notice)
    expect(codesOnFax(pdf)).toEqual(['https://hosho.example.lg.jp/#n=12345-678901'])
  })

  test('the code is at least 30 mm wide with its quiet zone', async () => {
    const { pdf } = await printKeyNotice(press, longest(KANJI))
    expect(codesOnFax(pdf)).toHaveLength(1)
    const [left, right] = darkBetween(faxOf(pdf)[0] as Bitmap, { from: 0.7, to: 0.88, at: 0.3 })
    const millimetres = ((right - left) / 204) * 25.4
    // 8 of at most 57 modules are the quiet zone.
    expect(millimetres).toBeGreaterThan(30 * (1 - 8 / 57))
  })
})

/** The first and the last dark column of a strip of the sheet. */
function darkBetween(
  { width, height, isDark }: Bitmap,
  { from, to, at }: { from: number; to: number; at: number },
): [number, number] {
  const columns: number[] = []
  for (let x = Math.round(width * from); x < width * to; x++) {
    for (let y = Math.round(height * at); y < height * (at + 0.11); y++) {
      if (isDark(x, y)) {
        columns.push(x)
        break
      }
    }
  }
  return [columns[0] as number, columns.at(-1) as number]
}

describe('the key on paper', () => {
  test('every symbol is drawn, in three groups with the reading below each', async () => {
    const { pdf } = await printKeyNotice(press, notice)
    const bitmap = faxOf(pdf)[0] as Bitmap
    const words = wordsOf(pdf)
    const key = words.find(({ text }) => text === notice.authKey)
    if (!key) throw new Error('the key is not one word')
    const cells = cellsOf(key)
    for (const cell of cells) expect(inkIn(bitmap, cell)).toBeGreaterThan(0.05)
    for (const gap of [cells[3], cells[7]] as Cell[]) {
      const air = { ...gap, left: gap.right + 1, right: gap.right + 10 }
      expect(inkIn(bitmap, air)).toBe(0)
    }
    const readings = words.filter(
      ({ text, top }) => /^[大小数]$/.test(text) && top > key.top && top < key.bottom + 12,
    )
    expect(readings.map(({ text }) => text).join('')).toBe('大数数大大大数大数大小小')
    for (const [index, { left, right }] of readings.entries()) {
      const { left: from, right: to } = cells[index] as Cell
      expect(Math.abs((left + right) / 2 - (from + to) / 2)).toBeLessThan(0.5)
    }
  })

  test('each of the 62 symbols is drawn as itself', async () => {
    const symbols = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz']
    const seen = new Map<string, number[]>()
    for (let start = 0; start < symbols.length; start += 12) {
      const authKey = symbols
        .slice(start, start + 12)
        .join('')
        .padEnd(12, '8')
      const { pdf } = await printKeyNotice(press, { ...notice, authKey })
      const key = wordsOf(pdf).find(({ text }) => text === authKey)
      if (!key) throw new Error(`${authKey} is not one word`)
      const bitmap = faxOf(pdf)[0] as Bitmap
      for (const [index, cell] of cellsOf(key).entries()) {
        seen.set(authKey[index] as string, patternOf(bitmap, cell))
      }
    }
    expect(seen.size).toBe(62)
    for (const [symbol, pattern] of seen) {
      for (const [other, otherPattern] of seen) {
        if (symbol < other) expect(difference(pattern, otherPattern)).toBeGreaterThan(0.1)
      }
    }
  })

  test('any key that is issued is copied out exactly', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...ISSUE_ALPHABET), { minLength: 12, maxLength: 12 }),
        async (symbols) => {
          const authKey = symbols.join('')
          const { pdf } = await printKeyNotice(press, { ...notice, authKey })
          expect(textOf(pdf).split('\n')).toContain(authKey)
        },
      ),
      { seed: 20251120, numRuns: 8 },
    )
  })
})

/** The twelve symbols of a key: each of one width, half of it more between groups of four. */
function cellsOf({ left, right, top, bottom }: Cell): Cell[] {
  const unit = (right - left) / (12 * 0.6 + 2 * 0.5)
  return Array.from({ length: 12 }, (_, index) => {
    const from = left + unit * (index * 0.6 + Math.floor(index / 4) * 0.5)
    return { left: from, right: from + 0.6 * unit, top, bottom }
  })
}
