import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { inflateSync } from 'node:zlib'
import type { FontFiles } from '../ports.ts'

/**
 * Noto Sans JP in full, since subsets sold as "japanese" lack 髙, 﨑 and 𠮷; keys and numbers are set
 * in Noto Sans Mono. The WOFF of it, not the WOFF2 of the pages: outlines of WOFF2 cannot be copied.
 */
const PLACES = {
  regular: () =>
    import.meta.resolve('@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf'),
  bold: () => import.meta.resolve('@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf'),
  mono: () =>
    import.meta.resolve('@fontsource/noto-sans-mono/files/noto-sans-mono-latin-400-normal.woff'),
} as const

/** The fonts of the packages that are installed beside us. */
export const fontFiles: FontFiles = {
  read: async (face) => unpacked(await readFile(fileURLToPath(PLACES[face]()))),
}

const WOFF = 0x774f4646

/**
 * A WOFF as the plain font in it (WOFF 1.0 §4, §5), any other file as it is: who reads a packed one
 * glyph by glyph inflates its outlines again for each.
 */
function unpacked(file: Buffer): Uint8Array {
  if (file.readUInt32BE(0) !== WOFF) return file
  const count = file.readUInt16BE(12)
  const head = Buffer.alloc(12 + 16 * count)
  // Flavor and number of tables; what helps to search in their list, readers do not need.
  file.copy(head, 0, 4, 8)
  head.writeUInt16BE(count, 4)
  const parts: Buffer[] = [head]
  let at = head.length
  for (let n = 0; n < count; n++) {
    const entry = 44 + 20 * n
    const [from, packed, length] = [4, 8, 12].map((field) => file.readUInt32BE(entry + field)) as [
      number,
      number,
      number,
    ]
    const bytes = file.subarray(from, from + packed)
    const table = packed < length ? inflateSync(bytes) : bytes
    const place = 12 + 16 * n
    file.copy(head, place, entry, entry + 4)
    file.copy(head, place + 4, entry + 16, entry + 20)
    head.writeUInt32BE(at, place + 8)
    head.writeUInt32BE(length, place + 12)
    const padded = Buffer.alloc(Math.ceil(length / 4) * 4)
    table.copy(padded)
    parts.push(padded)
    at += padded.length
  }
  return Buffer.concat(parts)
}
