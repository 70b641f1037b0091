import { expect, test } from 'vitest'
import { newDesk } from './desk.ts'
import { issuedRow, putRows } from './many.ts'

const PATH = '/desk/guarantees/east/12345-678901'

type Desk = Awaited<ReturnType<typeof newDesk>>

function propose({ store }: Desk, issuer: string, event: string, madeBy: string) {
  const row = { issuer, numberKey: '12345678901', event, fields: '{}', seq: 2, madeBy }
  const made = { madeByName: '田中 太郎', madeAt: '2026-02-03T05:00:00.000Z' }
  return store.commit([
    store.db
      .insertInto('lifeProposal')
      .values({ ...row, ...made })
      .compile(),
  ])
}

async function text(answer: Response | Promise<Response>): Promise<string> {
  return (await (await answer).text()).replace(/<br>/g, '')
}

test('what waits for a second person stands on the top page and on 詳細, for the company alone', async () => {
  const desk = await newDesk()
  await desk.issue()
  expect(await text(desk.ask('/desk', 'approver'))).toContain('お待ちしている手続きはありません')
  await propose(desk, 'east', 'to_paper', 'u3')
  const top = await text(desk.ask('/desk', 'approver'))
  expect(top).toContain(
    `<a href="${PATH}/life">承認待ち：証書（紙）への切替（保証契約番号 12345-678901）</a>`,
  )
  expect(top).toContain('田中 太郎さんが 2026/02/03 14:00 に承認を依頼しました。')
  expect(top).not.toContain('お待ちしている手続きはありません')
  expect(top).not.toContain('待っています')
  expect(await text(desk.ask('/desk', 'clerk'))).toContain('別の承認者の承認を待っています')
  expect(await text(desk.ask(PATH, 'clerk'))).toContain('承認待ち：証書（紙）への切替（田中 太郎')
  expect(await text(desk.ask('/desk/guarantees', 'clerk'))).toContain(
    '承認待ち：証書（紙）への切替',
  )
  for (const path of ['/desk', '/desk/guarantees', PATH]) {
    expect(await text(desk.ask(path, 'contractor')), path).not.toContain('承認待ち')
  }
})

test('a request that a record be dropped is named as one; what another company asks for is not listed', async () => {
  const desk = await newDesk()
  await desk.issue()
  await propose(desk, 'east', 'drop', 'u9')
  const top = await text(desk.ask('/desk', 'clerk'))
  expect(top).toContain('承認待ち：記録の取りやめ')
  expect(top).toContain('承認者の承認を待っています')
  await putRows(desk.store, [
    issuedRow({ issuer: 'west', contractNumber: '12345-678901', org: 'org-0', application: 'w' }),
  ])
  await propose(desk, 'west', 'cancel', 'u8')
  const approver = await text(desk.ask('/desk', 'approver'))
  expect(approver).toContain('記録の取りやめ')
  expect(approver).not.toContain('承認待ち：解約')
  const list = await text(desk.ask('/desk/guarantees', 'approver'))
  expect(list).toContain('承認待ち：記録の取りやめ')
  expect(list, 'of another company with the same number').not.toContain('承認待ち：解約')
})

test('an approver reads which requests are his own', async () => {
  const desk = await newDesk()
  await desk.issue()
  await propose(desk, 'east', 'cancel', 'u4')
  expect(await text(desk.ask('/desk', 'approver'))).toContain('ご自身の依頼です')
})

test('what was sent back stands on the page of who asked, with why, until something is asked for anew', async () => {
  const desk = await newDesk()
  await desk.issue()
  const { store, clock } = desk
  const end = (proposal: number, deed: 'declined' | 'withdrawn') => ({
    ...{ proposal, issuer: 'east', numberKey: '12345678901', event: 'cancel', fields: '{}' },
    ...{ madeBy: 'u3', madeByName: '田中 太郎', madeAt: '2026-02-03T05:00:00.000Z', deed },
    ...{
      byUser: 'u4',
      at: new Date(clock.now()).toISOString(),
      reason: '返還の書類が届いていません',
    },
  })
  const put = (row: ReturnType<typeof end>) =>
    store.commit([store.db.insertInto('proposalEnd').values(row).compile()])
  const words = '差し戻された依頼：解約（保証契約番号 12345-678901）'
  await put(end(1, 'declined'))
  const top = await text(desk.ask('/desk', 'clerk'))
  for (const part of [words, '返還の書類が届いていません']) expect(top).toContain(part)
  expect(await text(desk.ask('/desk', 'approver'))).not.toContain(words)
  await propose(desk, 'east', 'cancel', 'u3')
  expect(await text(desk.ask('/desk', 'clerk')), 'asked for anew').not.toContain(words)
  await store.commit([store.db.deleteFrom('lifeProposal').compile()])
  await put(end(2, 'withdrawn'))
  expect(await text(desk.ask('/desk', 'clerk')), 'given up').not.toContain(words)
  await put(end(3, 'declined'))
  expect(await text(desk.ask('/desk', 'clerk'))).toContain(words)
  clock.pass(31 * 86_400_000)
  expect(await text(desk.ask('/desk', 'clerk')), 'a month ago').not.toContain(words)
})

test('an auth key that may have leaked stands on the company’s top page until it is answered', async () => {
  const desk = await newDesk()
  const application = await desk.putApplication('12345-678901')
  const { store } = desk
  const line = { application, kind: 'advance_payment', format: 'electronic' } as const
  const of = { id: 'w', application, kind: line.kind, issuer: 'east', org: 'org-0' }
  const wish = { ...of, type: 'leaked', reason: '誤送信', state: 'open' } as const
  const made = { madeBy: 'u1', madeAt: '2026-02-03T05:00:00.000Z' }
  const open = { closedBy: null, closedAt: null, answer: null }
  const status = { status: 'issued', guaranteedAmount: 1, contractNumber: null }
  await store.commit([
    store.db
      .insertInto('applicationLine')
      .values({ ...line, ...status })
      .compile(),
    store.db
      .insertInto('wish')
      .values({ ...wish, ...made, ...open })
      .compile(),
  ])
  const words = '認証キーが漏えいしたおそれの連絡'
  expect(await text(desk.ask('/desk', 'clerk'))).toContain(words)
  expect(await text(desk.ask('/desk', 'contractor'))).not.toContain(words)
  await store.commit([store.db.updateTable('wish').set({ state: 'done' }).compile()])
  expect(await text(desk.ask('/desk', 'clerk'))).not.toContain(words)
})

test('who has no work on the desk is led from its top to the own account', async () => {
  const desk = await newDesk()
  const top = await desk.ask('/desk', 'auditor')
  expect([top.status, top.headers.get('location')]).toEqual([303, '/account'])
  expect((await desk.ask('/desk/guarantees', 'auditor')).status).toBe(403)
})

test.each([
  ['contractor', false],
  ['clerk', true],
  ['approver', true],
] as const)('the help tells %s of the company’s own work: %s', async (who, told) => {
  const help = await text((await newDesk()).ask('/desk/help', who))
  expect(help).toContain('共有リンク・QRコード')
  expect(help.includes('保証会社の方へ')).toBe(told)
})
