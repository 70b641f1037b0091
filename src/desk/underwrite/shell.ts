import type { Member } from '../../accounts/member.ts'
import { Fault } from '../../base/fault.ts'
import { areaOf } from '../company/area.ts'

/** What surrounds the pages of the inbox. */
export function shell(member: Member) {
  return { area: areaOf(member, '/desk/inbox'), wide: true, styles: ['underwrite'] }
}

/** @throws Fault role_not_allowed for who belongs to no company */
export function issuerOf({ organisation: { issuer } }: Member): string {
  if (issuer !== undefined) return issuer
  throw new Fault('role_not_allowed', 'This page is for guarantee companies.')
}
