import type { D1Database } from '@cloudflare/workers-types'
import { expect, test } from 'vitest'
import { openD1Guard } from '../../src/outside/guard-d1.ts'

/** A database of one note, which may be out of reach. */
function newDatabase() {
  const state = { note: null as string | null, away: false }
  const reached = () => {
    if (state.away) throw new Error('D1_ERROR: Network connection lost.')
  }
  const prepare = () => ({
    async first() {
      reached()
      return state.note === null ? null : { note: state.note }
    },
    bind: (note: string) => ({
      async run() {
        reached()
        state.note = note
      },
    }),
  })
  return { state, guard: openD1Guard({ prepare } as unknown as D1Database) }
}

test('a guard that was never written is absent, and one that was is read again', async () => {
  const { guard } = newDatabase()
  expect(await guard.read()).toEqual({ state: 'absent' })
  await guard.write('one')
  await guard.write('two')
  expect(await guard.read()).toEqual({ state: 'kept', note: 'two' })
})

test('a guard that cannot be reached is not an absent one', async () => {
  const { state, guard } = newDatabase()
  state.away = true
  expect(await guard.read()).toEqual({ state: 'unreadable' })
})

test('what could not be written is written by retry, and nothing else is', async () => {
  const { state, guard } = newDatabase()
  await guard.write('one')
  state.away = true
  await expect(guard.write('two')).rejects.toThrow('Network connection lost')
  await expect(guard.retry()).rejects.toThrow('Network connection lost')
  state.away = false
  expect(await guard.read()).toEqual({ state: 'kept', note: 'one' })
  await guard.retry()
  expect(await guard.read()).toEqual({ state: 'kept', note: 'two' })
  state.note = 'three'
  await guard.retry()
  expect(state.note).toBe('three')
})
