import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
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
  read: (face) => readFile(fileURLToPath(PLACES[face]())),
}
