import { expect } from 'vitest'
import { behind } from './behind.ts'
import { AUTH_KEY, certificate, newKey, newWorld, payload } from './world.ts'

const WEST_KEY = 'bbbbCCCC2222'

/** The number of another guarantee of east. */
export const THIRD = '12345-000003'

/**
 * The log: 0 key of east, 1 key of west, 2 and 3 the sample of east, 4 another number of west,
 * 5 another number of east. Everything was looked up, and so remembered, a moment before.
 */
export async function newScene() {
  const world = await newWorld()
  const west = await newKey()
  await world.platform.issuers.add({ id: 'west', iss: 'https://west.example.jp', name: 'west' })
  await world.platform.issuers.keyAdd('west', west.publicJwk)
  await world.issue({ certificate: certificate({ guaranteedAmount: 19_000_000 }) })
  const other = payload({ sub: '12345-000002', iss: 'https://west.example.jp' })
  await world.platform.intake({ record: await world.sign(other, west), authKey: WEST_KEY })
  const third = await world.sign(payload({ sub: THIRD }))
  await world.platform.intake({ record: third, authKey: AUTH_KEY })
  const sample = () => world.lookup()
  const beside = () =>
    world.platform.lookup.byPair({ contractNumber: '12345-000002', authKey: WEST_KEY }, {})
  expect([(await sample()).verdict, (await beside()).verdict]).toEqual(['verified', 'verified'])
  return { world, sample, beside, db: behind(world) }
}

export type Scene = Awaited<ReturnType<typeof newScene>>

/** What keeps the first three checks from passing, `id result code` each. */
export function problemsOf({ checks }: Awaited<ReturnType<Scene['sample']>>): string[] {
  const found = checks.filter(({ id, result }) => id !== 'status' && result !== 'pass')
  return found.map(({ id, result, code }) => `${id} ${result} ${code}`)
}
