import { expect, test } from 'vitest'
import { createTurns } from '../../src/outside/turns.ts'

/** Time passes by naps alone. */
function newTime() {
  let now = 0
  return {
    now: () => now,
    monotonic: () => now,
    async sleep(milliseconds: number) {
      await Promise.resolve()
      now += milliseconds
    },
  }
}

const NEVER = new Promise<void>(() => {})

test('what takes turns never overlaps, and each gets its result or its error', async () => {
  const clock = newTime()
  const inTurn = createTurns(clock)
  let inside = 0
  const deed = (i: number) => async () => {
    expect(++inside).toBe(1)
    await clock.sleep(3)
    inside -= 1
    if (i === 2) throw new Error('mine')
    return i
  }
  const done = await Promise.allSettled([0, 1, 2, 3].map((i) => inTurn(deed(i))))
  expect(done.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message))).toEqual([
    0,
    1,
    'mine',
    3,
  ])
})

test('a turn whose holder was broken off passes on, and not before its time', async () => {
  const clock = newTime()
  const inTurn = createTurns(clock)
  void inTurn(() => NEVER)
  expect(await inTurn(async () => clock.now())).toBeGreaterThanOrEqual(10_000)
  const after = clock.now()
  expect(await inTurn(async () => clock.now())).toBe(after)
})
