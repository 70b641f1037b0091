import { AUTH_KEY, newWorld, type World } from '../platform/world.ts'
import { contentOf, type Sound } from './damaged.ts'
import { FIRST, goThrough, NEW_KEY, papersOf, SECOND, THIRD } from './script.ts'

/** A world in which every kind of write has been done once, and what it shows. */
export async function newSound(): Promise<{ world: World; sound: Sound }> {
  const world = await newWorld()
  const { platform, ports } = world
  const papers = await papersOf(world)
  const { acknowledged, standing } = await goThrough({ papers, world, platform, ports })
  const pairs = [
    { contractNumber: FIRST, authKey: NEW_KEY },
    { contractNumber: SECOND, authKey: AUTH_KEY },
    { contractNumber: THIRD, authKey: AUTH_KEY },
  ]
  const shown = await Promise.all(pairs.map((pair) => platform.lookup.byPair(pair, {})))
  const { guarantee, scope } = await platform.shares.open(standing)
  shown.push(await platform.lookup.known(guarantee, { right: scope }))
  const trust = await platform.trust()
  const contents = shown.map(contentOf)
  return { world, sound: { pairs, token: standing, contents, acknowledged, trust } }
}
