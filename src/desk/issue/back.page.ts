import { FAULT_CODES, type FaultCode } from '../../base/fault.ts'
import { seeOther } from '../../web/answer.ts'
import type { Asking } from './asking.page.ts'
import { faultText } from './fault-text.ts'
import { LIFE_DONE, LIFE_REFUSED, type LifeDone, type LifeRefused } from './life-words.ts'
import { OUTCOMES } from './refused-words.ts'

/** Back to the page of the guarantee, which says what was done. */
export function done({ base }: Pick<Asking, 'base'>, what: LifeDone): Response {
  return seeOther(`${base}?done=${what}`)
}

/** Back to the page of the guarantee, which says why nothing was done, and shows how it stands now. */
export function refused({ base }: Pick<Asking, 'base'>, why: LifeRefused | FaultCode): Response {
  return seeOther(`${base}?refused=${why}`)
}

/** What a page says for the `?done=` of its address; nothing for what is none of ours. */
export function doneText(what: string | undefined): string | undefined {
  return Object.entries({ ...OUTCOMES, ...LIFE_DONE }).find(([name]) => name === what)?.[1]
}

/** What a page says for the `?refused=` of its address; nothing for what is none of ours. */
export function refusedText(why: string | undefined): string | undefined {
  const own = Object.entries(LIFE_REFUSED).find(([name]) => name === why)
  if (own) return own[1]
  const code = FAULT_CODES.find((one) => one === why)
  return code && faultText(code)
}
