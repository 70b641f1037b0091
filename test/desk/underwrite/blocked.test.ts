import { describe, expect, test } from 'vitest'
import { dayInTokyo, instant } from '../../../src/base/time.ts'
import type { ApplicationLine } from '../../../src/desk/application/content.ts'
import { createCompany } from '../../../src/desk/company/company.ts'
import { DEFAULT_PATTERN } from '../../../src/guarantee/contract-number.ts'
import { issued, line } from '../issue/scene.ts'
import { newDesk } from './desk.ts'

describe('a guarantee is not accepted with what the platform would refuse', () => {
  async function applied(works: object, change: Partial<ApplicationLine> = {}) {
    const desk = await newDesk()
    const { scene } = desk
    const id = await scene.apply([line(change)], 'received')
    const [row] = await scene.rows<{ content: string }>('applicationRevision')
    const content = JSON.parse(row?.content ?? '')
    content.works = { ...content.works, ...works }
    await scene.ports.store.commit([
      scene.ports.store.db
        .updateTable('applicationRevision')
        .set({ content: JSON.stringify(content) })
        .compile(),
    ])
    return { ...desk, id }
  }

  const UNKNOWN = { ownerCode: undefined, ownerName: '見知らぬ村長' }
  test.each<[string, object, Partial<ApplicationLine>]>([
    ['owner_unknown', UNKNOWN, {}],
    ['owner_not_started', { worksContractDate: '2025-01-15' }, {}],
    ['amount_invalid', {}, { guaranteedAmount: 50_000_001 }],
    ['amount_invalid', UNKNOWN, { guaranteedAmount: 50_000_001, format: 'paper' }],
  ])('%s', async (code, works, change) => {
    const { scene, act, status, id } = await applied(works, change)
    await expect(act(id, 'accept', { by: 'approver' })).rejects.toMatchObject({ code })
    expect([await status(id), await scene.rows('premiumStatement')]).toEqual([['received'], []])
  })

  test('near twins: an unknown owner on paper; an owner who could not be asked for', async () => {
    const paper = await applied(UNKNOWN, { format: 'paper' })
    await paper.act(paper.id, 'accept', { by: 'approver' })
    expect(await paper.status(paper.id)).toEqual(['accepted'])
    const { scene, id, status, act } = await applied(UNKNOWN)
    scene.ports.platform.owners = () => Promise.reject(new Error('down'))
    await act(id, 'accept', { by: 'approver' })
    expect(await status(id)).toEqual(['accepted'])
  })

  test('at 発行 the very certificate is judged that is signed: under the terms of its acceptance', async () => {
    const { scene, act, id, judged } = await applied({})
    await act(id, 'accept', { by: 'approver' })
    await act(id, 'settle')
    scene.world.clock.pass(2 * 86_400_000)
    const profile = await scene.parts.company.profileOf('east')
    const effectiveFrom = dayInTokyo(instant(scene.ports.clock.now()))
    const next = { id: 'new-terms', title: '新しい前払金保証約款', effectiveFrom }
    const terms = { advance_payment: [...(profile.terms.advance_payment ?? []), next] }
    const about = { id: 'east', numberPattern: DEFAULT_PATTERN }
    await createCompany(scene.ports).set(about, {
      ...profile,
      terms: { ...profile.terms, ...terms },
    })
    await act(id, 'issue')
    const signed = JSON.parse((await issued(scene)).certificate)
    expect(signed.terms.id).not.toBe('new-terms')
    expect(judged.at(-1)).toEqual(signed)
  })

  test('what has come to be blocked since its acceptance is not issued; its near twin on paper is', async () => {
    const { scene, act, id, status } = await applied({})
    await act(id, 'accept', { by: 'approver' })
    await act(id, 'settle')
    scene.ports.platform.owners = async () => []
    await expect(act(id, 'issue')).rejects.toMatchObject({ code: 'owner_unknown' })
    expect([await status(id), await scene.rows('issued')]).toEqual([['premium_settled'], []])
    const paper = await applied({}, { format: 'paper' })
    await paper.act(paper.id, 'accept', { by: 'approver' })
    await paper.act(paper.id, 'settle')
    paper.scene.ports.platform.owners = async () => []
    await paper.act(paper.id, 'issue')
    expect(await paper.status(paper.id)).toEqual(['issued'])
  })
})
