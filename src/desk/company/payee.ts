import * as z from 'zod'
import { addDays, type Day } from '../../base/time.ts'
import { text } from '../../guarantee/claims.ts'
import { headOf, type Office, openDayFrom } from './office.ts'

const numberError = 'must be the seven digits of the account'
const holderError =
  'must be the holder as the bank has it, 1 to 48 of full-width katakana, capitals, digits, （）．－ and spaces'

/** The bank account to which premiums are paid (振込先). */
export const accountSchema = z.strictObject({
  bankName: text(40),
  branchName: text(40),
  /** 普通 or 当座. */
  type: z.enum(['ordinary', 'current'], { error: 'must be one of ordinary, current' }),
  number: z.string({ error: numberError }).regex(/^[0-9]{7}$/, { error: numberError }),
  /** 口座名義. */
  holderKana: z
    .string({ error: holderError })
    .regex(/^(?=.*[ァ-ヴＡ-Ｚ])(?! |　)[ァ-ヴーＡ-Ｚ０-９（）．－・ 　]{1,48}(?<! |　)$/, {
      error: holderError,
    }),
  /** Made up for show: wherever it stands it says that nothing is to be paid to it. */
  demo: z.boolean({ error: 'must be true or false' }),
})

export type PremiumAccount = z.infer<typeof accountSchema>

const dueError = 'must be the days from a statement to its 支払期限, 1 to 90'

/** Days from a 保証料計算書 to its 支払期限. */
export const dueDays = z
  .int({ error: dueError })
  .min(1, { error: dueError })
  .max(90, { error: dueError })

const TYPES = { ordinary: '普通', current: '当座' }

/** 「見本銀行 本店 普通 0000000」, with what a sample says of itself. */
export function accountText({ bankName, branchName, type, number, demo }: PremiumAccount): string {
  const named = `${bankName} ${branchName} ${TYPES[type]} ${number}`
  return demo ? `${named}（見本。振り込まないでください）` : named
}

/**
 * 支払期限 of what is made on a day and paid by the case: so many days later, and where the head
 * office is closed then, the next day on which it is open. None where the company has set none.
 */
export function dueDayOf(
  company: { branches: readonly Office[]; premiumDueDays?: number },
  madeOn: Day,
): Day | undefined {
  const { premiumDueDays: days, branches } = company
  return days === undefined ? undefined : openDayFrom(headOf(branches), addDays(madeOn, days))
}
