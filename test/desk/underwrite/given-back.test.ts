import { expect, test } from 'vitest'
import { stepQueries } from '../../../src/desk/application/sent/line-step.ts'
import { voidUnsettledQuery } from '../../../src/desk/company/bills.ts'
import { createPremiums } from '../../../src/desk/company/premiums.ts'
import { reckoningOf } from '../../../src/desk/print/statement-lines.ts'
import { createChargeOf } from '../../../src/desk/underwrite/charges.ts'
import { line } from '../issue/scene.ts'
import { newDesk } from './desk.ts'

test('a guarantee is returned when it was paid for, too: all of it is given back, and charged anew once accepted', async () => {
  const { scene, act, status, mails } = await newDesk()
  const { store, clock } = scene.ports
  const id = await scene.apply([line(), line({ kind: 'contract' })], 'received')
  await act(id, 'accept')
  await act(id, 'accept', { kind: 'contract' })
  await act(id, 'settle')
  const wrong = { reason: '契約日をご確認ください', all: true }
  await act(id, 'return', wrong)
  expect(await status(id), 'the other one is not judged any more').toEqual(['returned', 'accepted'])
  await act(id, 'return', { ...wrong, kind: 'contract' })
  const told = mails.filter((mail) => mail.startsWith('givenBack'))
  expect(told, 'of what was paid alone').toEqual([
    expect.stringMatching(/^givenBack .* refund 63000$/),
  ])
  const rows = await scene.rows<{ number: string; quote: string }>('premiumStatement')
  const refund = rows.find(({ quote }) => JSON.parse(quote).notIssued)
  const back = refund?.number
  const { notes } = reckoningOf(JSON.parse(refund?.quote ?? ''))
  expect(notes[0]).toBe('保証を発行していないため、上の計算書の全額を返還します。')
  expect(rows).toMatchObject([
    { type: 'charge', kind: 'advance_payment', voidedAt: null, givenBackBy: back },
    { type: 'charge', kind: 'contract', voidedAt: expect.any(String), givenBackBy: null },
    { type: 'refund', kind: 'advance_payment', yen: 63_000, givenBackBy: back, voidedAt: null },
  ])

  scene.world.clock.pass(60_000)
  const step = { application: id, kind: 'advance_payment', step: 5, byUser: 'contractor' }
  const at = '2026-02-01T00:00:00.000Z'
  await store.commit(stepQueries(store.db, { ...step, status: 'submitted', at }))
  expect(await createChargeOf(store)(id, 'advance_payment')).toBeUndefined()
  await act(id, 'receive')
  await act(id, 'accept')
  const again = (await createChargeOf(store)(id, 'advance_payment'))?.number
  expect(rows.map(({ number }) => number)).not.toContain(again)
  const premiums = createPremiums({ store, clock }, scene.parts.company as never)
  const about = { issuer: 'east', org: 'takahashi', application: id } as const
  const was = {
    guaranteedAmount: 20_000_000,
    coverage: { end: '2026-09-30' },
    documentDate: '2026-02-01',
  }
  const stage = 'before_handover'
  const cancel = await premiums.forCancel({ ...about, kind: 'advance_payment' }, was, stage)
  expect(cancel.quote.chargedYen, 'what was given back is none').toBe(63_000)
  await store.commit([voidUnsettledQuery(store.db, step, at)])
  expect((await scene.rows('premiumStatement'))[2], 'a refund stays due').toMatchObject({
    voidedAt: null,
  })
})
