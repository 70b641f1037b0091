import { describe, expect, test } from 'vitest'
import { newId } from '../../../src/desk/application/new-id.ts'
import { closeWishQuery, createWishes } from '../../../src/desk/application/sent/wish.ts'
import { deedsOf, ORG, rowsOf } from './deeds.ts'
import { FILLED, MEMBERS } from './desk.ts'

const { sato } = MEMBERS

describe('wishes for an issued key', () => {
  test('are asked once until they are answered, a leak beside a loss', async () => {
    const { desk, ports, sent, save, send, goOn, id } = await deedsOf()
    await save(id, 0, FILLED)
    await send(id)
    const wishes = createWishes(ports)
    const wish = (type: 'rekey' | 'leaked') => ({
      id: newId(ports.random),
      type,
      reason: '紛失',
      madeBy: sato.user,
    })
    const seen = async () => (await sent.byId(id, ORG)) ?? Promise.reject(new Error('gone'))
    await expect(wishes.make(await seen(), 'contract', wish('rekey'))).rejects.toMatchObject({
      code: 'state_conflict',
    })
    await goOn(id, 'contract', 'issued')
    for (const type of ['rekey', 'rekey', 'leaked'] as const)
      await wishes.make(await seen(), 'contract', wish(type))
    const open = await wishes.open('akashi-east')
    expect(open.map(({ type, number }) => [type, number])).toEqual([
      ['rekey', 'E-000001'],
      ['leaked', 'E-000001'],
    ])
    expect(await wishes.open('marine')).toEqual([])
    const closed = {
      id: open[0]?.id ?? '',
      state: 'done' as const,
      closedBy: 'clerk',
      closedAt: '2026-02-04T00:00:00.000Z',
    }
    await ports.store.commit([
      closeWishQuery(ports.store.db, { ...closed, answer: '再発行しました' }),
    ])
    await wishes.make(await seen(), 'contract', wish('rekey'))
    expect(await wishes.open('akashi-east')).toHaveLength(2)
    expect(await rowsOf(desk, 'wish')).toHaveLength(3)
  })
})
