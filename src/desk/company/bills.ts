import type { CompiledQuery, Kysely } from 'kysely'
import { Fault } from '../../base/fault.ts'
import { type Day, dayInTokyo, type Instant, instant } from '../../base/time.ts'
import type { Clock } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'
import type { CancelQuote } from '../premium/cancel.ts'
import type { ChangeQuote } from '../premium/change.ts'
import type { PremiumQuote } from '../premium/quote.ts'
import type { RatedKind } from '../premium/rate-table.ts'
import type { ReversalQuote } from '../premium/reversal.ts'
import type { Company } from './company.ts'
import { isOpen, type OpenStatement } from './open-statements.ts'
import { dueDayOf } from './payee.ts'
import type { CompanyProfile } from './profile.ts'

/** What a statement is about: one guarantee of an application. */
export interface Billed {
  issuer: string
  org: string
  application: string
  kind: RatedKind
  contractNumber?: string | null
}

/** Who pays, and how. */
export interface Payment {
  paymentMethod: CompanyProfile['paymentMethods'][number]
  billTo: { name: string; postalCode?: string; address?: string }
}

export type StatementQuote = PremiumQuote | ChangeQuote | CancelQuote | ReversalQuote

/** A statement as it will stand, and what writes it; where no sum is due there is neither. */
export interface BillMade {
  row?: StatementRow
  queries: CompiledQuery[]
}

/** A premium that is reckoned and not yet billed: to show first, then to commit. */
export interface Reckoned<Quote extends StatementQuote> {
  quote: Quote
  /** Of the same guarantee, neither received nor given back yet. */
  open: OpenStatement[]
  /**
   * Writes the statement (保証料計算書, 保証料返還計算書) with a number of its own; nothing where no
   * sum is due. On StoreFault `conflict` ask again.
   */
  bill(payment?: Payment): Promise<BillMade>
}

export type StatementRow = Tables['premiumStatement']

/** Statements of premiums as rows: what was billed, and the next one. */
export function createBills(
  store: Store,
  clock: Pick<Clock, 'now'>,
  company: Pick<Company, 'profileOf' | 'nextNumber'>,
) {
  const ofLine = kept(store.db, (db, application: string, kind: string) =>
    db
      .selectFrom('premiumStatement')
      .selectAll()
      .where('application', '=', application)
      .where('kind', '=', kind)
      .where('voidedAt', 'is', null)
      .where('givenBackBy', 'is', null)
      .orderBy('madeAt')
      .orderBy('number'),
  )

  function billed<Quote extends StatementQuote>(
    about: Billed,
    result: Quote & { yen: number },
    type: 'charge' | 'refund' | 'none',
    rows: readonly StatementRow[],
  ): Reckoned<Quote> {
    const [first] = rows
    return {
      quote: result,
      open: rows.filter(isOpen).map(({ number, type: was, yen }) => ({ number, type: was, yen })),
      async bill(payment) {
        if (type === 'none') return { queries: [] }
        const { number, query } = await company.nextNumber(about.issuer, 'statement')
        const by = payment ?? paymentOf(first)
        const at = instant(clock.now())
        const paid = type === 'charge' && by.paymentMethod === 'per_case'
        const days = paid ? await company.profileOf(about.issuer) : undefined
        const dueOn = days && dueDayOf(days, dayInTokyo(at))
        const row = rowOf({ about, number, type, by, quote: result, at, dueOn })
        const insert = store.db.insertInto('premiumStatement').values(row).compile()
        return { row, queries: [query, insert] }
      },
    }
  }

  /**
   * All statements, the first, and what has been charged less what was given back; one that is void
   * or was given back whole is none.
   */
  async function paidFor({ application, kind }: Billed) {
    const rows = await store.all(ofLine(application, kind))
    const charged = rows.reduce((all, { type, yen }) => all + (type === 'charge' ? yen : -yen), 0)
    return { rows, first: rows[0], charged }
  }

  return { billed, paidFor }
}

/**
 * What was billed for a line that comes to nothing is no longer due; what was paid, or is to be given
 * back, stays.
 */
export function voidUnsettledQuery(
  db: Kysely<Tables>,
  { application, kind }: Pick<StatementRow, 'application' | 'kind'>,
  at: Instant,
): CompiledQuery {
  return db
    .updateTable('premiumStatement')
    .set({ voidedAt: at })
    .where('application', '=', application)
    .where('kind', '=', kind)
    .where('type', '=', 'charge')
    .where('settledAt', 'is', null)
    .where('voidedAt', 'is', null)
    .compile()
}

/** Settled charges and the statement that gives them back belong to one another, and to nothing else. */
export function givenBackQuery(
  db: Kysely<Tables>,
  issuer: string,
  by: string,
  charges: readonly string[],
): CompiledQuery {
  return db
    .updateTable('premiumStatement')
    .set({ givenBackBy: by })
    .where('issuer', '=', issuer)
    .where('number', 'in', [...charges, by])
    .compile()
}

function paymentOf(first: StatementRow | undefined): Payment {
  if (!first) throw new Fault('state_conflict', 'Nothing was billed for this guarantee yet.')
  return {
    paymentMethod: first.paymentMethod as Payment['paymentMethod'],
    billTo: JSON.parse(first.billTo) as Payment['billTo'],
  }
}

function rowOf(made: {
  about: Billed
  number: string
  type: 'charge' | 'refund'
  by: Payment
  quote: StatementQuote
  at: Instant
  dueOn: Day | undefined
}): StatementRow {
  const { about, number, type, by, quote: result, at, dueOn = null } = made
  const { issuer, org, application, kind, contractNumber = null } = about
  return {
    ...{ issuer, number, org, application, kind, contractNumber, type },
    quote: JSON.stringify(result),
    yen: result.yen,
    paymentMethod: by.paymentMethod,
    billTo: JSON.stringify(by.billTo),
    madeAt: at,
    settledAt: null,
    settledBy: null,
    settledOn: null,
    voidedAt: null,
    givenBackBy: null,
    dueOn,
  }
}
