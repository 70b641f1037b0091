import { describe, expect, test } from 'vitest'
import { newId } from '../../../src/desk/application/new-id.ts'
import { createRefuseWish } from '../../../src/desk/application/sent/refuse-wish.ts'
import { createWishes, fulfilQueries } from '../../../src/desk/application/sent/wish.ts'
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
    const refuseWish = createRefuseWish(ports)
    const first = open[0]?.id ?? ''
    await expect(refuseWish('marine', first, 'clerk', 'なし')).rejects.toMatchObject({
      code: 'not_found',
    })
    const refuse = (by: string) => refuseWish('akashi-east', first, by, '窓口で再交付しました')
    await refuse('clerk')
    await refuse('clerk')
    await expect(refuse('other')).rejects.toMatchObject({ code: 'state_conflict' })
    await wishes.make(await seen(), 'contract', wish('rekey'))
    expect(await wishes.open('akashi-east')).toHaveLength(2)
    const [later] = await wishes.open('akashi-east')
    const madeAt = later?.madeAt ?? ''
    const before = new Date(Date.parse(madeAt) - 1).toISOString()
    const made = { madeBy: 'clerk', changedAt: madeAt }
    const line = { application: id, kind: 'contract' }
    await ports.store.commit(fulfilQueries(ports.store.db, line, { ...made, madeAt: before }))
    expect(await wishes.open('akashi-east'), 'wished since').toHaveLength(2)
    await ports.store.commit(fulfilQueries(ports.store.db, line, { ...made, madeAt }))
    expect(await wishes.open('akashi-east')).toEqual([])
    expect((await wishes.of(id)).map(({ state, answer }) => [state, answer]).sort()).toEqual([
      ['done', '新しい認証キーを発行しました'],
      ['done', '新しい認証キーを発行しました'],
      ['refused', '窓口で再交付しました'],
    ])
    expect(await rowsOf(desk, 'wish')).toHaveLength(3)
  })
})
