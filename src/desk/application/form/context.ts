import type { Organisation } from '../../../accounts/member.ts'
import type { OwnerSeen } from '../../../ports.ts'
import type { BillTo } from '../content.ts'
import type { Company, FormContext } from './read-application.ts'
import { billValue } from './read-line.ts'

/** Owners that a page carries as suggestions; of a longer directory the rest is typed freely. */
const MOST_NAMES = 2000

export interface ContextPorts {
  companies(): Promise<readonly Company[]>
  /** The platform's directory. */
  owners(query: string): Promise<OwnerSeen[]>
  /** Seconds since it was asked in vain, while it is not asked anew. */
  unanswered(): number | undefined
  report(event: string, facts: Record<string, unknown>): void
}

/**
 * What a form is read against now; a directory that does not answer keeps nobody from writing.
 * @param returnedBy the company that has returned it: it is sent to that one again, and to no other
 */
export async function contextOf(
  ports: ContextPorts,
  organisation: Organisation,
  billTos: readonly BillTo[],
  purposes: readonly string[],
  returnedBy?: string,
): Promise<FormContext> {
  const [all, owners] = await Promise.all([
    ports.companies(),
    ports.owners('').catch((error: unknown) => {
      ports.report('owners_not_read', { error: String(error) })
      return undefined
    }),
  ])
  const returned = returnedBy !== undefined
  const companies = returned ? all.filter(({ issuer }) => issuer === returnedBy) : all
  const known = distinct(organisation, billTos)
  const unanswered = ports.unanswered()
  return { organisation, companies, owners, unanswered, purposes, billTos: known, returned }
}

/** The firm's own address first, then each other one once. */
function distinct({ name, address }: Organisation, billTos: readonly BillTo[]): BillTo[] {
  const own: BillTo = { name, ...(address !== undefined && { address }) }
  return [...new Map([own, ...billTos].map((one) => [billValue(one), one])).values()]
}

/** Names to choose from while typing. */
export function ownerNames({ owners = [] }: FormContext): string[] {
  return owners.slice(0, MOST_NAMES).map(({ name }) => name)
}
