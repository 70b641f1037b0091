import { describe, expect, test } from 'vitest'
import type { ApplicationLine } from '../../../src/desk/application/content.ts'
import { line } from '../issue/scene.ts'
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
})
