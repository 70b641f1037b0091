import type { Instant } from '../../base/time.ts'
import { kept } from '../../store/kept.ts'
import { type Store, StoreFault } from '../../store/store.ts'

/** How often, and when last. */
export interface Told {
  count: number
  lastAt?: Instant
}

interface Added {
  numberKey: string
  kind: string
  count: number
  lastAt: Instant
}

/** A step that was taken stays taken for whoever began to read before it. */
const STEPS_KEPT = 1000

/** The statements of what owners did. */
export function createDoingRows(store: Store) {
  const last = kept(store.db, (db, issuer: string) =>
    db
      .selectFrom('eventsRead')
      .selectAll()
      .where('issuer', '=', issuer)
      .orderBy('step', 'desc')
      .limit(1),
  )
  const ofGuarantee = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('ownerDoing')
      .select(['kind', 'count', 'lastAt'])
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey),
  )
  return {
    lastRead: async (issuer: string) => (await store.all(last(issuer)))[0],

    async told(issuer: string, numberKey: string): Promise<{ lookups: Told; openings: Told }> {
      const rows = await store.all(ofGuarantee(issuer, numberKey))
      const of = (kind: string) => rows.find((row) => row.kind === kind) ?? { count: 0 }
      return { lookups: of('lookup'), openings: of('share_opened') }
    },

    /** Adds what one answer told; nothing where another process has taken the step. */
    async add(
      issuer: string,
      step: number,
      read: { cursor: string | null; at: Instant },
      added: readonly Added[],
    ): Promise<void> {
      try {
        await store.commit([
          store.db
            .insertInto('eventsRead')
            .values({ issuer, step, ...read })
            .compile(),
          store.db
            .deleteFrom('eventsRead')
            .where('issuer', '=', issuer)
            .where('step', '<', step - STEPS_KEPT)
            .compile(),
          ...added.map((one) => addOne(store, issuer, one)),
        ])
      } catch (error) {
        if (!(error instanceof StoreFault && error.reason === 'conflict')) throw error
      }
    },
  }
}

/** Adds to what is there, or makes it. */
function addOne({ db }: Store, issuer: string, { numberKey, kind, count, lastAt }: Added) {
  return db
    .insertInto('ownerDoing')
    .values({ issuer, numberKey, kind, count, lastAt })
    .onConflict((conflict) =>
      conflict
        .columns(['issuer', 'numberKey', 'kind'])
        .doUpdateSet((eb) => ({ count: eb('ownerDoing.count', '+', count), lastAt })),
    )
    .compile()
}
