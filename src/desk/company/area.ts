import type { Member, Role } from '../../accounts/member.ts'
import type { Area } from '../../web/area.ts'

const CONTRACTOR = [
  { path: '/desk/applications', text: '保証申込' },
  { path: '/desk/guarantees', text: '保証契約一覧' },
  { path: '/desk/guarantees/electronic', text: '電子保証（認証キー）' },
  { path: '/desk/guarantees/history', text: '電子保証履歴一覧' },
  { path: '/desk/statements', text: '保証料計算書一覧' },
]

const COMPANY = [
  { path: '/desk/inbox', text: '申込一覧' },
  { path: '/desk/guarantees', text: '保証契約一覧' },
  { path: '/desk/statements', text: '保証料計算書一覧' },
  { path: '/desk/mails', text: 'メール送信箱' },
]

const TABS: Partial<Record<Role, Area['tabs']>> = {
  contractor: CONTRACTOR,
  clerk: COMPANY,
  approver: COMPANY,
}

/**
 * The shell of the desk's pages for who is signed in.
 * @param current path of the tab that is open
 */
export function areaOf({ name, role, organisation }: Member, current?: string): Area {
  const firm = organisation.name
  return {
    service: 'インターネット保証サービス',
    home: '/desk',
    who: role === 'contractor' ? `${firm} 様` : `${firm} ${name}`,
    tabs: TABS[role] ?? [],
    help: '/desk/help',
    ...(current !== undefined && { current }),
  }
}
