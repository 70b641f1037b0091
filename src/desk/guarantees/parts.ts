import type { MemberOf } from '../../accounts/member.ts'
import type { Access, DeskPorts } from '../../ports.ts'
import type { Site } from '../../web/site.ts'
import type { KeyNotice } from '../print/notice.pdf.ts'
import type { Office } from '../print/office.ts'
import type { Printed } from '../print/paper.ts'
import type { IssuedRow } from './guarantee-rows.ts'

/** What the pages of guarantees are built from. */
export interface GuaranteeParts {
  ports: Pick<DeskPorts, 'store' | 'clock' | 'random' | 'report' | 'platform'>
  access: Pick<Access, 'note'>
  site: Site
  /** The origin at which an owner confirms, without a closing slash: the platform's. */
  confirmAt: string
  memberOf: MemberOf
  /** The auth key in the clear; none on paper. Whoever shows it notes that it was shown. */
  authKeyOf(row: IssuedRow): Promise<string | undefined>
  officeOf(issuer: string, branch: string | undefined): Promise<Office>
  branchesOf(issuer: string): Promise<{ id: string; name: string }[]>
  printNotice(notice: KeyNotice): Promise<Printed>
}
