import type { Lang } from '../web/lang.ts'
import { en } from './words-en.ts'
import { type CliWords, ja } from './words-ja.ts'

export const cliWords: Record<Lang, CliWords> = { ja, en }
