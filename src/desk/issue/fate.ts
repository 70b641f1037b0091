import { listTime } from '../../base/time.ts'
import { LIFE } from './life-words.ts'

/** How far a record has come on its way to the platform. */
export interface Fate {
  arrivedAt: string | null | undefined
  /** Of its submission, where there is one. */
  state?: string | null
  tries?: number | null
}

/** 「プラットフォームに到着しました 2025/11/14 14:05」, 「未到着（再送待ち 2回目）」. */
export function fateText({ arrivedAt, state, tries }: Fate): string {
  if (arrivedAt) return LIFE.arrived(listTime(arrivedAt))
  if (!tries) return LIFE.sending
  return state === 'refused' ? LIFE.refused : LIFE.waiting(tries)
}
