/** An instant as kept and signed: RFC 3339, UTC, three decimals, `Z`; sorts as text. */
export type Instant = string

/** A calendar day `YYYY-MM-DD`; days are those of Asia/Tokyo. */
export type Day = string

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const DAY = /^\d{4}-\d\d-\d\d$/
const TOKYO_OFFSET = 9 * 3600_000

/** The instant of milliseconds since 1970-01-01T00:00:00Z. */
export function instant(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString()
}

/** Milliseconds of an instant. */
export function milliseconds(at: Instant): number {
  return Date.parse(at)
}

export function isInstant(text: string): boolean {
  return INSTANT.test(text) && !Number.isNaN(Date.parse(text)) && instant(Date.parse(text)) === text
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT(?!24)\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/

/**
 * What people and programs write for an instant: RFC 3339 with any offset, or a day, which begins
 * in Tokyo; undefined for anything else.
 */
export function readInstant(text: string): Instant | undefined {
  const read = isDay(text) ? startOfDay(text) : instantOf(text)
  return isInstant(read) ? read : undefined
}

/** `Date.parse` takes 30 February for 2 March, and an offset leads out of the years 0000 to 9999. */
function instantOf(text: string): string {
  const time = RFC_3339.test(text) && isDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? '' : instant(time)
}

/** Whether `text` is `YYYY-MM-DD` and a day that exists. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false
  const month = Number(text.slice(5, 7))
  const date = Number(text.slice(8))
  if (month < 1 || month > 12 || date < 1) return false
  return date <= 28 || date <= daysIn(Number(text.slice(0, 4)), month)
}

/** Days of a month in the Gregorian calendar; months count from 1. */
function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** The day in Tokyo at an instant; Japan has had no other offset than +09:00 since 1951. */
export function dayInTokyo(at: Instant): Day {
  return instant(milliseconds(at) + TOKYO_OFFSET).slice(0, 10)
}

/** The instant at which a day begins in Tokyo. */
export function startOfDay(day: Day): Instant {
  return instant(Date.parse(`${day}T00:00:00.000Z`) - TOKYO_OFFSET)
}

/** The day `days` after (or, negative, before) a day. */
export function addDays(day: Day, days: number): Day {
  return instant(Date.parse(`${day}T00:00:00.000Z`) + days * 86_400_000).slice(0, 10)
}

/** Made when it is first asked for: the calendars of ICU are a tenth of what a command takes. */
let era: Intl.DateTimeFormat | undefined

/** 令和7年11月14日; the first year of an era is 元年. */
export function eraDay(day: Day): string {
  era ??= new Intl.DateTimeFormat('ja-JP-u-ca-japanese', {
    timeZone: 'UTC',
    era: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
  })
  return era.format(Date.parse(`${day}T00:00:00.000Z`))
}

/** 2025年11月14日. */
export function westernDay(day: Day): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** Time of day in Tokyo, `14:05`. */
export function clockInTokyo(at: Instant): string {
  return instant(milliseconds(at) + TOKYO_OFFSET).slice(11, 16)
}

/** As lists show it, `2025/11/14 14:05` in Tokyo. */
export function listTime(at: Instant): string {
  return `${dayInTokyo(at).replaceAll('-', '/')} ${clockInTokyo(at)}`
}
