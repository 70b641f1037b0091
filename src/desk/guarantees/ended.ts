import { stateWords } from '../issue/life-words.ts'
import type { IssuedRow } from './guarantee-rows.ts'

const ENDED: readonly IssuedRow['state'][] = ['cancelled', 'released', 'on_paper']

/** Whether an electronic guarantee, or one on paper, is in force no more. */
export function isEnded({ state }: Pick<IssuedRow, 'state'>): boolean {
  return ENDED.includes(state)
}

/** 解約済, 返還済, 書面へ切替済; undefined for what has not ended. */
export function endedAs(row: Pick<IssuedRow, 'state'>): string | undefined {
  return isEnded(row) ? stateWords[row.state] : undefined
}
