/** 請負契約者の担当者, 保証会社の担当者・承認者, 発注者の担当者, 監査担当者, 運営者. */
export const ROLES = ['contractor', 'clerk', 'approver', 'owner', 'auditor', 'operator'] as const

export type Role = (typeof ROLES)[number]

/** A contractor's firm, a guarantee company, a public owner, or the operator's own house. */
export type OrganisationKind = 'contractor' | 'issuer' | 'owner' | 'operator'

export interface Organisation {
  id: string
  kind: OrganisationKind
  name: string
  /** 住所, 代表者: as they stand on certificates of a contractor. */
  address?: string
  representative?: string
  /** The guarantee company's id, for `kind` issuer. */
  issuer?: string
  /** The owner's name as registered, for `kind` owner. */
  owner?: string
}

/** Who is signed in, in the one organisation that the session is for. */
export interface Member {
  user: string
  name: string
  email: string
  role: Role
  organisation: Organisation
}

/** Who sent a request: undefined when nobody is signed in, or the session has ended. */
export type MemberOf = (request: Request) => Promise<Member | undefined>

/** The page that somebody of a role begins at. */
export function homeOf(role: Role): string {
  return role === 'contractor' || role === 'clerk' || role === 'approver' ? '/desk' : '/account'
}
