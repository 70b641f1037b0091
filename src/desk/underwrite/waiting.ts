import type { Instant } from '../../base/time.ts'

const HOUR = 3_600_000

/** Whole hours between two instants. */
export function hoursSince(from: Instant, to: Instant): number {
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / HOUR))
}

/** 「3時間」, from two days on 「2日」. */
export function ageText(hours: number): string {
  if (hours < 1) return '1時間未満'
  return hours < 48 ? `${hours}時間` : `${Math.floor(hours / 24)}日`
}
