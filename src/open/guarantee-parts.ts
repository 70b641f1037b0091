import type { MemberOf } from '../accounts/member.ts'
import type { GuaranteeParts } from '../desk/guarantees/parts.ts'
import { openAuthKey } from '../desk/issue/auth-keys.ts'
import { printKeyNotice } from '../desk/print/notice.pdf.ts'
import type { Access } from '../ports.ts'
import type { Site } from '../web/site.ts'
import type { Desk } from './desk.ts'

/** The pages of guarantees over a desk, for members of its organisations. */
export function guaranteeParts(
  { ports, company, press }: Desk,
  { site, memberOf, access }: { site: Site; memberOf: MemberOf; access: Access },
): GuaranteeParts {
  return {
    ports,
    access,
    site,
    memberOf,
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
