import type { Accounts } from '../accounts/accounts.ts'
import type { Member } from '../accounts/member.ts'
import type { ApplicationPorts } from '../desk/application/pages/door.page.ts'
import type { GuaranteeParts } from '../desk/guarantees/parts.ts'
import { openAuthKey } from '../desk/issue/auth-keys.ts'
import { printKeyNotice } from '../desk/print/notice.pdf.ts'
import type { StatementDoors } from '../desk/underwrite/statements.page.ts'
import type { UnderwriteDoors } from '../desk/underwrite/underwrite.page.ts'
import type { Access } from '../ports.ts'
import type { Site } from '../web/site.ts'
import type { Desk } from './desk.ts'

/** Who is signed in, and where what they do is noted. */
interface House {
  accounts: Pick<Accounts, 'memberOf' | 'users'>
  access: Access
  site: Site
  confirmAt: string
}

/** 保証申込 over a desk. */
export function applicationParts(
  { ports, company, tell }: Desk,
  { accounts, access, site }: House,
): ApplicationPorts {
  const { companies, nextNumber, officeOf, receptionOf } = company
  return {
    ...ports,
    ...{ access, site, companies, nextNumber, officeOf, receptionOf },
    owners: ports.platform.owners,
    unanswered: ports.platform.unanswered,
    userName: accounts.users.nameOf,
    tellSent: tell.sent,
    withdrawn: tell.withdrawn,
  }
}

/** 申込一覧 and 保証料計算書一覧 over a desk. */
export function underwritingParts(
  { ports, company, premiums, issueLine, tell, press }: Desk,
  { accounts, access, site }: House,
): UnderwriteDoors & StatementDoors {
  const { memberOf, users } = accounts
  return {
    ...ports,
    ...{ company, premiums, issueLine, tell, press, memberOf, site },
    userName: users.nameOf,
    async noteForeign({ user, organisation }: Member, path: string) {
      await access.note({ kind: 'foreign_id', detail: { org: organisation.id, user, path } })
    },
  }
}

/** 保証契約一覧 and メール送信箱 over a desk. */
export function guaranteeParts(
  { ports, company, press }: Desk,
  { accounts, access, site, confirmAt }: House,
): GuaranteeParts {
  return {
    ports,
    access,
    site,
    confirmAt,
    memberOf: accounts.memberOf,
    async authKeyOf({ sealedKey, ...row }) {
      return sealedKey === null ? undefined : openAuthKey(ports.sealer, { ...row, sealedKey })
    },
    officeOf: company.officeOf,
    async branchesOf(issuer) {
      const own = (await company.companies()).find((one) => one.issuer === issuer)
      return own?.branches ?? []
    },
    printNotice: (notice) => printKeyNotice(press, notice),
  }
}
