import { expect, test } from 'vitest'
import { createDoingRows } from '../../../src/desk/guarantees/doing-rows.ts'
import { createHome } from '../../../src/desk/guarantees/home.ts'
import { newDesk } from './desk.ts'

const AT = '2026-02-03T05:00:00.000Z'
const NUMBER = '12345678901'

test('what one answer told is counted once, whoever else has read on meanwhile', async () => {
  const { store } = await newDesk()
  const rows = createDoingRows(store)
  const add = (step: number) =>
    rows.add('east', step, { cursor: `c${step}`, at: AT }, [
      { numberKey: NUMBER, kind: 'lookup', count: 1, lastAt: AT },
    ])
  for (const step of [1, 2, 3]) await add(step)
  // It began to read after step 1, and was slow.
  await add(2)
  expect((await rows.told('east', NUMBER)).lookups).toMatchObject({ count: 3, lastAt: AT })
  expect(await rows.lastRead('east')).toMatchObject({ step: 3, cursor: 'c3' })
})

test('a mail that was sent once more is no longer one that was lost', async () => {
  const { store, clock } = await newDesk()
  const mail = (messageId: string, state: 'refused' | 'sent', resentFrom: number | null) =>
    store.db
      .insertInto('mail')
      .values({
        messageId,
        issuer: 'east',
        org: 'org-0',
        purpose: 'issue',
        numberKey: NUMBER,
        application: null,
        recipient: 'soumu@kensetsu.example',
        subject: '電子保証（認証キー）発行完了のお知らせ',
        body: 'x',
        state,
        tries: 1,
        nextAt: AT,
        fault: null,
        madeAt: AT,
        sentAt: null,
        resentFrom,
      })
      .compile()
  await store.commit([mail('a', 'refused', null), mail('b', 'refused', null)])
  const home = createHome({ store, clock })
  expect((await home(CLERK)).lostMails).toBe(2)
  const { id } = await store.db
    .selectFrom('mail')
    .select('id')
    .where('messageId', '=', 'a')
    .executeTakeFirstOrThrow()
  await store.commit([mail('c', 'sent', id)])
  expect((await home(CLERK)).lostMails).toBe(1)
})

const CLERK = {
  user: 'u3',
  name: '見本 三',
  email: 'c@east.example',
  role: 'clerk',
  organisation: { id: 'org-east', kind: 'issuer', issuer: 'east', name: 'あかし東建設業保証' },
} as const
