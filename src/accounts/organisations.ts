import { Fault } from '../base/fault.ts'
import type { Clock } from '../ports.ts'
import type { AccountStore, AccountTables } from '../store/account-tables.ts'
import type { Auth } from './auth.ts'
import type { Organisation, OrganisationKind, Role } from './member.ts'

/** What an organisation may be registered with. */
export interface NewOrganisation extends Omit<Organisation, 'id'> {
  /** Whether its people may come by the single sign-on (OIDC). */
  allowsOidc: boolean
}

export interface KnownOrganisation extends NewOrganisation {
  id: string
}

/** Which roles there are in each kind of organisation. */
const ROLES_OF: Record<OrganisationKind, readonly Role[]> = {
  contractor: ['contractor'],
  issuer: ['clerk', 'approver'],
  owner: ['owner', 'auditor'],
  operator: ['operator', 'auditor'],
}

export function createOrganisations(auth: Auth, { db }: AccountStore, clock: Clock) {
  const rows = () => db.selectFrom('authOrganization').selectAll()

  return {
    /** @throws Fault body_invalid, state_conflict when the name is taken */
    async add(given: NewOrganisation): Promise<KnownOrganisation> {
      checkShape(given)
      const { name } = given
      const taken = await rows().where('name', '=', name).executeTakeFirst()
      if (taken) throw new Fault('state_conflict', `There is an organisation ${name} already.`)
      const { adapter } = await auth.$context
      // The name as slug too, which is unique: of two at once one is refused.
      const data = { ...given, slug: name, createdAt: new Date(clock.now()) }
      const { id } = await adapter.create<Record<string, unknown>, { id: string }>({
        model: 'organization',
        data,
      })
      return { ...given, id }
    },

    async list(): Promise<KnownOrganisation[]> {
      return (await rows().orderBy('name').execute()).map(organisationOf)
    },

    /** @throws Fault not_found */
    async byNameOrId(text: string): Promise<KnownOrganisation> {
      const row = await rows()
        .where((eb) => eb.or([eb('id', '=', text), eb('name', '=', text)]))
        .executeTakeFirst()
      if (row) return organisationOf(row)
      throw new Fault('not_found', `There is no organisation ${text}. See akashi org list.`)
    },
  }
}

/** @throws Fault body_invalid when an organisation of this kind has no such role */
export function checkRole({ kind, name }: Organisation, role: Role): void {
  if (ROLES_OF[kind].includes(role)) return
  throw new Fault('body_invalid', `${name} is of kind ${kind}: ${ROLES_OF[kind].join(', ')}.`)
}

function checkShape({ kind, name, issuer, owner }: NewOrganisation): void {
  if (name.trim() === '') throw new Fault('body_invalid', 'Give a name.')
  if ((kind === 'issuer') !== (issuer !== undefined)) {
    throw new Fault('body_invalid', 'An organisation of kind issuer, and no other, has --issuer.')
  }
  if ((kind === 'owner') !== (owner !== undefined)) {
    throw new Fault('body_invalid', 'An organisation of kind owner, and no other, has --owner.')
  }
}

type Row = Pick<
  AccountTables['authOrganization'],
  'id' | 'name' | 'kind' | 'issuer' | 'owner' | 'address' | 'representative' | 'allowsOidc'
>

/** A row as the rest of the product knows it. */
export function organisationOf(row: Row): KnownOrganisation {
  const { id, name, kind, issuer, owner, address, representative, allowsOidc } = row
  return {
    id,
    name,
    kind: kind as OrganisationKind,
    ...(issuer !== null && { issuer }),
    ...(owner !== null && { owner }),
    ...(address !== null && { address }),
    ...(representative !== null && { representative }),
    allowsOidc: allowsOidc === 1,
  }
}
