import { Fault, type FieldFault } from '../../base/fault.ts'
import { Memo } from '../../base/memo.ts'
import { type Day, type Instant, instant } from '../../base/time.ts'
import type { Clock } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import { createNumbers } from './numbers.ts'
import { headOf, hoursOf, type Office, receptionDay } from './office.ts'
import { dueDayOf, type PremiumAccount } from './payee.ts'
import {
  type CompanyProfile,
  profileWarnings,
  type RegisteredIssuer,
  readProfile,
  storedProfile,
} from './profile.ts'

/** A company as contractors see it when they apply. */
export interface CompanyOffered {
  issuer: string
  name: string
  /** Those that take applications. */
  branches: Office[]
  paymentMethods: CompanyProfile['paymentMethods']
  profile: CompanyProfile
}

/** Whom to ask: what stands at the foot of papers and mails. */
export interface OfficeInCharge {
  company: string
  /** None where the company as a whole is meant. */
  branch?: string
  address: string
  phone: string
  hours: string
}

/** The guarantee companies whose desk this is, each with its profile and its numbers. */
export function createCompany({ store, clock }: { store: Store; clock: Pick<Clock, 'now'> }) {
  const byIssuer = kept(store.db, (db, issuer: string) =>
    db.selectFrom('company').select('profile').where('issuer', '=', issuer),
  )
  const all = kept(store.db, (db) =>
    db.selectFrom('company').select(['issuer', 'profile']).orderBy('issuer'),
  )
  const put = kept(store.db, (db, issuer: string, profile: string, setAt: string) =>
    db
      .insertInto('company')
      .values({ issuer, profile, setAt })
      .onConflict((on) => on.column('issuer').doUpdateSet({ profile, setAt })),
  )
  const read = new Memo<CompanyProfile>(32)
  const profileIn = (text: string) => read.get(text, () => storedProfile(text))

  async function profileOf(issuer: string): Promise<CompanyProfile> {
    const [row] = await store.all(byIssuer(issuer))
    if (row) return profileIn(row.profile)
    throw new Fault(
      'not_found',
      `${issuer} has no profile. akashi issuer set ${issuer} gives it one.`,
    )
  }

  return {
    /** @throws Fault not_found for a company whose desk is not here */
    profileOf,

    /** The office of an id, or the company with its head office where there is none (any more). */
    officeOf: async (issuer: string, branch?: string | null): Promise<OfficeInCharge> =>
      officeIn(await profileOf(issuer), branch),

    /** 受付日 of what is sent to an office at an instant; undefined where there is no such office. */
    async receptionOf(
      issuer: string,
      branch: string | null,
      at: Instant,
    ): Promise<Day | undefined> {
      const office = (await profileOf(issuer)).branches.find(({ id }) => id === branch)
      return office && receptionDay(office, at)
    },

    /** Where the office of an id is told of what contractors do; undefined where it is not. */
    mailOf: async (issuer: string, branch?: string | null): Promise<string | undefined> =>
      (await profileOf(issuer)).branches.find(({ id }) => id === branch)?.mail,

    /** Where premiums are paid to; undefined where the company has not said it. */
    accountOf: async (issuer: string): Promise<PremiumAccount | undefined> =>
      (await profileOf(issuer)).premiumAccount,

    /** 支払期限 of what is told on a day; undefined where the company has set no days. */
    dueOn: async (issuer: string, toldOn: Day): Promise<Day | undefined> =>
      dueDayOf(await profileOf(issuer), toldOn),

    async companies(): Promise<CompanyOffered[]> {
      const rows = await store.all(all())
      return rows.map((row) => {
        const profile = profileIn(row.profile)
        const { issuerName: name, paymentMethods } = profile
        const branches = profile.branches.filter(({ isActive }) => isActive)
        return { issuer: row.issuer, name, branches, paymentMethods, profile }
      })
    },

    ...createNumbers(store, profileOf),

    /**
     * Sets the whole profile of a company, or nothing.
     * @returns what is allowed and may yet be a slip
     * @throws Fault body_invalid with every wrong member
     */
    async set(issuer: RegisteredIssuer, value: unknown): Promise<FieldFault[]> {
      const profile = readProfile(value, issuer)
      await store.commit([put(issuer.id, JSON.stringify(profile), instant(clock.now()))])
      return profileWarnings(profile)
    },
  }
}

function officeIn(profile: CompanyProfile, branch?: string | null): OfficeInCharge {
  const { issuerName: company, issuerAddress, branches } = profile
  const office = branches.find(({ id }) => id === branch)
  const asked = office ?? headOf(branches)
  return {
    company,
    ...(office && { branch: office.name }),
    address: office?.address ?? issuerAddress,
    phone: asked.phone,
    hours: hoursOf(asked),
  }
}

export type Company = ReturnType<typeof createCompany>
