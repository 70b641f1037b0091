import type { Ports } from '../../src/ports.ts'
import type { World } from './world.ts'

/** A platform in which whoever has to wait is held until released. */
export function holding(world: World, change: Partial<Ports> = {}) {
  const held: { milliseconds: number; release: () => void }[] = []
  const platform = world.over({
    clock: {
      ...world.clock,
      sleep: (milliseconds) =>
        milliseconds === 0
          ? world.clock.sleep(0)
          : new Promise((release) => held.push({ milliseconds, release })),
    },
    ...change,
  })
  return {
    platform,
    /** Seconds that those held have been told to wait, in the order in which they came. */
    waits: () => held.map(({ milliseconds }) => milliseconds / 1000),
    /** Lets them all go. */
    release() {
      for (const { release } of held.splice(0)) release()
    },
  }
}

/** What a promise has come to by now: `pending`, or what it gave, or the code of its Fault. */
export async function stateOf(promise: Promise<unknown>): Promise<unknown> {
  const settled = promise.catch((error: { code?: string }) => error.code ?? error)
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  return Promise.race([settled, Promise.resolve('pending')])
}
