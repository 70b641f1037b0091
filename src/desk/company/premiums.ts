import { Fault } from '../../base/fault.ts'
import { type Day, dayInTokyo, instant } from '../../base/time.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import type { Clock } from '../../ports.ts'
import type { Store } from '../../store/store.ts'
import { type CancelQuote, type CancelStage, quoteCancel } from '../premium/cancel.ts'
import { type ChangeQuote, quoteChange } from '../premium/change.ts'
import type { PremiumInput } from '../premium/premium.ts'
import { type PremiumQuote, quote, tableOn } from '../premium/quote.ts'
import type { RatedKind, RateTable } from '../premium/rate-table.ts'
import {
  type Billed,
  createBills,
  type Reckoned,
  type StatementQuote,
  type StatementRow,
} from './bills.ts'
import type { Company } from './company.ts'
import type { CompanyProfile } from './profile.ts'

type Snapshot = Pick<Certificate, 'guaranteedAmount' | 'coverage' | 'documentDate'>

/** Premiums of guarantees: reckoned from the company's dated tables, billed as statements. */
export function createPremiums(
  { store, clock }: { store: Store; clock: Pick<Clock, 'now'> },
  company: Pick<Company, 'profileOf' | 'nextNumber'>,
) {
  const { billed, paidFor } = createBills(store, clock, company)

  return {
    /**
     * The first premium of a guarantee, as it stands on its certificate.
     * @throws Fault state_conflict where the company has no table for the day, amount_invalid
     */
    async forIssue(about: Billed, certificate: Snapshot): Promise<Reckoned<PremiumQuote>> {
      const profile = await company.profileOf(about.issuer)
      const table = tableFor(profile, about.kind, certificate.documentDate)
      const input = inputOf(profile, about.org, certificate)
      return billed(about, quote(table, input, instant(clock.now())), 'charge')
    },

    /** What a 変更 from one certificate to another costs or gives back, as of today. */
    async forChange(
      about: Billed,
      { was, becomes }: { was: Snapshot; becomes: Snapshot },
    ): Promise<Reckoned<ChangeQuote>> {
      const profile = await company.profileOf(about.issuer)
      const { first, charged } = await paidFor(about)
      const at = instant(clock.now())
      const on = dayInTokyo(at)
      const atIssue = tableOfFirst(profile, about.kind, first, was.documentDate)
      const tables = { atIssue, atChange: tableFor(profile, about.kind, on) }
      const start = first ? startOf(first) : undefined
      const change = {
        was: inputOf(profile, about.org, was, start),
        becomes: inputOf(profile, about.org, becomes, start),
        on,
        chargedYen: charged,
      }
      const result = quoteChange(tables, change, at)
      return billed(about, result, result.type, first)
    },

    /** What a 解約 gives back. */
    async forCancel(
      about: Billed,
      was: Snapshot,
      stage: CancelStage,
    ): Promise<Reckoned<CancelQuote>> {
      const profile = await company.profileOf(about.issuer)
      const { first, charged } = await paidFor(about)
      const table = tableOfFirst(profile, about.kind, first, was.documentDate)
      const result = quoteCancel(table, { stage, chargedYen: charged }, instant(clock.now()))
      return billed(about, result, result.type, first)
    },
  }
}

export type Premiums = ReturnType<typeof createPremiums>

function tableFor(profile: CompanyProfile, kind: RatedKind, on: Day): RateTable {
  const table = tableOn(profile.rateTables, kind, on)
  if (table) return table
  const cure = 'Add one to the profile with akashi issuer set.'
  throw new Fault('state_conflict', `There is no rate table for ${kind} on ${on}. ${cure}`)
}

/** The table under which a guarantee was made: that of its first statement, if it is still kept. */
function tableOfFirst(
  profile: CompanyProfile,
  kind: RatedKind,
  first: StatementRow | undefined,
  on: Day,
): RateTable {
  const { rateTableId = undefined } = first ? (JSON.parse(first.quote) as StatementQuote) : {}
  return profile.rateTables.find(({ id }) => id === rateTableId) ?? tableFor(profile, kind, on)
}

function startOf({ quote: text }: StatementRow): Day | undefined {
  const first = JSON.parse(text) as StatementQuote
  return first.for === 'issue' ? first.inputs.coverage.start : undefined
}

/** @param start of the term where the certificate has only its end; its own day unless given */
function inputOf(
  { contractorClasses }: CompanyProfile,
  org: string,
  { guaranteedAmount, coverage, documentDate }: Snapshot,
  start: Day = documentDate,
): PremiumInput {
  const found = contractorClasses.find(({ organisation }) => organisation === org)
  return {
    guaranteedAmount,
    coverage: { start: coverage.start ?? start, end: coverage.end },
    ...(found && { contractorClass: found.contractorClass }),
  }
}
