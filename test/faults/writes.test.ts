import { expect, test } from 'vitest'
import { StoreFault } from '../../src/store/store.ts'
import { codeOf, faultOf } from '../platform/fault-of.ts'
import { AUTH_KEY, newWorld, payload } from '../platform/world.ts'
import { type Failure, faulty, WRITES } from './faulty.ts'
import { diceOf, LONG, PATIENCE, SEED, tell } from './plan.ts'
import { add, reckon, rowOf, UNHARMED } from './reckon.ts'
import { FIRST, goThrough, NEW_KEY, type Promised, papersOf, SECOND, THIRD } from './script.ts'

const REASONS = ['unavailable', 'full', 'conflict'] as const

/** Goes through the script with one call failing, then looks with sound ports at what is left. */
async function runWith(failure?: Failure) {
  const world = await newWorld()
  const { ports, calls } = faulty(world.ports, failure)
  const platform = world.over(ports)
  const papers = await papersOf(world)
  const promised = await goThrough({ papers, world, platform, ports })
  const fresh = world.over({})
  const found = await reckon({ ...world.opened, ports: world.ports }, fresh, promised.acknowledged)
  await expectPromised(fresh, promised)
  return { calls, found, acknowledged: promised.acknowledged.length }
}

type Platform = ReturnType<Awaited<ReturnType<typeof newWorld>>['over']>

/** Every guarantee in its last state, to the key and the link that stand, and to no others. */
async function expectPromised({ lookup, shares, issuers }: Platform, promised: Promised) {
  const look = (contractNumber: string, authKey: string) =>
    lookup.byPair({ contractNumber, authKey }, {})
  const seen = [
    await look(FIRST, NEW_KEY),
    await look(SECOND, AUTH_KEY),
    await look(THIRD, AUTH_KEY),
  ]
  expect(seen.map(({ status }) => [status.state, status.seq])).toEqual([
    ['cancelled', 4],
    ['in_force', 2],
    ['in_force', 1],
  ])
  for (const { checks } of seen) {
    expect(checks.slice(0, 3).map(({ result }) => result)).toEqual(['pass', 'pass', 'pass'])
  }
  expect(await codeOf(look(FIRST, AUTH_KEY))).toBe('not_found_or_key_mismatch')
  expect((await shares.open(promised.standing)).guarantee.contractNumber).toBe(FIRST)
  for (const token of promised.ended) {
    expect(await codeOf(shares.open(token))).toBe('share_expired_or_revoked')
  }
  const keys = (await issuers.list()).map(({ id, keys: own }) => [id, own.length])
  expect(keys).toEqual([
    ['east', 2],
    ['west', 0],
  ])
}

/** Every way in which each call can fail; of reasons, in the short form, one for each in turn. */
function failuresOf(calls: readonly string[]): Failure[] {
  return calls.flatMap((name, at) => {
    const hows = WRITES.includes(name)
      ? (['not done', 'done unseen'] as const)
      : ['not done' as const]
    const all = name.startsWith('store.') ? REASONS : REASONS.slice(0, 1)
    return hows.flatMap((how, i) => {
      const reasons = LONG ? all : [all[(at + i) % all.length] as Failure['reason']]
      return reasons.map((reason) => ({ at, how, reason }))
    })
  })
}

test('whichever call on the outside fails, done or not: who asks again has all, once', {
  timeout: PATIENCE,
}, async (context) => {
  const { calls } = await runWith()
  const dice = diceOf(SEED)
  // The log's commits all fail in CI too; of the rest, of which there is more, the first and some.
  const isTaken = ({ at }: Failure) => {
    const name = calls[at] as string
    if (LONG || name === 'store.commit' || calls.indexOf(name) === at) return true
    return dice.below(WRITES.includes(name) || !name.startsWith('store.') ? 3 : 16) === 0
  }
  const failures = failuresOf(calls).filter(isTaken)
  const row = rowOf('one call on store, guard or signer fails, done or not', `${SEED}`)
  for (const failure of failures) {
    const { found, acknowledged } = await runWith(failure)
    row.times++
    row.answers += acknowledged
    add(row, found)
    expect({ failure, found }).toEqual({ failure, found: UNHARMED })
  }
  tell(context, row)
  expect(new Set(failures.map(({ at }) => calls[at]))).toEqual(new Set(calls))
})

test('who may have been taken is not told that nothing was stored', async () => {
  const world = await newWorld()
  const record = await world.sign(payload())
  const { store } = world.ports
  const commit: typeof store.commit = async (queries) => {
    await store.commit(queries)
    throw new StoreFault('unavailable', new Error('the answer was lost'))
  }
  const { intake } = world.over({ store: { ...store, commit } })
  const { code, message } = await faultOf(intake({ record, authKey: AUTH_KEY }))
  expect(code).toBe('store_unavailable')
  expect(message).not.toContain('Nothing was stored')
  expect(message).toContain('Send it again')
  expect(await world.platform.intake({ record })).toMatchObject({ fresh: false })
})
