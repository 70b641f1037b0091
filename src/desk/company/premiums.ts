import { Fault } from '../../base/fault.ts'
import { type Day, dayInTokyo, type Instant, instant } from '../../base/time.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import type { Clock } from '../../ports.ts'
import type { Store } from '../../store/store.ts'
import { type CancelQuote, type CancelStage, quoteCancel } from '../premium/cancel.ts'
import { type ChangeQuote, quoteChange } from '../premium/change.ts'
import type { PremiumInput } from '../premium/premium.ts'
import { type PremiumQuote, quote, tableOn } from '../premium/quote.ts'
import type { RatedKind, RateTable } from '../premium/rate-table.ts'
import { quoteReversal, type ReversalQuote } from '../premium/reversal.ts'
import {
  type Billed,
  type BillMade,
  createBills,
  givenBackQuery,
  type Reckoned,
  type StatementQuote,
  type StatementRow,
  voidUnsettledQuery,
} from './bills.ts'
import type { Company } from './company.ts'
import type { CompanyProfile } from './profile.ts'

type Snapshot = Pick<Certificate, 'guaranteedAmount' | 'coverage' | 'documentDate'>

/** Certificates before and after. */
interface Sides {
  was: Snapshot
  becomes: Snapshot
}

/** Premiums of guarantees: reckoned from the company's dated tables, billed as statements. */
export function createPremiums(
  { store, clock }: { store: Store; clock: Pick<Clock, 'now'> },
  company: Pick<Company, 'profileOf' | 'nextNumber'>,
) {
  const bills = createBills(store, clock, company)

  /** The company and what was billed so far, as of now. */
  async function now(about: Billed): Promise<Now> {
    const profile = await company.profileOf(about.issuer)
    return { profile, at: instant(clock.now()), ...(await bills.paidFor(about)) }
  }

  return {
    /**
     * The first premium of a guarantee, as it stands on its certificate.
     * @throws Fault state_conflict where the company has no table for the day, amount_invalid
     */
    async forIssue(about: Billed, certificate: Snapshot): Promise<Reckoned<PremiumQuote>> {
      const profile = await company.profileOf(about.issuer)
      const table = tableFor(profile, about.kind, certificate.documentDate)
      const input = inputOf(certificate, classOf(profile, about.org))
      return bills.billed(about, quote(table, input, instant(clock.now())), 'charge', [])
    },

    /** Whether anything was billed here for a guarantee; a difference to nothing cannot be reckoned. */
    isBilled: async (about: Billed) => (await bills.paidFor(about)).first !== undefined,

    ...createChanges(store, now, bills),

    /** What a 解約 gives back. */
    async forCancel(
      about: Billed,
      was: Snapshot,
      stage: CancelStage,
    ): Promise<Reckoned<CancelQuote>> {
      const { profile, at, rows, first, charged } = await now(about)
      const table = tableOfFirst(profile, about.kind, first, was.documentDate)
      const result = quoteCancel(table, { stage, chargedYen: charged }, at)
      return bills.billed(about, result, result.type, rows)
    },
  }
}

/** 変更, 訂正 and what takes them back. */
function createChanges(
  { db }: Pick<Store, 'db'>,
  now: (about: Billed) => Promise<Now>,
  { billed }: Bills,
) {
  return {
    /** What a 変更 from one certificate to another costs or gives back, as of today. */
    async forChange(about: Billed, sides: Sides): Promise<Reckoned<ChangeQuote>> {
      const { profile, at, rows, first, charged } = await now(about)
      const on = dayInTokyo(at)
      const atIssue = tableOfFirst(profile, about.kind, first, sides.was.documentDate)
      const tables = { atIssue, atChange: tableFor(profile, about.kind, on) }
      const inputs = inputsOf(profile, about.org, sides, first)
      const result = quoteChange(tables, { ...inputs, on, chargedYen: charged }, at)
      return billed(about, result, result.type, rows)
    },

    /**
     * What a 訂正 costs or gives back: the whole difference, by the table of the statement that was
     * wrong.
     * @param statement number of that statement; the first one unless given
     */
    async forCorrection(
      about: Billed,
      sides: Sides,
      statement?: string,
    ): Promise<Reckoned<ChangeQuote>> {
      const { profile, at, rows, first, charged } = await now(about)
      const wrong = rows.find(({ number }) => number === statement) ?? first
      const table = tableOfFirst(profile, about.kind, wrong, sides.was.documentDate)
      const inputs = inputsOf(profile, about.org, sides, first)
      const how = { on: dayInTokyo(at), chargedYen: charged, correction: true as const }
      const result = quoteChange({ atIssue: table, atChange: table }, { ...inputs, ...how }, at)
      return billed(about, result, result.type, rows)
    },

    /**
     * What takes statements back (変更取消), whole.
     * @returns undefined where there are none
     */
    async forReversal(
      about: Billed,
      numbers: readonly string[],
    ): Promise<Reckoned<ReversalQuote> | undefined> {
      const { at, rows, charged } = await now(about)
      const taken = rows.filter(({ number }) => numbers.includes(number))
      const last = taken.at(-1)
      if (!last) return undefined
      const statements = taken.map(({ number, type, yen }) => ({ number, type, yen }))
      const table = JSON.parse(last.quote) as StatementQuote
      const result = quoteReversal(table, { statements, chargedYen: charged }, at)
      return billed(about, result, result.type, rows)
    },

    /**
     * What gives back what was paid for a guarantee that is not issued (差し戻し), whole, and voids
     * what was not paid.
     * @returns queries for the commit in which the line goes back, and the statement, if there is one
     */
    async giveBack(about: Billed): Promise<BillMade> {
      const { at, rows } = await now(about)
      const unpaid = voidUnsettledQuery(db, about, at)
      const paid = rows.filter(({ type, settledAt }) => type === 'charge' && settledAt !== null)
      const last = paid.at(-1)
      if (!last) return { queries: [unpaid] }
      const statements = paid.map(({ number, yen }) => ({ number, type: 'charge' as const, yen }))
      const chargedYen = paid.reduce((all, { yen }) => all + yen, 0)
      const table = JSON.parse(last.quote) as StatementQuote
      const result = { ...quoteReversal(table, { statements, chargedYen }, at), notIssued: true }
      const { row, queries } = await billed(about, result, result.type, rows).bill()
      if (!row) return { queries: [unpaid] }
      const numbers = statements.map((one) => one.number)
      const given = givenBackQuery(db, about.issuer, row.number, numbers)
      return { row, queries: [unpaid, ...queries, given] }
    },
  }
}

export type Premiums = ReturnType<typeof createPremiums>

type Bills = ReturnType<typeof createBills>

interface Now extends Awaited<ReturnType<Bills['paidFor']>> {
  profile: CompanyProfile
  at: Instant
}

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

/** Both sides as the first premium was reckoned: by the class that the contractor had then. */
function inputsOf(
  profile: CompanyProfile,
  org: string,
  { was, becomes }: Sides,
  first: StatementRow | undefined,
) {
  const began = first && beganAs(first)
  const { start, contractorClass } = began ?? { contractorClass: classOf(profile, org) }
  return {
    was: inputOf(was, contractorClass, start),
    becomes: inputOf(becomes, contractorClass, start),
  }
}

function beganAs({ quote: text }: StatementRow) {
  const first = JSON.parse(text) as StatementQuote
  if (first.for !== 'issue') return undefined
  const { coverage, contractorClass } = first.inputs
  return { start: coverage.start, contractorClass }
}

/** As of today. */
function classOf({ contractorClasses }: CompanyProfile, org: string): string | undefined {
  return contractorClasses.find(({ organisation }) => organisation === org)?.contractorClass
}

/** @param start of the term where the certificate has only its end; its own day unless given */
function inputOf(
  { guaranteedAmount, coverage, documentDate }: Snapshot,
  contractorClass: string | undefined,
  start: Day = documentDate,
): PremiumInput {
  return {
    guaranteedAmount,
    coverage: { start: coverage.start ?? start, end: coverage.end },
    ...(contractorClass !== undefined && { contractorClass }),
  }
}
