import type { Day, Instant } from '../../base/time.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { AppliedKind, PaymentMethod } from '../application/content.ts'
import type { StatementQuote } from '../company/bills.ts'

/** The first 保証料計算書 of a guarantee, and whether it was paid. */
export interface Charge {
  number: string
  yen: number
  /** 見本料率. */
  mark: string | undefined
  paymentMethod: PaymentMethod
  settledAt: Instant | null
  settledBy: string | null
  /** The day on which it was received. */
  settledOn: Day | null
  /** 支払期限. */
  dueOn: Day | null
  madeAt: Instant
}

/** @returns undefined before the 引受承認, and where what was billed is void */
export function createChargeOf(store: Store) {
  const first = kept(store.db, (db, application: string, kind: string) =>
    db
      .selectFrom('premiumStatement')
      .select(['number', 'yen', 'quote', 'paymentMethod', 'madeAt'])
      .select(['settledAt', 'settledBy', 'settledOn', 'dueOn'])
      .where('application', '=', application)
      .where('kind', '=', kind)
      .where('type', '=', 'charge')
      .where('voidedAt', 'is', null)
      .where('givenBackBy', 'is', null)
      .orderBy('madeAt')
      .orderBy('number')
      .limit(1),
  )
  return async (application: string, kind: AppliedKind): Promise<Charge | undefined> => {
    const [row] = await store.all(first(application, kind))
    if (!row) return undefined
    const { quote, paymentMethod, ...charge } = row
    const { mark } = JSON.parse(quote) as StatementQuote
    return { ...charge, mark, paymentMethod: paymentMethod as PaymentMethod }
  }
}
