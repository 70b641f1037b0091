import type { CompiledQuery, Kysely } from 'kysely'
import { Fault } from '../../../base/fault.ts'
import { type Instant, instant } from '../../../base/time.ts'
import type { Clock } from '../../../ports.ts'
import { kept } from '../../../store/kept.ts'
import { type Store, StoreFault } from '../../../store/store.ts'
import type { Tables } from '../../../store/tables.ts'
import type { AppliedKind } from '../content.ts'
import type { SentApplication, SentLine } from './sent-application.ts'

/** 認証キーの再発行, or 認証キーが漏えいしたおそれ. */
export type WishType = 'rekey' | 'leaked'

/** What a contractor asks the company to do with an issued guarantee. */
export interface Wish {
  id: string
  application: string
  kind: AppliedKind
  type: WishType
  reason: string
  state: 'open' | 'done' | 'refused'
  madeBy: string
  madeAt: Instant
  closedAt: Instant | null
  /** What the company answered. */
  answer: string | null
}

/** A wish as the company's inbox lists it. */
export interface OpenWish extends Wish {
  /** 受付番号 of its application. */
  number: string
  branch: string | null
  worksName: string
  contractNumber: string | null
}

const COLUMNS = [
  'wish.id',
  'wish.application',
  'wish.kind',
  'wish.type',
  'wish.reason',
  'wish.state',
  'wish.madeBy',
  'wish.madeAt',
  'wish.closedAt',
  'wish.answer',
] as const

/** Whether the company can be asked for a new key of this line. */
export function mayWish({ format, status }: SentLine): boolean {
  return format === 'electronic' && (status === 'issued' || status === 'delivered')
}

/** Wishes: made by contractors, listed for both sides; the company closes them. */
export function createWishes({ store, clock }: { store: Store; clock: Pick<Clock, 'now'> }) {
  const ofApplication = kept(store.db, (db, application: string) =>
    db
      .selectFrom('wish')
      .select(COLUMNS)
      .where('application', '=', application)
      .orderBy('madeAt', 'desc'),
  )
  const openOf = kept(store.db, (db, issuer: string) =>
    db
      .selectFrom('wish')
      .innerJoin('application', 'application.id', 'wish.application')
      .innerJoin('applicationLine', (join) =>
        join
          .onRef('applicationLine.application', '=', 'wish.application')
          .onRef('applicationLine.kind', '=', 'wish.kind'),
      )
      .select(COLUMNS)
      .select([
        'application.number',
        'application.branch',
        'application.worksName',
        'applicationLine.contractNumber',
      ])
      .where('wish.issuer', '=', issuer)
      .where('wish.state', '=', 'open')
      .orderBy('wish.madeAt'),
  )

  return {
    /** Open wishes to a company, oldest first. */
    async open(issuer: string): Promise<OpenWish[]> {
      return (await store.all(openOf(issuer))) as OpenWish[]
    },
    /** All wishes of an application, newest first. */
    async of(application: string): Promise<Wish[]> {
      return (await store.all(ofApplication(application))) as Wish[]
    },
    /**
     * Asks once: while the same wish for a guarantee is open, a second one finds it and changes nothing.
     * @param id a fresh UUID
     * @throws Fault state_conflict when the line has no key (yet)
     */
    async make(
      { id: application, issuer, org, lines }: SentApplication,
      kind: AppliedKind,
      wish: { id: string; type: WishType; reason: string; madeBy: string },
    ): Promise<void> {
      const line = lines.find((one) => one.kind === kind)
      if (!line || !mayWish(line)) {
        throw new Fault('state_conflict', 'Only an electronic guarantee that was issued has a key.')
      }
      const row = { ...wish, application, kind, issuer, org, madeAt: instant(clock.now()) }
      const open = { state: 'open', closedBy: null, closedAt: null, answer: null } as const
      const insert = store.db.insertInto('wish').values({ ...row, ...open })
      try {
        await store.commit([insert.compile()])
      } catch (error) {
        if (!(error instanceof StoreFault) || error.reason !== 'conflict') throw error
      }
    },
  }
}

/**
 * A new auth key is what was wished for: closes all that was open for the guarantee when it was
 * made, in the commit that writes that the platform has taken it. What was wished since stays open.
 */
export function fulfilQueries(
  db: Kysely<Tables>,
  { application, kind }: { application: string; kind: string },
  { madeBy, madeAt, changedAt }: { madeBy: string | null; madeAt: Instant; changedAt: Instant },
): CompiledQuery[] {
  const done = { state: 'done', closedBy: madeBy, closedAt: changedAt } as const
  const fulfil = db
    .updateTable('wish')
    .set({ ...done, answer: '新しい認証キーを発行しました' })
    .where('application', '=', application)
    .where('kind', '=', kind)
    .where('state', '=', 'open')
    .where('madeAt', '<=', madeAt)
  return [fulfil.compile()]
}
