import type { Instant } from '../../base/time.ts'
import type { AccessEvent } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { Place } from './cursor.ts'

/** What of the access log an issuer is told of its own guarantees. Failed tries name none. */
const TOLD = ['lookup', 'share_created', 'share_opened', 'share_revoked', 'key_changed'] as const

/** That something was done with a guarantee, and when; never by whom. */
export interface OwnNote {
  kind: (typeof TOLD)[number]
  at: Instant
  contractNumber: string
  /** Of a share link: its id, as its holder's list shows it. */
  share?: string
}

/** Access notes of an issuer's guarantees, in the order in which they were written. */
export function createOwnNotes(store: Store) {
  const told: readonly AccessEvent['kind'][] = TOLD
  const notes = kept(store.db, (db, issuer: string, from: number, most: number) =>
    db
      .selectFrom('accessNote')
      .innerJoin('guarantee', (join) =>
        join
          .onRef('guarantee.issuer', '=', 'accessNote.issuer')
          .onRef('guarantee.numberKey', '=', 'accessNote.numberKey'),
      )
      .select(['id', 'at', 'kind', 'contractNumber', 'detail'])
      .where('accessNote.issuer', '=', issuer)
      .where('kind', 'in', told)
      .where('id', '>=', from)
      .orderBy('id')
      .limit(most),
  )

  /** At most `most`, from an id on. */
  return async (issuer: string, from: number, most: number) =>
    (await store.all(notes(issuer, from, most))).map(({ id, at, kind, contractNumber, detail }) => {
      const { share } = JSON.parse(detail) as { share?: string }
      const item = { kind, at, contractNumber, ...(share !== undefined && { share }) } as OwnNote
      return { place: { id, at } satisfies Place, item }
    })
}
