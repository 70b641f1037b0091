import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Fault, type FaultCode } from '../../../src/base/fault.ts'
import { backoff } from '../../../src/desk/issue/backoff.ts'
import type { Issued } from '../../../src/desk/issue/version-rows.ts'
import {
  later,
  line,
  type Mishap,
  newScene,
  type Scene,
  status,
  submission,
  version,
} from './scene.ts'

const refused = (code: FaultCode) => async (): Promise<never> => {
  throw new Fault(code, 'said the platform')
}
/** It never got there. */
const down = refused('store_unavailable')
/** It was done, and the answer was lost. */
const lost: Mishap = async (deed) => {
  await deed()
  throw new Fault('store_unavailable', 'the answer was lost')
}
/** Something unforeseen broke on the way back. */
const broken: Mishap = async (deed) => {
  await deed()
  throw new TypeError('fetch failed')
}
/** It was done, and the receipt altered. */
const altered =
  (change: (receipt: Record<string, unknown>) => object): Mishap =>
  async (deed) => {
    const { receipt } = (await deed()) as { receipt: Record<string, unknown> }
    return { receipt: change(receipt) } as never
  }

const steps = async (scene: Scene) =>
  (await scene.rows<{ status: string }>('lineStep')).map((one) => one.status)

describe('what cannot be known is asked again', () => {
  test.each<[string, Mishap]>([
    ['a platform that is down', down],
    ['an answer that was lost', lost],
    ['an error of our own on the way', broken],
    ['a log that is busy', refused('log_busy')],
    ['a limit of tries', refused('rate_limited')],
    ['any trouble inside of the platform (5xx)', refused('internal')],
  ])('%s: later, with the same bytes, and one entry', async (_name, mishap) => {
    const scene = await newScene()
    await scene.issue(await scene.apply([line()]))
    scene.mishaps.push(mishap, mishap)
    await scene.sender.run()
    const { jws } = await version(scene)
    expect([await status(scene), scene.told.length]).toEqual(['issue_failed', 0])
    expect(await submission(scene)).toMatchObject({ state: 'waiting', tries: 1 })
    await scene.sender.run()
    expect(await submission(scene), 'not before its time').toMatchObject({ tries: 1 })
    await later(scene)
    await later(scene)
    expect(await submission(scene)).toMatchObject({ state: 'arrived', tries: 3, fault: null })
    expect([await scene.records(), scene.told.length, await status(scene)]).toEqual([
      1,
      1,
      'issued',
    ])
    expect((await version(scene)).jws).toBe(jws)
    expect(await steps(scene)).toEqual(['premium_settled', 'issuing', 'issue_failed', 'issued'])
  })

  test('what is refused for good waits for the company, with the platform’s code', async () => {
    const scene = await newScene()
    await scene.issue(await scene.apply([line()]))
    scene.mishaps.push(refused('owner_not_started'))
    await scene.sender.run()
    await later(scene)
    expect(await submission(scene)).toMatchObject({
      state: 'refused',
      tries: 1,
      fault: 'owner_not_started',
    })
    expect([await scene.records(), scene.told.length]).toEqual([0, 0])
    expect(await steps(scene)).toEqual(['premium_settled', 'issuing'])
  })

  test('発行エラー（再送中） is over once the platform has refused', async () => {
    const scene = await newScene()
    await scene.issue(await scene.apply([line()]))
    scene.mishaps.push(down, refused('owner_not_started'))
    await scene.sender.run()
    await later(scene)
    const all = ['premium_settled', 'issuing', 'issue_failed', 'issuing']
    expect([await status(scene), await steps(scene)]).toEqual(['issuing', all])
  })

  test('one that is refused does not keep others back; one that cannot be reached does', async () => {
    const scene = await newScene()
    for (let i = 0; i < 3; i++) await scene.issue(await scene.apply([line()]))
    scene.mishaps.push(refused('owner_unknown'), down)
    await scene.sender.run()
    expect(await scene.records()).toBe(0)
    await later(scene)
    expect(await scene.records()).toBe(2)
  })
})

test('an error about one row keeps nobody behind it back', async () => {
  const scene = await newScene()
  for (let i = 0; i < 2; i++) await scene.issue(await scene.apply([line()]))
  scene.mishaps.push(async () => {
    throw new TypeError('the row is broken')
  })
  await scene.sender.run()
  expect(await submission(scene)).toMatchObject({ state: 'waiting', fault: 'internal' })
  expect(await scene.records()).toBe(1)
})

describe('a receipt that does not prove the arrival', () => {
  async function incident(mishap: Mishap) {
    const scene = await newScene()
    await scene.issue(await scene.apply([line()]))
    scene.mishaps.push(mishap)
    await scene.sender.run()
    expect(await submission(scene)).toMatchObject({
      state: 'waiting',
      fault: 'receipt_not_verified',
    })
    expect([await status(scene), scene.told.length]).toEqual(['issue_failed', 0])
    expect((await version(scene)).arrivedAt).toBeNull()
    const [report] = scene.world.reports.filter(({ event }) => event === 'receipt_not_verified')
    await later(scene)
    expect([await status(scene), await scene.records(), scene.told.length]).toEqual([
      'issued',
      1,
      1,
    ])
    return report?.facts.wrong
  }

  test.each<[string, Mishap, string]>([
    ['no receipt at all', altered(() => ({ ok: true })), 'it is no receipt'],
    [
      'an earlier time of arrival',
      altered((receipt) => ({ ...receipt, arrivedAt: '2026-01-01T00:00:00.000Z' })),
      'it says another thing than its proof',
    ],
    [
      'another place',
      altered((receipt) => ({ ...receipt, index: 0 })),
      'it says another thing than its proof',
    ],
    [
      'a head that nobody signed',
      altered((receipt) => ({
        ...receipt,
        proof: String(receipt.proof).replace(/\S+\n$/, (line) => {
          const signature = Buffer.from(line, 'base64')
          signature[signature.length - 1] = (signature.at(-1) as number) ^ 1
          return `${signature.toString('base64')}\n`
        }),
      })),
      'no pinned log signed its head',
    ],
  ])('%s: told to the operator, never issued', async (_name, mishap, why) => {
    expect(await incident(mishap)).toBe(why)
  })

  test('the genuine receipt of another record', async () => {
    const scene = await newScene()
    await scene.issue(await scene.apply([line()]))
    await scene.issue(await scene.apply([line()]))
    let first: unknown
    const keep: Mishap = async (deed) => {
      const answer = await deed()
      first = (answer as { receipt: unknown }).receipt
      return answer
    }
    scene.mishaps.push(
      keep,
      altered(() => first as object),
    )
    await scene.sender.run()
    expect(scene.world.reports.at(-1)?.facts.wrong).toBe('it is that of another record')
    expect(scene.told.length).toBe(1)
  })

  test('the receipt of another log', async () => {
    const other = await newScene()
    await other.issue(await other.apply([line()]))
    await other.sender.run()
    const receipt = JSON.parse((await version(other)).receipt as string)
    expect(await incident(altered(() => receipt))).toBe('no pinned log signed its head')
  })
})

test('any sequence of mishaps ends with one entry for each version, and each told once', async () => {
  const mishap = fc.constantFrom<Mishap>(
    down,
    lost,
    broken,
    refused('log_busy'),
    altered(() => ({})),
    (deed) => deed(),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(mishap, { maxLength: 12 }),
      fc.integer({ min: 1, max: 3 }),
      async (mishaps, count) => {
        const scene = await newScene()
        for (let i = 0; i < count; i++) await scene.issue(await scene.apply([line()]))
        scene.mishaps.push(...mishaps)
        for (let i = 0; i <= mishaps.length; i++) {
          await Promise.all([later(scene), scene.sender.run()])
        }
        expect(await scene.records()).toBe(count)
        expect(scene.told.map(({ contractNumber }) => contractNumber).sort()).toEqual(
          (await scene.rows<Issued>('issued')).map(({ contractNumber }) => contractNumber).sort(),
        )
      },
    ),
    { numRuns: 12 },
  )
}, 60_000)

test('tries are a second apart at first, five minutes at most, never all at one moment', () => {
  const at = (tries: number, byte: number) => backoff(tries, () => Uint8Array.of(byte))
  expect([1, 2, 3, 9, 10, 99].map((tries) => at(tries, 0))).toEqual([
    1000, 2000, 4000, 256_000, 300_000, 300_000,
  ])
  expect(at(1, 255)).toBeGreaterThan(500)
  expect(at(99, 255)).toBeLessThan(200_000)
})
