import type { Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'

/** Failures that a source, a device or a contract number may have: `burst`, and one more each `step`. */
export interface Budget {
  id: string
  burst: number
  /** Milliseconds. */
  step: number
}

/** Failures past a budget that are remembered: whoever stops is within it again soon. */
const DEEPEST = 10
/** Budgets read in one statement; D1 takes at most 100 parameters. */
const AT_ONCE = 32

interface Spent extends Budget {
  count: number
}

/** Failures of each budget that are not refilled yet, by its id. */
type Standing = ReadonlyMap<string, number>

/**
 * The budgets as the database keeps them, through restarts and for all processes alike. A row holds
 * nothing but the instant at which its budget is whole again, so that one upsert spends from it.
 * Failures that come together are written together.
 */
export function createBudgetBook({ store, clock }: Ports) {
  const statements = createStatements({ store })
  let group = new Map<string, Spent>()
  let flushed: Promise<Standing> | undefined

  async function flush(): Promise<Standing> {
    await clock.sleep(0)
    const spent = [...group.values()]
    group = new Map()
    flushed = undefined
    const now = clock.now()
    const before = await standing(spent, now)
    // Not aside: that gives up while another process writes, and a failure must not go uncounted.
    await store.commit(
      spent.map(({ id, burst, step, count }) =>
        statements.spend(id, now + count * step, now, count * step, now + (burst + DEEPEST) * step),
      ),
    )
    return before
  }

  /** Parts of a failure count as one. */
  async function standing(budgets: readonly Budget[], now: number): Promise<Standing> {
    const found = new Map<string, number>()
    for (let at = 0; at < budgets.length; at += AT_ONCE) {
      const ids = budgets.slice(at, at + AT_ONCE).map(({ id }) => id)
      while (ids.length < AT_ONCE) ids.push('')
      for (const { id, refilledAt } of await store.all(statements.find(...ids))) {
        found.set(id, refilledAt)
      }
    }
    return new Map(
      budgets.map(({ id, step }) => [id, Math.ceil(((found.get(id) ?? now) - now) / step)]),
    )
  }

  return {
    /**
     * Spends one failure from each.
     * @returns by how many failures each is past its budget, in their order; 0 within it
     * @throws StoreFault
     */
    async spend(budgets: readonly Budget[]): Promise<number[]> {
      const places = budgets.map((budget) => {
        const spent = group.get(budget.id) ?? { ...budget, count: 0 }
        spent.count++
        group.set(budget.id, spent)
        return spent.count
      })
      flushed ??= flush()
      const before = await flushed
      return budgets.map(({ id, burst }, i) =>
        Math.max(0, (before.get(id) ?? 0) + (places[i] as number) - burst),
      )
    },

    /** What {@link spend} would return, had there been another failure. */
    async peek(budgets: readonly Budget[]): Promise<number[]> {
      const stands = await standing(budgets, clock.now())
      return budgets.map(({ id, burst }) => Math.max(0, (stands.get(id) ?? 0) + 1 - burst))
    },

    /** Forgets the budgets that are whole. */
    async forget(): Promise<void> {
      await store.commitAside([statements.forget(clock.now())])
    },
  }
}

function createStatements({ store }: Pick<Ports, 'store'>) {
  return {
    spend: kept(
      store.db,
      (db, id: string, first: number, now: number, cost: number, most: number) =>
        db
          .insertInto('budget')
          .values({ id, refilledAt: first })
          .onConflict((conflict) =>
            conflict.column('id').doUpdateSet((eb) => {
              const from = eb.fn<number>('max', ['budget.refilledAt', eb.val(now)])
              return { refilledAt: eb.fn<number>('min', [eb(from, '+', cost), eb.val(most)]) }
            }),
          ),
    ),
    find: kept(
      store.db,
      (db, ...ids: string[]) => db.selectFrom('budget').selectAll().where('id', 'in', ids),
      AT_ONCE,
    ),
    forget: kept(store.db, (db, now: number) =>
      db.deleteFrom('budget').where('refilledAt', '<=', now),
    ),
  }
}
