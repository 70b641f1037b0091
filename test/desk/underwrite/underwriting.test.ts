import { describe, expect, test } from 'vitest'
import type { Member } from '../../../src/accounts/member.ts'
import type { SentApplication } from '../../../src/desk/application/sent/sent-application.ts'
import { createSentApplications } from '../../../src/desk/application/sent/sent-application.ts'
import { withdraw } from '../../../src/desk/application/sent/withdraw.ts'
import { type StatementQuote, voidUnsettledQuery } from '../../../src/desk/company/bills.ts'
import { createChecks } from '../../../src/desk/underwrite/checks.ts'
import { draftCertificate } from '../../../src/desk/underwrite/draft-certificate.ts'
import { createInbox } from '../../../src/desk/underwrite/inbox.ts'
import { createStatements } from '../../../src/desk/underwrite/statements.ts'
import { line } from '../issue/scene.ts'
import { monthly, newDesk } from './desk.ts'

const CONTRACTOR = { user: 'contractor' } as Member

describe('an application on its way through the company', () => {
  test('is received, accepted with its premium, settled, and issued by a second person', async () => {
    const { scene, act, status, mails } = await newDesk()
    const id = await scene.apply([line()], 'submitted')
    await act(id, 'receive')
    await act(id, 'accept', { by: 'approver' })
    expect(await status(id)).toEqual(['accepted'])
    expect(mails).toEqual([expect.stringMatching(/^premium .* 63000 per_case$/)])
    const [billed] = await scene.rows<{ quote: string; yen: number; settledAt: string | null }>(
      'premiumStatement',
    )
    expect(billed).toMatchObject({ yen: 63_000, settledAt: null, org: 'takahashi' })
    expect(JSON.parse(billed?.quote ?? '') as StatementQuote).toMatchObject({ mark: '見本料率' })
    await expect(act(id, 'issue')).rejects.toMatchObject({ code: 'state_conflict' })
    await act(id, 'settle', { on: '2026-01-20' })
    expect(await scene.rows('premiumStatement')).toMatchObject([
      { settledBy: 'clerk', settledOn: '2026-01-20' },
    ])
    await expect(act(id, 'issue', { by: 'approver' })).rejects.toMatchObject({
      code: 'role_not_allowed',
    })
    expect(await status(id)).toEqual(['premium_settled'])
    await act(id, 'issue')
    expect(await status(id)).toEqual(['issuing'])
    await scene.sender.run()
    expect(await status(id)).toEqual(['issued'])
    expect(await scene.rows('issuedVersion')).toMatchObject([
      { madeBy: 'clerk', approvedBy: 'approver' },
    ])
  })

  test('paid by the month it is issued once accepted; without four eyes by the same person', async () => {
    const { scene, act, status } = await newDesk(false)
    const id = await scene.apply([monthly()], 'received')
    await act(id, 'accept', { by: 'approver' })
    await expect(act(id, 'settle')).rejects.toMatchObject({ code: 'state_conflict' })
    await act(id, 'issue', { by: 'approver' })
    expect(await status(id)).toEqual(['issuing'])
    expect(await scene.rows('issuedVersion'), 'no second person').toMatchObject([
      { madeBy: 'approver', approvedBy: null },
    ])
  })

  test('is returned with a reason, which the contractor is told, or declined', async () => {
    const { scene, act, status, mails } = await newDesk()
    const id = await scene.apply([line()], 'received')
    await expect(act(id, 'return')).rejects.toMatchObject({ code: 'body_invalid' })
    await act(id, 'return', { reason: '工期の終わりを確かめてください' })
    expect(await status(id)).toEqual(['returned'])
    expect(mails).toEqual([expect.stringContaining('工期の終わりを確かめてください')])
    await expect(act(id, 'accept')).rejects.toMatchObject({ code: 'state_conflict' })
    const other = await scene.apply([line()], 'received')
    await act(other, 'decline', { reason: '引受限度' })
    expect(await status(other)).toEqual(['declined'])
    expect(mails.slice(1)).toEqual([
      expect.stringMatching(/^declined .* advance_payment 引受限度$/),
    ])
  })

  test('is taken up by somebody (審査中), and can then be returned or accepted', async () => {
    const { scene, act, status } = await newDesk()
    const id = await scene.apply([line()], 'received')
    await act(id, 'review', { by: 'reviewer' })
    expect(await status(id)).toEqual(['reviewing'])
    const taken = { byUser: 'reviewer', own: false }
    expect(await act(id, 'review', { by: 'late', seen: 1 })).toMatchObject(taken)
    expect(await act(id, 'receive', { by: 'reviewer', seen: 1 })).toMatchObject(taken)
    const again = { ...taken, own: true }
    expect(await act(id, 'review', { by: 'reviewer', seen: 1 }), 'pressed twice').toMatchObject(
      again,
    )
    await act(id, 'accept', { by: 'approver' })
    expect(await status(id)).toEqual(['accepted'])
    await expect(act(id, 'review')).rejects.toMatchObject({ code: 'state_conflict' })
  })

  test('is returned with all that is still open, or alone', async () => {
    const { scene, act, status, mails } = await newDesk()
    const both = [line(), monthly({ kind: 'contract', guaranteedAmount: 5_000_000 })]
    const reason = '工期を確かめてください'
    const id = await scene.apply(both, 'received')
    await act(id, 'return', { reason, all: true })
    expect([await status(id), mails.length]).toEqual([['returned', 'returned'], 2])
    const alone = await scene.apply(both, 'received')
    await act(alone, 'return', { reason, all: false })
    expect(await status(alone)).toEqual(['returned', 'received'])
    const accepted = await scene.apply(both, 'received')
    await act(accepted, 'accept', { kind: 'contract', by: 'approver' })
    await act(accepted, 'return', { reason, all: true })
    expect(await status(accepted), 'what is accepted stays').toEqual(['returned', 'accepted'])
  })

  test('goes on line by line', async () => {
    const { scene, act, status } = await newDesk()
    const contract = monthly({ kind: 'contract', guaranteedAmount: 5_000_000 })
    const id = await scene.apply([line(), contract], 'received')
    await act(id, 'accept', { kind: 'contract', by: 'approver' })
    expect(await status(id)).toEqual(['received', 'accepted'])
    expect(await scene.rows('premiumStatement')).toMatchObject([{ kind: 'contract', yen: 20_000 }])
  })

  test('is taken back after its acceptance: what was billed for it is void, and nothing else', async () => {
    const { scene, act, status } = await newDesk()
    const contract = line({ kind: 'contract', guaranteedAmount: 5_000_000 })
    const id = await scene.apply([line(), contract], 'received')
    await act(id, 'accept')
    await act(id, 'accept', { kind: 'contract' })
    const seen = await createSentApplications(scene.ports.store).byId(id, { issuer: 'east' })
    if (!seen) throw new Error('no such application')
    const told: object[] = []
    const ports = {
      ...scene.ports,
      async withdrawn({ number }: { number: string }, kind: string, said: object) {
        told.push({ number, kind, ...said })
        return []
      },
    }
    const taken = () => withdraw(ports, CONTRACTOR, seen, 'advance_payment', '契約不成立')
    await taken()
    const { number } = seen
    expect(told).toEqual([{ number, kind: 'advance_payment', reason: '契約不成立', billed: true }])
    expect(await status(id)).toEqual(['withdrawn', 'accepted'])
    const statements = createStatements(scene.ports.store)
    const { rows } = await statements.page({ org: 'takahashi' }, 1)
    expect(rows.map(({ kind, voidedAt }) => [kind, voidedAt !== null])).toEqual([
      ['contract', false],
      ['advance_payment', true],
    ])
    await act(id, 'settle', { kind: 'contract' })
    await expect(withdraw(ports, CONTRACTOR, seen, 'contract', '')).rejects.toMatchObject({
      code: 'state_conflict',
    })
    expect(await scene.rows('premiumStatement')).toMatchObject([{}, { voidedAt: null }])
  })

  test('what is void is not marked as received', async () => {
    const { scene, act } = await newDesk()
    const { store } = scene.ports
    const id = await scene.apply([line()], 'received')
    await act(id, 'accept')
    const change = { application: id, kind: 'advance_payment' }
    await store.commit([voidUnsettledQuery(store.db, change, '2026-01-21T00:00:00.000Z')])
    await act(id, 'settle')
    expect(await scene.rows('premiumStatement')).toMatchObject([{ settledAt: null }])
  })

  test('of another company it does not exist', async () => {
    const { scene, underwriting } = await newDesk()
    const id = await scene.apply([line()], 'submitted')
    expect(await underwriting.byId(id, 'west')).toBeUndefined()
    const deed = { application: id, kind: 'advance_payment', action: 'receive' } as const
    const foreign = underwriting.act({ ...deed, issuer: 'west', byUser: 'x', seen: 1 })
    await expect(foreign).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('two people at once', () => {
  test('the later one is told who did what, and nothing is done twice', async () => {
    const { scene, act, status } = await newDesk()
    const id = await scene.apply([line()], 'received')
    const answers = await Promise.all([
      act(id, 'accept', { by: 'approver', seen: 1 }),
      act(id, 'decline', { by: 'second', seen: 1, reason: '限度' }),
    ])
    const [first] = await status(id)
    expect(answers.filter((one) => one === undefined)).toHaveLength(1)
    expect(answers.find((one) => one !== undefined)).toMatchObject({
      status: first,
      byUser: first === 'accepted' ? 'approver' : 'second',
    })
    expect(await scene.rows('premiumStatement')).toHaveLength(first === 'accepted' ? 1 : 0)
  })

  test('issue one line at once: one number, and the other is told', async () => {
    const { scene, act } = await newDesk()
    const id = await scene.apply([line()], 'premium_settled')
    const answers = await Promise.all([
      act(id, 'issue', { by: 'one', seen: 1 }),
      act(id, 'issue', { by: 'two', seen: 1 }),
    ])
    expect(answers.filter((one) => one === undefined)).toHaveLength(1)
    expect(answers.find((one) => one !== undefined)).toMatchObject({ status: 'issuing' })
    expect(await scene.rows('issued')).toHaveLength(1)
  })

  test('what was seen long ago is not acted upon', async () => {
    const { scene, act } = await newDesk()
    const id = await scene.apply([line()], 'submitted')
    await act(id, 'receive', { by: 'first' })
    expect(await act(id, 'receive', { seen: 1 })).toMatchObject({
      status: 'received',
      byUser: 'first',
    })
  })

  test('accept two applications at once: each has its own statement', async () => {
    const { scene, act } = await newDesk()
    const ids = [await scene.apply([line()], 'received'), await scene.apply([line()], 'received')]
    await Promise.all(ids.map((id) => act(id, 'accept', { by: 'approver' })))
    const rows = await scene.rows<{ number: string }>('premiumStatement')
    expect(rows.map(({ number }) => number).sort()).toEqual(['EK-000001', 'EK-000002'])
  })
})

describe('what the company sees', () => {
  test('the inbox by tab and branch, with the days gone by', async () => {
    const { scene, act } = await newDesk()
    const inbox = createInbox(scene.ports)
    const id = await scene.apply([line(), monthly({ kind: 'contract' })], 'submitted')
    scene.world.clock.pass(3 * 86_400_000)
    const choice = { tab: 'new', page: 1 } as const
    const all = await inbox('east', choice, [])
    expect(all).toMatchObject({ counts: { new: 2, review: 0 }, page: 1, pages: 1 })
    expect(all.rows).toMatchObject([
      { id, kind: 'advance_payment', contractor: '株式会社髙橋建設', days: 3, branch: 'shizuoka' },
      { id, kind: 'contract' },
    ])
    expect((await inbox('east', { ...choice, branch: 'yamanashi' }, [])).rows).toEqual([])
    expect((await inbox('west', choice, [])).rows).toEqual([])
    await act(id, 'receive')
    expect(await inbox('east', { tab: 'review', page: 9 }, [])).toMatchObject({
      counts: { new: 1, review: 1 },
      rows: [{ status: 'received' }],
      page: 1,
    })
  })

  test('checks: ratio, owner, duplicates, and what could not be checked', async () => {
    const { scene, underwriting, act } = await newDesk()
    const check = createChecks(scene.ports)
    const profile = await scene.parts.company.profileOf('east')
    const draft = (application: SentApplication) =>
      draftCertificate(application, 'advance_payment', profile, '2026-02-01')
    const seen = async (id: string) => {
      const application = await underwriting.byId(id, 'east')
      if (!application) throw new Error('no such application')
      return check(application, 'advance_payment', draft(application))
    }
    const id = await scene.apply([line()], 'received')
    expect(await seen(id)).toMatchObject({ ratioPermille: 400, duplicates: [] })
    const twice = await scene.apply([line({ guaranteedAmount: 25_000_000 })], 'received')
    const { findings, ...rest } = await seen(twice)
    expect(rest).toMatchObject({ ratioPermille: 500, duplicates: [{ id }] })
    expect(findings.map(({ code }) => code)).toContain('advance_above_rate')
    expect(findings.map(({ severity }) => severity)).toContain('not_checkable')
    await act(id, 'decline', { reason: '重複' })
    expect(await seen(twice)).toMatchObject({ duplicates: [] })
    const lost = createChecks({
      ...scene.ports,
      platform: {
        owners: () => Promise.reject(new Error('down')),
        unanswered: () => 3,
      },
    })
    const application = await underwriting.byId(twice, 'east')
    if (!application) throw new Error('no such application')
    const unsure = await lost(application, 'advance_payment', draft(application))
    expect(unsure.owner).toEqual({ state: 'unreachable', seconds: 3 })
    expect(unsure.findings.every(({ severity }) => severity === 'not_checkable')).toBe(true)
  })

  test('statements of its own side alone', async () => {
    const { scene, act } = await newDesk()
    const id = await scene.apply([line()], 'received')
    await act(id, 'accept', { by: 'approver' })
    const statements = createStatements(scene.ports.store)
    const mine = await statements.page({ org: 'takahashi' }, 1)
    expect(mine.rows).toMatchObject([{ number: 'EK-000001', yen: 63_000, ownerName: '富士市長' }])
    expect((await statements.page({ issuer: 'east' }, 1)).rows).toHaveLength(1)
    expect((await statements.page({ org: 'other' }, 1)).rows).toEqual([])
    const one = (side: { org: string }) => statements.byNumber(side, 'east', 'EK-000001')
    expect(await one({ org: 'takahashi' })).toMatchObject({ contractor: '株式会社髙橋建設' })
    expect(await one({ org: 'other' })).toBeUndefined()
  })
})
