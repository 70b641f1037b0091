import decode from 'jsqr'
import { expect, test } from 'vitest'
import { qrSvg } from '../../src/web/qr.ts'

/** Paints the runs of a code's path, `scale` pixels a module, and reads it back. */
function read(svg: string, scale = 4): string | undefined {
  const side = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]) * scale
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255)
  for (const [, x, y, width] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++) {
      const from = (row * side + Number(x) * scale) * 4
      pixels.fill(0, from, from + Number(width) * scale * 4)
      for (let at = from + 3; at < from + Number(width) * scale * 4; at += 4) pixels[at] = 255
    }
  }
  return (decode as unknown as typeof import('jsqr').default)(pixels, side, side)?.data
}

test.each([
  'https://hosho.example.lg.jp/#n=12345-678901',
  'https://hosho.example.lg.jp/v#AbCdEfGhIjKlMnOpQrStUv',
])('a decoder reads %s back', (text) => {
  expect(read(String(qrSvg(text, 'x')))).toBe(text)
})

test('the code has a label, four light modules around it and no style of its own', () => {
  const svg = String(qrSvg('https://hosho.example.lg.jp/#n=12345-678901', '確認ページ'))
  expect(svg).toContain('role="img" aria-label="確認ページ"')
  expect(svg).not.toContain('style')
  const starts = [...svg.matchAll(/M(\d+) (\d+)h\d+v1/g)]
  expect(Math.min(...starts.map(([, x]) => Number(x)))).toBe(4)
  expect(Math.min(...starts.map(([, , y]) => Number(y)))).toBe(4)
})
