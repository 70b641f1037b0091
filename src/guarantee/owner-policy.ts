import * as z from 'zod'
import { KINDS } from './certificate.ts'
import { day } from './claims.ts'
import { BASES } from './owner.ts'
import { ruleValuesSchema } from './rules/values.ts'
import type { OwnerPolicy } from './sufficiency.ts'

const policySchema = z.object({
  names: z.array(z.string()),
  code: z.exactOptional(z.string()),
  start: z.object({ date: day, basis: z.enum(BASES) }),
  kinds: z.array(z.enum(KINDS)),
  rules: z.array(z.object({ from: day, values: ruleValuesSchema.partial() })),
})

/** A policy out of what is stored of an owner; undefined when that is none (any more). */
export function readOwnerPolicy(stored: unknown): OwnerPolicy | undefined {
  const read = policySchema.safeParse(stored)
  return read.success ? (read.data as OwnerPolicy) : undefined
}
