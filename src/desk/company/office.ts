import * as z from 'zod'
import { isMailAddress } from '../../base/mail-address.ts'
import { addDays, clockInTokyo, type Day, dayInTokyo, type Instant } from '../../base/time.ts'
import { day, text } from '../../guarantee/claims.ts'

const clock = z
  .string({ error: 'must be a time of day, HH:MM' })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time of day, HH:MM' })

const WEEK = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

const phone = z
  .string({ error: 'must be a telephone number' })
  .regex(/^[0-9][0-9-]{8,14}[0-9]$/, { error: 'must be a telephone number, digits and hyphens' })

/** A 営業部 or 支店 of the company (desk-domain.md §7); applications are sent to one of them. */
export const officeSchema = z.strictObject({
  id: z
    .string({ error: 'must be text' })
    .regex(/^[a-z0-9-]{1,32}$/, { error: 'must be 1 to 32 of a-z, 0-9 and hyphen' }),
  name: text(40),
  kind: z.enum(['head', 'sales_dept', 'branch'], {
    error: 'must be one of head, sales_dept, branch',
  }),
  /** 担当区域. */
  prefectures: z.array(text(10), { error: 'must be a list of prefectures' }),
  postalCode: z
    .string({ error: 'must be a postal code' })
    .regex(/^\d{3}-\d{4}$/, { error: 'must be a postal code, 000-0000' }),
  address: text(),
  phone,
  fax: z.exactOptional(phone),
  /** Where the office is told by mail of what contractors do (取下げ); it is not without one. */
  mail: z.exactOptional(
    z
      .string({ error: 'must be a mail address' })
      .refine(isMailAddress, { error: 'must be a mail address' }),
  ),
  openDays: z
    .array(z.enum(WEEK, { error: `must be one of ${WEEK.join(', ')}` }), {
      error: 'must be a list of days of the week',
    })
    .min(1, { error: 'must have one day at least' }),
  openFrom: clock,
  openTo: clock,
  /** Holidays and others, besides the week's own. */
  closedDates: z.array(day, { error: 'must be a list of days' }),
  /** What is sent after this time is received on the next open day; `openTo` without it. */
  cutoffTime: z.exactOptional(clock),
  isActive: z.boolean({ error: 'must be true or false' }),
})

export type Office = z.infer<typeof officeSchema>

const NAMES = { sun: '日', mon: '月', tue: '火', wed: '水', thu: '木', fri: '金', sat: '土' }
const WEEKDAYS = 'mon tue wed thu fri'

/** 「平日 9:00～17:00」. */
export function hoursOf({ openDays, openFrom, openTo }: Office): string {
  const days = WEEK.filter((name) => openDays.includes(name))
  const named = days.join(' ') === WEEKDAYS ? '平日' : days.map((name) => NAMES[name]).join('・')
  const [from, to] = [openFrom, openTo].map((time) => time.replace(/^0/, ''))
  return `${named} ${from}～${to}`
}

/** The day on which an office takes in what reaches it at an instant: that day, or the next open one. */
export function receptionDay(office: Office, at: Instant): Day {
  const { openTo, cutoffTime = openTo } = office
  const today = dayInTokyo(at)
  const late = clockInTokyo(at) > cutoffTime
  return openDayFrom(office, late ? addDays(today, 1) : today)
}

/** That day, or the next one on which the office is open. */
export function openDayFrom(office: Office, from: Day): Day {
  for (let day = from, tries = 0; ; day = addDays(day, 1), tries++) {
    // An office that is closed for a year has been left open in its profile by mistake.
    if (isOpen(office, day) || tries > 366) return day
  }
}

/** 本店, or the first office where none is called so; a profile has one at least. */
export function headOf(branches: readonly Office[]): Office {
  return branches.find(({ kind }) => kind === 'head') ?? (branches[0] as Office)
}

function isOpen({ openDays, closedDates }: Office, day: Day): boolean {
  const name = WEEK[new Date(day).getUTCDay()]
  return name !== undefined && openDays.includes(name) && !closedDates.includes(day)
}
