import {
  clockInTokyo,
  type Day,
  dayInTokyo,
  eraDay,
  type Instant,
  listTime,
  westernDay,
} from '../base/time.ts'
import { type Html, html } from './html.ts'
import type { Lang } from './lang.ts'

/** An integer with thousands separators, `20,000,000`; a list has fifty, and `Intl` takes its time. */
export function showInteger(value: number): string {
  let rest = Math.abs(value)
  let groups = ''
  for (; rest >= 1000; rest = Math.floor(rest / 1000)) groups = GROUPS[rest % 1000] + groups
  return (value < 0 ? '-' : '') + rest + groups
}

/** `,000` to `,999`. */
const GROUPS = Array.from({ length: 1000 }, (_, group) => `,${String(group).padStart(3, '0')}`)

/** Yen as the leaflet writes them, `20,000,000円`; never `Intl`'s currency style (full-width ￥). */
export function showYen(lang: Lang, yen: number): string {
  return lang === 'ja' ? `${showInteger(yen)}円` : `¥${showInteger(yen)}`
}

/** A day in one calendar, for titles and attributes: `2025年11月14日`, `14 November 2025`. */
export function plainDay(lang: Lang, day: Day): string {
  return lang === 'ja' ? westernDay(day) : englishDay(day)
}

const MONTHS =
  'January February March April May June July August September October November December'.split(' ')

function englishDay(day: Day): string {
  const [year, month = 0, date] = day.split('-').map(Number)
  return `${date} ${MONTHS[month - 1]} ${year}`
}

/**
 * A day in both calendars, `令和7年11月14日（2025年11月14日）`. The era stands in elements of its own,
 * which the choice 「西暦のみ」 of a print-out leaves away.
 */
export function showDay(lang: Lang, day: Day): Html {
  const text = plainDay(lang, day)
  if (lang === 'en') return html`<time datetime="${day}">${text}</time>`
  return html`<time datetime="${day}"><span class="era">${eraDay(day)}（</span>${text}<span class="era">）</span></time>`
}

/** 2026/02/03 14:05 on one line, for lists. */
export function showListTime(at: Instant): Html {
  return html`<time class="nowrap" datetime="${at}">${listTime(at)}</time>`
}

/** An instant to the minute in Japan time, its day as {@link showDay}. */
export function showInstant(lang: Lang, at: Instant): Html {
  const day = dayInTokyo(at)
  const clock = clockInTokyo(at)
  const text = plainDay(lang, day)
  if (lang === 'en') return html`<time datetime="${at}">${text}, ${clock} (Japan time)</time>`
  return html`<time datetime="${at}"><span class="era">${eraDay(day)}（</span>${text}<span class="era">）</span><span class="nowrap">${clock}（日本時間）</span></time>`
}
