import { describe, expect, test } from 'vitest'
import { formOf } from '../../../src/desk/application/form/fields.ts'
import { newId } from '../../../src/desk/application/new-id.ts'
import { resentView } from '../../../src/desk/application/pages/resent.view.ts'
import { createList } from '../../../src/desk/application/sent/list.ts'
import { type WithdrawPorts, withdraw } from '../../../src/desk/application/sent/withdraw.ts'
import { deedsOf, ORG, rowsOf } from './deeds.ts'
import { FILLED, MEMBERS } from './desk.ts'

const { sato, suzuki, yamada } = MEMBERS

describe('sending', () => {
  test('a second click, and ten at once, find the first', async () => {
    const { desk, sent, save, send, ports, id } = await deedsOf()
    await save(id, 0, FILLED)
    const key = newId(ports.random)
    const all = await Promise.all(Array.from({ length: 10 }, () => send(id, key)))
    expect(new Set(all)).toEqual(new Set(['sent']))
    expect(await sent.byId(id, ORG)).toMatchObject({
      number: 'E-000001',
      revision: 2,
      branch: 'shizuoka',
    })
    expect(await rowsOf(desk, 'lineStep')).toHaveLength(2)
    expect(await rowsOf(desk, 'applicationRevision')).toHaveLength(2)
  })

  test('two applications at once get two numbers', async () => {
    const { sent, save, send, ports } = await deedsOf()
    const ids = [newId(ports.random), newId(ports.random)]
    for (const id of ids) await save(id, 0, FILLED)
    await Promise.all(ids.map((id) => send(id)))
    const numbers = await Promise.all(ids.map(async (id) => (await sent.byId(id, ORG))?.number))
    expect(numbers.sort()).toEqual(['E-000001', 'E-000002'])
  })

  test('is for the company and the firm alone to read', async () => {
    const { sent, save, send, id } = await deedsOf()
    await save(id, 0, FILLED)
    expect(await sent.byId(id, ORG)).toBeUndefined()
    await send(id)
    expect((await sent.byId(id, { issuer: 'akashi-east' }))?.content.works.worksName).toBe(
      FILLED['worksName'],
    )
    expect(await sent.byId(id, { issuer: 'marine' })).toBeUndefined()
    expect(await sent.byId(id, { org: yamada.organisation.id })).toBeUndefined()
  })

  test('closes the form, until something is returned', async () => {
    const { save, send, goOn, id } = await deedsOf()
    await save(id, 0, FILLED)
    await send(id)
    const changed = formOf({ ...FILLED, 'advance.amount': '19,000,000円' })
    expect((await save(id, 2, changed)).state).toBe('closed')
    await goOn(id, 'advance_payment', 'returned', '金額をお確かめください')
    expect(await save(id, 2, changed)).toEqual({ state: 'saved', revision: 3 })
  })
})

describe('a returned application', () => {
  test('is answered by sending again; what is under way stays as it was sent', async () => {
    const { drafts, sent, save, send, goOn, id } = await deedsOf()
    await save(id, 0, FILLED)
    await send(id)
    await goOn(id, 'advance_payment', 'returned', '金額をお確かめください')
    await goOn(id, 'contract', 'reviewing')
    const changed = { 'advance.amount': '19,000,000円', 'contract.amount': '1円', worksName: '甲' }
    await save(id, 2, formOf({ ...FILLED, ...changed, answer: '減額しました', message: '別' }))
    expect((await drafts.current(id))?.form).toEqual(
      formOf({ ...FILLED, 'advance.amount': '19,000,000円', answer: '減額しました' }),
    )
    // What is being edited is not what was sent.
    expect((await sent.byId(id, ORG))?.content.lines[0]?.guaranteedAmount).toBe(20_000_000)
    await send(id)
    const after = await sent.byId(id, ORG)
    expect(after?.number).toBe('E-000001')
    expect(after?.lines.map(({ status, guaranteedAmount }) => [status, guaranteedAmount])).toEqual([
      ['submitted', 19_000_000],
      ['reviewing', 5_000_000],
    ])
    expect(after?.lines[0]?.steps.map(({ status, note }) => [status, note])).toEqual([
      ['submitted', null],
      ['returned', '金額をお確かめください'],
      ['submitted', '減額しました'],
    ])
    expect(after?.content).toMatchObject({
      answer: '減額しました',
      sentAnew: ['advance_payment'],
      information: { message: '一行目\n二行目' },
    })
    expect(after?.sendings.map(({ content }) => content.answer)).toEqual([
      undefined,
      '減額しました',
    ])
    const shown = String(after && resentView(after, (branch) => branch))
    for (const text of ['金額をお確かめください', '減額しました', '20,000,000円', '19,000,000円']) {
      expect(shown).toContain(text)
    }
    // What was not asked about is not part of it.
    expect(shown).not.toContain('契約保証')
    // The next question asks for an answer of its own.
    expect((await drafts.current(id))?.form['answer']).toBe('')
  })

  test('without a guarantee that it had: that one is taken back', async () => {
    const { sent, save, send, goOn, id } = await deedsOf()
    await save(id, 0, FILLED)
    await send(id)
    for (const kind of ['advance_payment', 'contract'] as const) await goOn(id, kind, 'returned')
    await save(id, 2, formOf({ ...FILLED, 'contract.apply': '', answer: '契約保証はやめます' }))
    await send(id)
    const after = await sent.byId(id, ORG)
    expect(after?.lines.map(({ status }) => status)).toEqual(['submitted', 'withdrawn'])
    expect(after?.content.lines).toHaveLength(1)
    expect(after?.lines[1]?.asked.guaranteedAmount).toBe(5_000_000)
  })
})

describe('取下げ', () => {
  test('is possible until the premium is paid, and done once', async () => {
    const { ports, sent, save, send, goOn, id } = await deedsOf()
    const said: object[] = []
    const withdrawn = async (...[, , what]: Parameters<WithdrawPorts['withdrawn']>) => {
      said.push(what)
      return []
    }
    await save(id, 0, FILLED)
    await send(id)
    const seen = async () => (await sent.byId(id, ORG)) ?? Promise.reject(new Error('gone'))
    const before = await seen()
    await withdraw({ ...ports, withdrawn }, sato, before, 'contract', '契約不成立')
    expect(said, 'nothing was billed').toEqual([{ reason: '契約不成立', billed: false }])
    await withdraw(ports, sato, await seen(), 'contract', '')
    expect((await seen()).lines[1]?.steps.map(({ status, note }) => [status, note])).toEqual([
      ['submitted', null],
      ['withdrawn', '契約不成立'],
    ])
    await expect(withdraw(ports, suzuki, before, 'contract', '')).rejects.toMatchObject({
      code: 'state_conflict',
    })
    await goOn(id, 'advance_payment', 'premium_settled')
    await expect(withdraw(ports, sato, await seen(), 'advance_payment', '')).rejects.toMatchObject({
      code: 'state_conflict',
    })
  })
})

test('the list is the firm’s own, newest first, drafts with what is ticked', async () => {
  const { desk, ports, save, send, id } = await deedsOf()
  await save(id, 0, FILLED)
  await send(id)
  desk.world.clock.pass(1000)
  const draft = newId(ports.random)
  await save(draft, 0, formOf({ 'contract.apply': 'on', worksName: '書きかけ' }))
  await save(newId(ports.random), 0, FILLED, yamada)
  const { list, habits } = createList(ports.store)
  const rows = await list(ORG.org, 0)
  expect(rows.map((row) => [row.id, row.lines.map(({ status }) => status)])).toEqual([
    [draft, ['draft']],
    [id, ['submitted', 'submitted']],
  ])
  expect(await list(ORG.org, 1)).toHaveLength(1)
  expect((await habits(ORG.org)).branch).toBe('akashi-east/shizuoka')
})
