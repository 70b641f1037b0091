import type { CompiledQuery } from 'kysely'
import { Fault } from '../../base/fault.ts'
import { kept } from '../../store/kept.ts'
import { type Store, StoreFault } from '../../store/store.ts'
import { numberOf, type Series } from './numbering.ts'
import type { CompanyProfile } from './profile.ts'

/** A number that is free now; who commits `query` has it, and who conflicts asks for another. */
export interface GivenNumber {
  number: string
  query: CompiledQuery
}

const TRIES = 20

/** The numbers of companies; each is given once, for its key is taken with what it is given to. */
export function createNumbers(
  store: Store,
  profileOf: (issuer: string) => Promise<CompanyProfile>,
) {
  const lastSerial = kept(store.db, (db, issuer: string, series: string) =>
    db
      .selectFrom('numberGiven')
      .select((eb) => eb.fn.max('serial').as('serial'))
      .where('issuer', '=', issuer)
      .where('series', '=', series),
  )
  const take = kept(store.db, (db, issuer: string, series: string, serial: number) =>
    db.insertInto('numberGiven').values({ issuer, series, serial }),
  )

  async function nextNumber(issuer: string, series: Series): Promise<GivenNumber> {
    const { numbering } = await profileOf(issuer)
    const [last] = await store.all(lastSerial(issuer, series))
    const serial = Math.max(numbering[series].next, Number(last?.serial ?? 0) + 1)
    const number = numberOf(numbering[series], serial)
    if (number !== undefined) return { number, query: take(issuer, series, serial) }
    const cure = `Give ${issuer} another prefix or more digits with akashi issuer set.`
    throw new Fault('state_conflict', `The numbers of ${series} are used up. ${cure}`)
  }

  return {
    /**
     * The next number of a series, for the caller's own commit.
     * @throws Fault not_found, or state_conflict when the series is used up
     */
    nextNumber,

    /**
     * Commits what `queriesFor` makes of the next number together with the number, and asks again
     * when somebody else was faster. A conflict of any other key is one too: `queriesFor` reads
     * anew what it stands on, each time, and throws where that has changed.
     * @throws StoreFault, Fault as nextNumber, and what `queriesFor` throws
     */
    async withNumber(
      issuer: string,
      series: Series,
      queriesFor: (number: string) => Promise<readonly CompiledQuery[]>,
    ): Promise<string> {
      for (let tries = 1; ; tries++) {
        const { number, query } = await nextNumber(issuer, series)
        try {
          await store.commit([query, ...(await queriesFor(number))])
          return number
        } catch (error) {
          const again = error instanceof StoreFault && error.reason === 'conflict' && tries < TRIES
          if (!again) throw error
        }
      }
    },
  }
}
