import type { CompiledQuery } from 'kysely'
import { Fault } from '../../base/fault.ts'
import { foldName } from '../../base/text.ts'
import { type Day, isDay } from '../../base/time.ts'
import { checkedRules } from '../../guarantee/owner.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'

/** What may change of an owner that is registered. */
export function createOwnerRules(store: Store) {
  const byName = kept(store.db, (db, folded: string) =>
    db.selectFrom('ownerName').select('owner').where('folded', '=', folded),
  )

  const holdFrom = kept(store.db, (db, owner: number, fromDay: Day, values: string) =>
    db
      .insertInto('ownerRule')
      .values({ owner, fromDay, values })
      .onConflict((on) => on.columns(['owner', 'fromDay']).doUpdateSet({ values })),
  )
  const reachAt = kept(store.db, (db, departments: string, owner: number) =>
    db.updateTable('owner').set({ departments }).where('id', '=', owner),
  )

  const writeAs = kept(store.db, (db, mailTemplate: string | null, owner: number) =>
    db.updateTable('owner').set({ mailTemplate }).where('id', '=', owner),
  )

  async function known(name: string): Promise<number> {
    const [row] = await store.all(byName(foldName(name)))
    if (row) return row.owner
    throw new Fault('not_found', `No owner is registered as ${name}.`)
  }

  return {
    /**
     * Rates and thresholds that hold from a day on; who takes the guarantees (担当部署) and the mail
     * that brings them (提出用メール文面) from now on: all that is given, or nothing.
     * @param rules parsed JSON with members of guarantee/rules/values.ts, `departments` and
     *   `mailTemplate`, which null takes away
     * @throws Fault not_found, body_invalid
     */
    async setRules(name: string, from: Day, rules: unknown): Promise<void> {
      const owner = await known(name)
      if (!isDay(from)) throw new Fault('body_invalid', 'from is a day, YYYY-MM-DD.')
      const { departments, mailTemplate, ...values } = checkedRules(rules)
      const queries: CompiledQuery[] = []
      if (Object.keys(values).length > 0) {
        queries.push(holdFrom(owner, from, JSON.stringify(values)))
      }
      if (departments) queries.push(reachAt(JSON.stringify(departments), owner))
      if (mailTemplate !== undefined) {
        queries.push(writeAs(mailTemplate && JSON.stringify(mailTemplate), owner))
      }
      if (queries.length === 0) {
        throw new Fault('body_invalid', 'Give a rule, departments or a mailTemplate.')
      }
      await store.commit(queries)
    },
  }
}
