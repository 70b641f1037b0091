import type { CompiledQuery } from 'kysely'
import type { Day } from '../../base/time.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import type { AppliedKind } from '../application/content.ts'

/** What a company's profile says of its certificates, and how it wants to work. */
export interface IssuingProfile {
  issuerName: string
  issuerAddress: string
  issuerRepresentative: string
  branches: readonly { id: string; name: string }[]
  /** Whether a second person has to agree. */
  fourEyes: boolean
}

/** The company as far as issuing needs it. */
export interface IssuingCompany {
  /** @throws Fault not_found for a company whose desk is not here */
  profileOf(issuer: string): Promise<IssuingProfile>
  /** The terms (約款) of a kind in force on a day; undefined where it has none. */
  termsOn(issuer: string, kind: AppliedKind, on: Day): Promise<Certificate['terms'] | undefined>
  /** The next number of a series; who commits `query` has it. */
  nextNumber(
    issuer: string,
    series: 'guarantee' | 'sheet',
  ): Promise<{ number: string; query: CompiledQuery }>
}
