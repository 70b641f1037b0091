import type { Company, OfficeInCharge } from '../company/company.ts'
import { isOpen } from '../company/open-statements.ts'
import type { PremiumAccount } from '../company/payee.ts'
import type { StatementSeen } from './statements.ts'

/** Where the open statements of a company are paid, or whom to ask where it has not said it. */
export interface Payee {
  office: OfficeInCharge
  account: PremiumAccount | undefined
}

/** Whether it is paid by itself, and is open. */
export function isToPay(seen: StatementSeen): boolean {
  return seen.type === 'charge' && !seen.isPending && isOpen(seen)
}

/** One for each account, or for each office that has to be asked for it. */
export async function payeesOf(
  company: Pick<Company, 'officeOf' | 'accountOf'>,
  rows: readonly StatementSeen[],
): Promise<Payee[]> {
  const payees = new Map<string, Payee>()
  for (const { issuer, branch } of rows.filter(isToPay)) {
    const account = await company.accountOf(issuer)
    const place = account ? issuer : `${issuer} ${branch}`
    if (payees.has(place)) continue
    payees.set(place, { office: await company.officeOf(issuer, branch), account })
  }
  return [...payees.values()]
}
