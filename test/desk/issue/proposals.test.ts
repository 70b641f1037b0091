import { expect, test } from 'vitest'
import type { LifeEvent } from '../../../src/desk/issue/life-events.ts'
import type { LifeFields } from '../../../src/desk/issue/life-form.ts'
import { fieldsOf } from '../../../src/desk/issue/life-form.ts'
import { proposalView, sentBackView } from '../../../src/desk/issue/life-preview.view.ts'
import { createSentBack } from '../../../src/desk/issue/open-proposals.ts'
import type { ProposalEnd } from '../../../src/desk/issue/proposals.ts'
import { APPROVER, CLERK } from './office.ts'
import { issued, lifeDeskOf, line, newScene } from './scene.ts'

const CANCEL = { reason: '契約不成立', reasonCode: 'other', stage: 'before_handover' }

const BY = { madeBy: CLERK.user, approvedBy: APPROVER.user }

/** A guarantee, and two people who look at it in two windows. */
async function twoPeople(format: 'electronic' | 'paper' = 'electronic') {
  const scene = await newScene(true)
  await scene.issue(await scene.apply([line({ format })]))
  await scene.sender.run()
  scene.world.clock.pass(1000)
  const desk = await lifeDeskOf(scene, true)
  const { issuer, numberKey } = await issued(scene)
  const look = () => desk.overview(issuer, numberKey)
  const propose = async (event: LifeEvent, change: LifeFields) => {
    const seen = await look()
    const fields = {
      ...fieldsOf(JSON.parse(seen.issued.certificate)),
      reason: '設計変更',
      ...change,
    }
    const shown = await desk.preview(seen, event, fields)
    expect(shown.errors).toEqual([])
    await desk.propose(seen, shown, CLERK)
    const after = await look()
    return { seen: after, shown: await desk.proposed(after), proposal: after.proposal }
  }
  const ends = () => scene.rows<ProposalEnd>('proposalEnd')
  return { scene, desk, look, propose, ends }
}

type First = Awaited<ReturnType<Awaited<ReturnType<typeof twoPeople>>['propose']>>

function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('it is missing')
  return value
}

const agreeTo = (desk: Awaited<ReturnType<typeof lifeDeskOf>>, { seen, shown }: First) =>
  desk.carryOut(seen, known(shown), BY)

test.each(['electronic', 'paper'] as const)(
  'on %s: what was withdrawn is not carried out, nor is what came into its place',
  async (format) => {
    const { scene, desk, look, propose, ends } = await twoPeople(format)
    const first = await propose('amend', { guaranteedAmount: '22,400,000' })
    await desk.withdraw(known(first.proposal), CLERK.user)
    await expect(agreeTo(desk, first), 'nothing waits').rejects.toMatchObject({
      code: 'state_conflict',
    })
    const second = await propose('amend', { guaranteedAmount: '24,000,000' })
    expect(second.proposal?.seq).toBe(first.proposal?.seq)
    await expect(agreeTo(desk, first), 'another one waits').rejects.toMatchObject({
      code: 'state_conflict',
    })
    expect((await look()).proposal).toEqual(second.proposal)
    await agreeTo(desk, second)
    await scene.sender.idle()
    const { certificate } = await issued(scene)
    expect(JSON.parse(certificate).guaranteedAmount).toBe(24_000_000)
    expect(await ends()).toMatchObject([
      { proposal: first.proposal?.id, deed: 'withdrawn', byUser: 'clerk' },
      { proposal: second.proposal?.id, deed: 'agreed', byUser: 'approver' },
    ])
    expect((await look()).proposal).toBeUndefined()
  },
)

test('a request that cannot be carried out any more can only be ended, each in their own way', async () => {
  const { propose } = await twoPeople()
  const { seen, shown } = await propose('cancel', CANCEL)
  const page = (now: typeof shown, mine: boolean) =>
    String(proposalView('/life', seen, now, mine, undefined))
  for (const mine of [true, false]) {
    expect(page(undefined, mine)).toContain('この手続は行えません')
    expect(page(undefined, mine)).toContain(mine ? '/life/withdraw' : '/life/send-back')
    expect(page(undefined, mine)).not.toContain('/life/approve')
  }
  expect(page(shown, false), 'near twin').toContain('/life/approve')
})

test('of withdrawal and approval at once one is done and the other one told', async () => {
  const { scene, desk, propose, ends } = await twoPeople()
  const first = await propose('cancel', CANCEL)
  const done = await Promise.allSettled([
    agreeTo(desk, first),
    desk.withdraw(known(first.proposal), CLERK.user),
  ])
  const failed = done.filter(({ status }) => status === 'rejected')
  expect(failed).toMatchObject([{ reason: { code: 'state_conflict' } }])
  const [end, ...others] = await ends()
  expect(others).toEqual([])
  const versions = await scene.rows('issuedVersion')
  expect(versions.length).toBe(end?.deed === 'agreed' ? 2 : 1)
})

test.each(['electronic', 'paper'] as const)(
  'on %s: what was sent back stands with who asked until somebody has gone on with it',
  async (format) => {
    const { scene, desk, look, propose } = await twoPeople(format)
    const sentBack = createSentBack(scene.ports)
    const shown = async () => String(sentBackView('/life', await look(), String) ?? '')
    const { proposal } = await propose('amend', { guaranteedAmount: '22,400,000' })
    await desk.sendBack(known(proposal), APPROVER, '金額が違います')
    scene.world.clock.pass(1000)
    expect(await sentBack(CLERK.user)).toMatchObject([{ event: 'amend', reason: '金額が違います' }])
    expect(await sentBack(APPROVER.user), 'near twin, another person').toEqual([])
    expect(await shown()).toContain('変更の依頼が差し戻されました')

    // Two persons are asked for no more, and one cancels it alone.
    const seen = await look()
    const done = await desk.preview(seen, 'cancel', CANCEL)
    expect(done.errors).toEqual([])
    await desk.carryOut(seen, done, { madeBy: CLERK.user })
    await scene.sender.idle()
    expect(await sentBack(CLERK.user)).toEqual([])
    expect(await shown()).toBe('')
  },
)
