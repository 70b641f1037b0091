import type { AccountTables } from '../store/account-tables.ts'
import type { Member, Role } from './member.ts'
import { organisationOf } from './organisations.ts'

/** What {@link memberOfRow} reads, of a member joined with their user and their organisation. */
export const MEMBER_COLUMNS = [
  'authMember.userId',
  'authMember.role',
  'authUser.email',
  'authUser.name as person',
  'authOrganization.id',
  'authOrganization.name',
  'authOrganization.kind',
  'authOrganization.issuer',
  'authOrganization.owner',
  'authOrganization.address',
  'authOrganization.representative',
  'authOrganization.allowsOidc',
] as const

type MemberRow = Parameters<typeof organisationOf>[0] &
  Pick<AccountTables['authMember'], 'userId' | 'role'> &
  Pick<AccountTables['authUser'], 'email'> & { person: string }

/** Somebody as the rest of the product knows them. */
export function memberOfRow(row: MemberRow): Member {
  const { userId: user, role, email, person: name } = row
  const { allowsOidc: _, ...organisation } = organisationOf(row)
  return { user, name, email, role: role as Role, organisation }
}
