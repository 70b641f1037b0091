import { codePoints } from '../../../base/text.ts'
import { showInteger, showYen } from '../../../web/show.ts'

const MAN = 10_000
const OKU = 100_000_000

/**
 * A sum as it was understood, `20,000,000円（2,000万円）`; '' where there is none.
 * `public/js/application.js` does the same.
 */
export function yenEcho(yen: number | undefined): string {
  if (yen === undefined) return ''
  const counted = inMan(yen)
  return counted === undefined ? showYen('ja', yen) : `${showYen('ja', yen)}（${counted}）`
}

/** 2億5,000万円 where a sum is whole 万円; undefined where it is not. */
function inMan(yen: number): string | undefined {
  if (yen < MAN || yen % MAN !== 0) return undefined
  const oku = Math.floor(yen / OKU)
  const man = (yen % OKU) / MAN
  return `${oku > 0 ? `${showInteger(oku)}億` : ''}${man > 0 ? `${showInteger(man)}万` : ''}円`
}

/** How many characters of a text of several lines are used: `12／1,000文字`. */
export function countEcho(text: string, most: number): string {
  return `${showInteger(codePoints(text.replaceAll('\r\n', '\n')))}／${showInteger(most)}文字`
}
