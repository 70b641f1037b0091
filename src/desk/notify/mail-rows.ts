import type { Insertable, Selectable } from 'kysely'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'

/** A mail as its company sees it. */
export type MailSeen = Omit<Selectable<Tables['mail']>, 'body'>

const COLUMNS = [
  'id',
  'messageId',
  'issuer',
  'org',
  'purpose',
  'numberKey',
  'application',
  'recipient',
  'subject',
  'state',
  'tries',
  'nextAt',
  'fault',
  'madeAt',
  'sentAt',
  'resentFrom',
] as const

/** Mails of one guarantee that are shown. */
const MOST_OF_ONE = 100

/** The statements of whoever looks at the outbox. */
export function createMailRows(store: Store) {
  const page = kept(store.db, (db, issuer: string, before: number, most: number) =>
    db
      .selectFrom('mail')
      .select(COLUMNS)
      .where('issuer', '=', issuer)
      .where('id', '<', before)
      .orderBy('id', 'desc')
      .limit(most),
  )
  const ofGuarantee = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('mail')
      .select(COLUMNS)
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey)
      .orderBy('id', 'desc')
      .limit(MOST_OF_ONE),
  )
  const own = kept(store.db, (db, issuer: string, id: number) =>
    db.selectFrom('mail').selectAll().where('issuer', '=', issuer).where('id', '=', id),
  )
  const byMessage = kept(store.db, (db, messageId: string) =>
    db.selectFrom('mail').select('id').where('messageId', '=', messageId),
  )
  const bounced = kept(store.db, (db, fault: string, id: number) =>
    db
      .updateTable('mail')
      .set({ state: 'bounced', fault })
      .where('id', '=', id)
      .where('state', '=', 'sent'),
  )
  return {
    /** At most `most` of a company, newest first, older than `before`. */
    page: (...args: [issuer: string, before: number, most: number]): Promise<MailSeen[]> =>
      store.all(page(...args)),
    ofGuarantee: (...args: [issuer: string, numberKey: string]): Promise<MailSeen[]> =>
      store.all(ofGuarantee(...args)),
    own: async (...args: [issuer: string, id: number]) => (await store.all(own(...args)))[0],
    byMessage: async (messageId: string) => (await store.all(byMessage(messageId)))[0],
    /** Nothing where one of the same Message-ID is there. */
    insertOnce: (row: Insertable<Tables['mail']>) =>
      store.commit([
        store.db
          .insertInto('mail')
          .values(row)
          .onConflict((same) => same.column('messageId').doNothing())
          .compile(),
      ]),
    setBounced: (id: number, said: string) => store.commit([bounced(said, id)]),
  }
}
