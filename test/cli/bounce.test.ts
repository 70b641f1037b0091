import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSqlite } from '../../src/store/sqlite.ts'
import { deliveryReport } from '../desk/notify/delivery-report.ts'
import { type Desk, newDesk, register } from './akashi.ts'

const SLOW = 120_000
const ID = 'abcdefghijklmnopqrstuv@east.akashi.example'

let desk: Desk

beforeAll(async () => {
  desk = newDesk()
  register(desk)
  const store = openSqlite(`${desk.dataDir}/akashi.db`)
  await store.commit([
    store.db
      .insertInto('mail')
      .values({
        messageId: ID,
        issuer: 'sample',
        org: null,
        purpose: 'issue',
        numberKey: null,
        application: null,
        recipient: 'soumu@kensetsu.example',
        subject: 'お知らせ',
        body: '本文',
        state: 'sent',
        tries: 1,
        nextAt: '2026-02-03T05:00:00.000Z',
        fault: null,
        madeAt: '2026-02-03T05:00:00.000Z',
        sentAt: '2026-02-03T05:00:00.000Z',
        resentFrom: null,
      })
      .compile(),
  ])
  await store.close()
}, SLOW)
afterAll(() => desk.remove())

test(
  'a delivery report that a mail server pipes in marks its mail, and no other message does',
  async () => {
    const pipe = (input: string) => desk.akashi(['desk', 'bounce'], { input })
    const state = async () => {
      const store = openSqlite(`${desk.dataDir}/akashi.db`)
      const [mail] = await store.db.selectFrom('mail').select(['state', 'fault']).execute()
      await store.close()
      return mail
    }
    expect(pipe('Subject: hello\r\n\r\nhello')).toMatchObject({ status: 1, stdout: '' })
    expect(pipe(String(deliveryReport(ID, 'delayed'))).status).toBe(1)
    expect(pipe(String(deliveryReport('other@east.akashi.example'))).stderr).toContain(
      'no mail other@',
    )
    expect(await state()).toEqual({ state: 'sent', fault: null })
    expect(pipe(String(deliveryReport(ID)))).toMatchObject({ status: 0, stdout: `${ID}\n` })
    expect(await state()).toMatchObject({
      state: 'bounced',
      fault: expect.stringContaining('5.1.1'),
    })
  },
  SLOW,
)
