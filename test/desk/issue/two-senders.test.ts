import { describe, expect, test } from 'vitest'
import { Fault, type FaultCode } from '../../../src/base/fault.ts'
import { createSender } from '../../../src/desk/issue/sender.ts'
import { StoreFault } from '../../../src/store/store.ts'
import { line, newScene, type Scene, submission } from './scene.ts'

const refused = (code: FaultCode) => async (): Promise<never> => {
  throw new Fault(code, 'said the platform')
}

const steps = async (scene: Scene) =>
  (await scene.rows<{ status: string }>('lineStep')).map((one) => one.status)

test('two senders on one file do not write one arrival twice', async () => {
  const scene = await newScene()
  await scene.issue(await scene.apply([line()]))
  const { ports, signingKeys } = scene.parts
  const told: string[] = []
  const query = ports.store.db
    .insertInto('numberGiven')
    .values({ issuer: 'x', series: 'told', serial: 1 })
  const tell = async () => {
    told.push('told')
    return [query.compile()]
  }
  const two = [1, 2].map(() => createSender({ ports, signingKeys, tell }))
  await Promise.all(two.map((sender) => sender.run()))
  expect(await submission(scene)).toMatchObject({ state: 'arrived' })
  expect(
    (await scene.rows<{ series: string }>('numberGiven')).filter(({ series }) => series === 'told')
      .length,
  ).toBe(1)
})

describe('two senders that fail with the same record', () => {
  /** The second is through with it while the first still waits for its answer. */
  async function both(slow: FaultCode, fast: FaultCode) {
    const scene = await newScene()
    await scene.issue(await scene.apply([line()]))
    const { ports, signingKeys } = scene.parts
    const faster = createSender({ ports, signingKeys, tell: async () => [] })
    scene.mishaps.push(async () => {
      await faster.run()
      return refused(slow)()
    }, refused(fast))
    await scene.sender.run()
    return scene
  }

  test('one was refused for good: the other writes no 発行エラー（再送中） behind it', async () => {
    const scene = await both('store_unavailable', 'owner_not_started')
    expect(await submission(scene)).toMatchObject({ state: 'refused', fault: 'owner_not_started' })
    expect(await steps(scene)).toEqual(['premium_settled', 'issuing'])
  })

  test('near twin, refused after it failed: 発行手続中 again', async () => {
    const scene = await both('owner_not_started', 'store_unavailable')
    expect(await submission(scene)).toMatchObject({ state: 'refused', fault: 'owner_not_started' })
    expect(await steps(scene)).toEqual(['premium_settled', 'issuing', 'issue_failed', 'issuing'])
  })

  test('the step is another’s: the try is noted all the same, and is not due again at once', async () => {
    const scene = await newScene()
    await scene.issue(await scene.apply([line()]))
    const { store } = scene.ports
    const { commit } = store
    let first = true
    scene.mishaps.push(refused('store_unavailable'))
    store.commit = async (queries) => {
      if (!first) return commit(queries)
      first = false
      throw new StoreFault('conflict', new Error('the step is taken'))
    }
    await scene.sender.run()
    store.commit = commit
    const row = await submission(scene)
    expect(row).toMatchObject({ state: 'waiting', tries: 1, fault: 'store_unavailable' })
    await scene.sender.run()
    expect(await scene.records()).toBe(0)
  })
})
