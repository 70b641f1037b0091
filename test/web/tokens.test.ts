import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')

test.each([
  ['css/tokens.css', '@digital-go-jp/design-tokens/dist/tokens.css'],
  [
    'fonts/noto-sans-mono-latin-400.woff2',
    '@fontsource/noto-sans-mono/files/noto-sans-mono-latin-400-normal.woff2',
  ],
  ['fonts/OFL.txt', '@fontsource/noto-sans-mono/LICENSE'],
])('public/%s is the file of its package, byte for byte', async (ours, theirs) => {
  const [mine, original] = await Promise.all([
    readFile(join(root, 'public', ours)),
    readFile(join(root, 'node_modules', theirs)),
  ])
  expect(mine.equals(original)).toBe(true)
})
