import { expect, test } from 'vitest'
import { base64url, sha256, utf8 } from '../../src/base/bytes.ts'
import { createAppend } from '../../src/platform/log/append.ts'
import { compact, forged, headerOf } from './compact.ts'
import { problemsOf } from './damage.ts'
import { AUTH_KEY, newKey, newWorld, payload, type World } from './world.ts'

/**
 * Appends a record to the log of the sample guarantee without asking whether it may: entry, proofs
 * and head are all in order, as a platform would write them that no longer checks, or no longer wants to.
 */
async function smuggle(world: World, jws: string, seq: number): Promise<void> {
  const { store } = world.ports
  const append = createAppend(world.ports, world.opened.settings)
  const place = { issuer: 'east', numberKey: '12345678901' }
  await append(async ({ arrived }) => ({
    kind: 'append',
    entry: { kind: 'record', issuer: 'east', arrived, sha256: sha256(utf8(jws)) },
    rows: (position) => [
      store.db
        .insertInto('version')
        .values({ position, ...place, seq, jti: `rogue ${seq}`, contentId: `rogue ${seq}` })
        .compile(),
      store.db.insertInto('recordBody').values({ position, jws }).compile(),
      store.db
        .updateTable('guarantee')
        .set({ newestSeq: 2 })
        .where('issuer', '=', place.issuer)
        .where('numberKey', '=', place.numberKey)
        .compile(),
    ],
    done: () => undefined,
  }))
}

async function newScene() {
  const world = await newWorld()
  const [first = ''] = await world.issue()
  const next = (change: object) => {
    const prev = base64url(sha256(utf8(first)))
    return payload({ seq: 2, prev, event: 'amend', ...change })
  }
  return { world, next }
}

test('what the log holds in all order, but the issuer did not say so, fails by its own reason', async () => {
  const stranger = await newKey()
  const cases: [
    string,
    (scene: Awaited<ReturnType<typeof newScene>>) => string,
    number,
    string[],
  ][] = [
    [
      'a forged signature',
      ({ world, next }) => forged(compact(headerOf(world.issuer), next({}), world.issuer)),
      2,
      ['integrity fail SIG_INVALID'],
    ],
    [
      'another algorithm than that of the key',
      ({ world, next }) =>
        compact({ ...headerOf(world.issuer), alg: 'ES256' }, next({}), world.issuer),
      2,
      ['integrity fail SIG_INVALID'],
    ],
    [
      "a stranger's key",
      ({ next }) => compact(headerOf(stranger), next({}), stranger),
      2,
      ['integrity unknown NOT_CHECKED', 'issuer fail ISSUER_UNTRUSTED'],
    ],
    [
      'a gap before it',
      ({ world, next }) => compact(headerOf(world.issuer), next({ seq: 3 }), world.issuer),
      3,
      ['log fail CHAIN_BROKEN'],
    ],
    [
      'another seq than its row',
      ({ world, next }) => compact(headerOf(world.issuer), next({ seq: 3 }), world.issuer),
      2,
      ['log fail CHAIN_BROKEN'],
    ],
    [
      'another predecessor',
      ({ world, next }) =>
        compact(headerOf(world.issuer), next({ prev: 'A'.repeat(43) }), world.issuer),
      2,
      ['log fail CHAIN_BROKEN'],
    ],
    [
      'another number',
      ({ world, next }) =>
        compact(headerOf(world.issuer), next({ sub: '12345-000001' }), world.issuer),
      2,
      ['log fail CHAIN_BROKEN'],
    ],
    [
      'another issuer by name',
      ({ world, next }) =>
        compact(headerOf(world.issuer), next({ iss: 'https://else.example.jp' }), world.issuer),
      2,
      ['issuer fail ISSUER_UNTRUSTED'],
    ],
    [
      'nothing wrong',
      ({ world, next }) => compact(headerOf(world.issuer), next({}), world.issuer),
      2,
      [],
    ],
  ]
  for (const [name, make, seq, problems] of cases) {
    const scene = await newScene()
    await smuggle(scene.world, make(scene), seq)
    const answer = await scene.world.lookup()
    expect([name, ...problemsOf(answer)]).toEqual([name, ...problems])
    expect(answer.verdict).toBe(problems.length > 0 ? 'failed' : 'verified')
  }
})

test('a record smuggled in under a key that had ended fails as its issuer', async () => {
  const { world, next } = await newScene()
  await world.platform.issuers.keyRetire('east', world.issuer.kid)
  world.clock.pass(1000)
  await smuggle(world, compact(headerOf(world.issuer), next({}), world.issuer), 2)
  expect(problemsOf(await world.lookup())).toEqual(['issuer fail KEY_NOT_VALID_AT_ARRIVAL'])
})

test('a second record under the same seq finds no place', async () => {
  const { world, next } = await newScene()
  const first = compact(headerOf(world.issuer), next({}), world.issuer)
  await world.platform.intake({ record: first })
  const rival = compact(headerOf(world.issuer), next({}), world.issuer)
  await expect(smuggle(world, rival, 2)).rejects.toMatchObject({ code: 'log_busy' })
  expect((await world.lookup()).verdict).toBe('verified')
  expect(await world.platform.intake({ record: first, authKey: AUTH_KEY })).toMatchObject({
    fresh: false,
  })
})
