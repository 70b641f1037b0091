import * as z from 'zod'
import { Fault } from '../base/fault.ts'
import { day, text, yen } from './claims.ts'
import type { Checker, ContractData } from './verdict.ts'

/** What an officer brings to a look-up beside the pair. */
export interface LookupOptions {
  checker?: Checker | undefined
  /** The works contract to compare with. */
  contract?: ContractData | undefined
}

const shortText = text()

const emptyError = 'must have a member; leave it out where there is nothing to compare'

function given<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z
    .strictObject(shape)
    .refine((value) => Object.values(value).some((member) => member !== undefined), {
      error: emptyError,
    })
}

const optionsSchema: z.ZodType<LookupOptions> = z.object({
  checker: z
    .strictObject({ department: shortText.optional(), name: shortText.optional() })
    .optional(),
  contract: given({
    worksName: shortText.optional(),
    worksNumber: shortText.optional(),
    contractPrice: yen.optional(),
    worksContractDate: day.optional(),
    worksPeriod: given({ start: day.optional(), end: day.optional() }).optional(),
    ownerName: shortText.optional(),
    contractorName: shortText.optional(),
  }).optional(),
})

/** Whether a text may stand in the options: visible, 1 to 200 code points, no control character. */
export function isShortText(value: string): boolean {
  return shortText.safeParse(value).success
}

/**
 * The options of a look-up, judged alike for every door. A comparison of nothing is refused, since
 * it would pass.
 * @throws Fault body_invalid with one error for each wrong member
 */
export function checkLookupOptions(options: LookupOptions): void {
  const read = optionsSchema.safeParse(options)
  if (read.success) return
  const errors = read.error.issues.map(({ path, message }) => ({
    field: path.join('.'),
    code: 'invalid',
    detail: message,
  }))
  throw new Fault(
    'body_invalid',
    errors.map(({ field, detail }) => `${field} ${detail}`).join('; '),
    { errors },
  )
}
