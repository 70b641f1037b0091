import type { CompiledQuery } from 'kysely'
import { dayInTokyo, type Instant } from '../../base/time.ts'
import { kept } from '../../store/kept.ts'
import { historyWords } from '../../view/words/history.ts'
import type { AppliedKind } from '../application/content.ts'
import type { Payment, StatementQuote, StatementRow } from '../company/bills.ts'
import { openBeside, openStatements } from '../company/open-statements.ts'
import type { Difference } from '../issue/difference.ts'
import { type DifferenceSaid, differenceLetter } from './difference-letter.ts'
import { type ContentOf, frameOf, queued, type TellParts, type Told } from './telling.ts'

/** Mails about sums that fall due, or are given back, after the first premium. */
export function ofDifferences(parts: TellParts, contentOf: ContentOf) {
  const billedWith = kept(parts.store.db, (db, issuer: string, numberKey: string, seq: number) =>
    db
      .selectFrom('issuedVersion as version')
      .innerJoin('premiumStatement as statement', (join) =>
        join
          .onRef('statement.issuer', '=', 'version.issuer')
          .onRef('statement.number', '=', 'version.statement'),
      )
      .selectAll('statement')
      .where('version.issuer', '=', issuer)
      .where('version.numberKey', '=', numberKey)
      .where('version.seq', '=', seq),
  )

  async function told(
    row: StatementRow,
    about: Pick<DifferenceSaid, 'cause' | 'named'> & { worksName?: string; numberKey?: string },
  ): Promise<CompiledQuery[]> {
    const { issuer, org, application, type, paymentMethod } = row
    const isAlone = paymentMethod === 'per_case'
    const content = await contentOf(application)
    if (content === undefined) return []
    const { worksName = content.works.worksName, numberKey, cause, named } = about
    const account = await parts.accountOf(issuer)
    const beside = isAlone ? openBeside(await openStatements(parts.store, [application]), row) : []
    const said = { ...saidBy(row), worksName, cause, named, account, beside }
    const written = differenceLetter(await frameOf(parts, issuer, content), said)
    const place = { purpose: `premium_${type}`, issuer, org, application }
    return queued(parts, content, { ...place, ...(numberKey && { numberKey }) }, written)
  }

  async function difference({ row, event, certificate, numberKey }: Difference) {
    const { contractNumber, worksName } = certificate
    const cause = historyWords.ja.events[event as keyof typeof historyWords.ja.events]
    return told(row, { cause, named: ['保証契約番号', contractNumber], worksName, numberKey })
  }

  return {
    /** Of what is done on paper: with its commit. */
    difference,

    /** Of a record: when it has arrived. A record that is dropped takes its statement with it. */
    async differenceOf(
      arrived: Omit<Difference, 'row'> & { issuer: string; seq: number; arrivedAt: Instant },
    ) {
      const { issuer, numberKey, seq, arrivedAt } = arrived
      const [row] = await parts.store.all(billedWith(issuer, numberKey, seq))
      // Who has paid by then is not asked to.
      if (!row || (row.type === 'charge' && row.settledAt !== null)) return []
      if (row.dueOn === null) return difference({ ...arrived, row })
      // From the day on which it is told: the record may have waited for longer than its term.
      const dueOn = (await parts.dueOn(issuer, dayInTokyo(arrivedAt))) ?? null
      const dated = parts.store.db
        .updateTable('premiumStatement')
        .set({ dueOn })
        .where('issuer', '=', issuer)
        .where('number', '=', row.number)
      return [dated.compile(), ...(await difference({ ...arrived, row: { ...row, dueOn } }))]
    },

    /** What was paid for a guarantee that goes back to its contractor unissued. */
    givenBack: ({ number }: Told, row: StatementRow) =>
      told(row, { cause: '差戻し', named: ['受付番号', number] }),
  }
}

function saidBy(row: StatementRow) {
  const { type, number, yen, kind, paymentMethod, dueOn } = row
  const quote = JSON.parse(row.quote) as StatementQuote
  const before = quote.for === 'issue' ? 0 : quote.chargedYen
  return {
    ...{ type, yen, before, statement: number, mark: quote.mark },
    kind: kind as AppliedKind,
    after: type === 'charge' ? before + yen : before - yen,
    payment: paymentMethod as Payment['paymentMethod'],
    dueOn: dueOn ?? undefined,
  }
}
