import * as z from 'zod'
import { count } from '../../guarantee/claims.ts'
import { fitsPattern } from '../../guarantee/number-pattern.ts'

const DIGITS = 'must be 1 to 12, the digits of the serial'

/** How a company numbers one series: 00000-000000 is the prefix `00000-` with 6 digits. */
const seriesSchema = z.strictObject({
  prefix: z
    .string({ error: 'must be text' })
    .regex(/^[0-9A-Z-]{0,20}$/, { error: 'must be up to 20 of 0-9, A-Z and hyphen' }),
  digits: z.int({ error: DIGITS }).min(1, { error: DIGITS }).max(12, { error: DIGITS }),
  /** The first serial to give; serials that were given are passed over. */
  next: count(1),
})

/** 保証契約番号, 受付番号, 保証料計算書, 証書用紙, 認証キーのお知らせ. */
export const numberingSchema = z.strictObject({
  guarantee: seriesSchema,
  application: seriesSchema,
  statement: seriesSchema,
  sheet: seriesSchema,
  notice: seriesSchema,
})

export type Numbering = z.infer<typeof numberingSchema>
export type Series = keyof Numbering
type Numbers = Numbering[Series]

export const SERIES = Object.keys(numberingSchema.shape) as Series[]

/** A number of a series; undefined when its digits are used up. */
export function numberOf({ prefix, digits }: Numbers, serial: number): string | undefined {
  return serial < 10 ** digits ? prefix + String(serial).padStart(digits, '0') : undefined
}

/** Whether the first and the last number of a series are numbers by the issuer's pattern. */
export function fitsAll(numbers: Numbers, pattern: string): boolean {
  return [numbers.next, 10 ** numbers.digits - 1].every((serial) => {
    const number = numberOf(numbers, serial)
    return number !== undefined && fitsPattern(number, pattern)
  })
}
