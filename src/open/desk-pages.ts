import type { Accounts } from '../accounts/accounts.ts'
import type { DeskPages } from '../app.ts'
import type { Access } from '../ports.ts'
import type { Site } from '../web/site.ts'
import type { Desk } from './desk.ts'

/** The desk's pages over its deeds, and who is signed in. */
export function deskPagesOf(
  { ports, company, tell }: Desk,
  accounts: Pick<Accounts, 'memberOf' | 'users'>,
  access: Pick<Access, 'note'>,
  site: Site,
): DeskPages {
  const { companies, nextNumber, officeOf } = company
  return {
    memberOf: accounts.memberOf,
    applications: {
      ...ports,
      ...{ access, site, companies, nextNumber, officeOf },
      owners: ports.platform.owners,
      userName: accounts.users.nameOf,
      received: tell.received,
    },
  }
}
