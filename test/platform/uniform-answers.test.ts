import { describe, expect, test } from 'vitest'
import { faultOf } from './fault-of.ts'
import { AUTH_KEY, NUMBER, newKey, newWorld, payload, type World } from './world.ts'

/** What a platform asks of the database and of the peppers, in order. */
function spied(world: World) {
  const calls: string[] = []
  const { store, peppers } = world.ports
  const platform = world.over({
    store: {
      ...store,
      all(query) {
        calls.push(`all ${query.sql}`)
        return store.all(query)
      },
      commit(queries) {
        for (const { sql } of queries) calls.push(`commit ${sql}`)
        return store.commit(queries)
      },
      commitAside(queries) {
        for (const { sql } of queries) calls.push(`commit ${sql}`)
        return store.commitAside(queries)
      },
    },
    peppers: {
      ...peppers,
      mac(pid, salt, message, slowly = false) {
        const slow = slowly || peppers.isSlow(pid)
        calls.push(`mac ${slow ? 'scrypt' : 'hmac'} ${salt.length}`)
        // Which primitive is asked for counts here; scrypt itself would take seconds.
        return peppers.mac(pid.replace('/scrypt', ''), salt, message)
      },
    },
  })
  return { platform, calls }
}

/** What was asked of the peppers. */
const macs = (calls: readonly string[]) => calls.filter((call) => call.startsWith('mac'))

const WRONG_KEY = 'Z28YUE4J3Buy'
const WRONG_NUMBER = '12345-678902'

type Pair = { contractNumber: string; authKey: string; issuer?: string }

async function newScene(how: string) {
  const world = await newWorld({ AUTH_KEY_HASH: how })
  const { platform, calls } = spied(world)
  await platform.intake({ record: await world.sign(payload()), authKey: AUTH_KEY })
  await platform.issuers.add({ id: 'west', iss: 'https://west.example.jp', name: 'west' })
  await platform.issuers.keyAdd('west', (await newKey()).publicJwk)
  return { platform, calls, refused: await refuser({ platform, calls }) }
}

/** What a refused look-up answers and asks for; the very first also asks how keys are kept. */
async function refuser({ platform, calls }: ReturnType<typeof spied>) {
  async function refused(pair: Pair) {
    calls.splice(0)
    const fault = await faultOf(platform.lookup.byPair(pair, {}))
    const { code, message, errors, retryAfter, slowed } = fault
    return { code, message, errors, retryAfter, slowed, calls: calls.splice(0) }
  }
  await refused({ contractNumber: '', authKey: '' })
  return refused
}

describe.each(['hmac', 'scrypt'])('with %s', (how) => {
  test('a wrong number and a wrong key are one answer: fault, statements, MACs', async () => {
    const { refused } = await newScene(how)
    const number = await refused({ contractNumber: WRONG_NUMBER, authKey: AUTH_KEY })
    expect(await refused({ contractNumber: NUMBER, authKey: WRONG_KEY })).toEqual(number)
    expect(await refused({ contractNumber: WRONG_NUMBER, authKey: WRONG_KEY })).toEqual(number)
    expect(await refused({ contractNumber: '', authKey: '' })).toEqual(number)
    expect(number.code).toBe('not_found_or_key_mismatch')
    const mac = `mac ${how} 16`
    // Where a hash is dear, the budgets are asked before it.
    const before = how === 'scrypt' ? ['all select * from "budget"'] : []
    expect(number.calls.map((call) => call.replace(/ (where|\().*/, ''))).toEqual([
      expect.stringMatching(/^all select .* from "guarantee"$/),
      ...before,
      mac,
      mac,
      'all select * from "budget"',
      'commit insert into "budget"',
      'commit insert into "budget"',
      'commit insert into "accessNote"',
    ])
  })

  test('so they are past the budget, when both are held back', async () => {
    const { refused } = await newScene(how)
    for (let i = 0; i < 30; i++) await refused({ contractNumber: `99-${i}`, authKey: AUTH_KEY })
    const number = await refused({ contractNumber: WRONG_NUMBER, authKey: AUTH_KEY })
    expect(await refused({ contractNumber: NUMBER, authKey: WRONG_KEY })).toEqual(number)
    expect(number.slowed).toBe(true)
    expect(number.calls.at(-1)).toMatch(/^commit insert into "accessTally"/)
    expect(macs(number.calls)).toHaveLength(2)
  })

  test('so they are where an issuer is named, known or not, of this number or not', async () => {
    const { refused } = await newScene(how)
    const pair = { contractNumber: NUMBER, authKey: AUTH_KEY }
    const first = await refused({ ...pair, authKey: WRONG_KEY, issuer: 'east' })
    expect(await refused({ ...pair, contractNumber: WRONG_NUMBER, issuer: 'east' })).toEqual(first)
    expect(await refused({ ...pair, issuer: 'west' })).toEqual(first)
    expect(await refused({ ...pair, issuer: 'nobody' })).toEqual(first)
    expect(macs(first.calls)).toHaveLength(2)
  })

  test('the right pair costs two MACs as well, so that time tells nothing of its place', async () => {
    const { platform, calls } = await newScene(how)
    calls.splice(0)
    await platform.authenticate({ contractNumber: NUMBER, authKey: AUTH_KEY })
    expect(macs(calls)).toHaveLength(2)
  })

  test('the right pair is found in every spelling of number and key, the key in its own case', async () => {
    const { platform, refused } = await newScene(how)
    for (const [contractNumber, authKey] of [
      ['12345678901', AUTH_KEY],
      ['１２３４５－６７８９０１', 'Z28Y UE4J 3Bux'],
      [' 12345ー678901 ', 'Ｚ２８ＹＵＥ４Ｊ３Ｂｕｘ'],
    ] as const) {
      const answer = await platform.lookup.byPair({ contractNumber, authKey }, {})
      expect(answer.guarantee.contractNumber).toBe(NUMBER)
    }
    const lower = { contractNumber: NUMBER, authKey: AUTH_KEY.toLowerCase() }
    expect((await refused(lower)).code).toBe('not_found_or_key_mismatch')
  })
})

test('a key kept under the older setting opens under the newer, either way', async () => {
  const world = await newWorld()
  await world.issue()
  const slow = await world.reopen({ env: { AUTH_KEY_HASH: 'scrypt' } })
  expect((await slow.lookup()).verdict).toBe('verified')
  const fast = await slow.reopen({ env: { AUTH_KEY_HASH: 'hmac' } })
  expect((await fast.lookup()).verdict).toBe('verified')
})

describe.each([
  ['hmac', 'scrypt'],
  ['scrypt', 'hmac'],
])('where a key was kept by %s and new ones are by %s', (old, now) => {
  test('a wrong number and a wrong key still cost the same', async () => {
    const before = await newWorld({ AUTH_KEY_HASH: old })
    await before.issue()
    const world = await before.reopen({ env: { AUTH_KEY_HASH: now } })
    const refused = await refuser(spied(world))
    const number = await refused({ contractNumber: WRONG_NUMBER, authKey: AUTH_KEY })
    expect(await refused({ contractNumber: NUMBER, authKey: WRONG_KEY })).toEqual(number)
    expect(macs(number.calls)).toEqual(['mac scrypt 16', 'mac scrypt 16'])
  })
})

test('a slow key that another process keeps makes every look-up slow from when it is met', async () => {
  const world = await newWorld()
  const refused = await refuser(spied(world))
  const elsewhere = world.over({ peppers: { ...world.ports.peppers, current: '1/scrypt' } })
  await elsewhere.intake({ record: await world.sign(payload()), authKey: AUTH_KEY })
  const key = await refused({ contractNumber: NUMBER, authKey: WRONG_KEY })
  expect(macs(key.calls)).toEqual(['mac scrypt 16', 'mac scrypt 16'])
  expect(await refused({ contractNumber: WRONG_NUMBER, authKey: WRONG_KEY })).toEqual(key)
})

test('the key is kept as a salted MAC over issuer and number, so no row opens for another', async () => {
  const world = await newWorld()
  await world.issue()
  const [row] = await world.ports.store.db.selectFrom('guarantee').selectAll().execute()
  expect(row).toMatchObject({ pid: '1', issuer: 'east' })
  expect([row?.salt.length, row?.mac.length]).toEqual([16, 32])
  expect(JSON.stringify(row)).not.toContain(AUTH_KEY)
})
