import { Fault } from '../base/fault.ts'
import { foldName } from '../base/text.ts'
import { type Day, isDay } from '../base/time.ts'
import { kept } from '../store/kept.ts'
import type { Store } from '../store/store.ts'
import { checkedDepartments, checkedRules } from './owner.ts'

/** What may change of an owner that is registered. */
export function createOwnerRules(store: Store) {
  const byName = kept(store.db, (db, folded: string) =>
    db.selectFrom('ownerName').select('owner').where('folded', '=', folded),
  )

  async function known(name: string): Promise<number> {
    const [row] = await store.all(byName(foldName(name)))
    if (row) return row.owner
    throw new Fault('not_found', `No owner is registered as ${name}.`)
  }

  return {
    /**
     * Rates and thresholds that hold from a day on.
     * @param rules parsed JSON with members of guarantee/rules/values.ts
     * @throws Fault not_found, body_invalid
     */
    async setRules(name: string, from: Day, rules: unknown): Promise<void> {
      const owner = await known(name)
      if (!isDay(from)) throw new Fault('body_invalid', 'from is a day, YYYY-MM-DD.')
      const values = JSON.stringify(checkedRules(rules))
      await store.commit([
        store.db
          .insertInto('ownerRule')
          .values({ owner, fromDay: from, values })
          .onConflict((on) => on.columns(['owner', 'fromDay']).doUpdateSet({ values }))
          .compile(),
      ])
    },

    /**
     * Who takes the guarantees (担当部署), from now on.
     * @param departments parsed JSON
     * @throws Fault not_found, body_invalid
     */
    async setDepartments(name: string, departments: unknown): Promise<void> {
      const owner = await known(name)
      const text = JSON.stringify(checkedDepartments(departments))
      await store.commit([
        store.db.updateTable('owner').set({ departments: text }).where('id', '=', owner).compile(),
      ])
    },
  }
}
