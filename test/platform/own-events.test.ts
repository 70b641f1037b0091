import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { CompiledQuery } from 'kysely'
import { describe, expect, test } from 'vitest'
import { readShareLink } from '../../src/guarantee/link.ts'
import type { OwnEvent } from '../../src/platform/issuer/own-events.ts'
import { codeOf } from './fault-of.ts'
import { NEW_KEY, newKeyChange } from './key-changes.ts'
import { AUTH_KEY, NUMBER, newKey, newWorld, payload, type World } from './world.ts'

const PAIR = { contractNumber: NUMBER, authKey: AUTH_KEY }

const pageOf = (world: World, cursor?: string, limit = 100, issuer = 'east') =>
  world.platform.ownEvents(issuer, { cursor, limit })

const kinds = (events: readonly OwnEvent[]) => events.map(({ kind }) => kind)

/** Everything from a cursor on, page by page; `between` runs after each page but the last. */
async function follow(
  world: World,
  limit: number,
  between: () => Promise<unknown> = async () => {},
) {
  const items: OwnEvent[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await pageOf(world, cursor, limit)
    items.push(...page.items)
    if (page.next === undefined) return items
    cursor = page.next
    await between()
  }
}

/** Key, two versions, look-up, link made, opened (and so looked up) and withdrawn, new auth key. */
async function lived() {
  const world = await newWorld()
  const records = await world.issue({})
  const { lookup, authenticate, shares, keyChange } = world.platform
  const step = async <Result>(deed: Promise<Result>) => {
    const result = await deed
    world.clock.pass(1000)
    return result
  }
  await step(lookup.byPair(PAIR, { checker: { department: '契約検査課', name: '山田花子' } }))
  await step(codeOf(lookup.byPair({ ...PAIR, authKey: NEW_KEY }, {})))
  const guarantee = await authenticate(PAIR)
  const made = await step(shares.create(guarantee, {}))
  await step(shares.open(readShareLink(made.url) ?? ''))
  await step(shares.revoke(guarantee, made.id))
  await step(keyChange(await newKeyChange(world)))
  return { world, records, share: made.id }
}

describe('what happens under an issuer’s name', () => {
  test('is told in its order, with what compares it with the issuer’s own books', async () => {
    const { world, share } = await lived()
    const { items, next } = await pageOf(world)
    expect(next).toBe(undefined)
    const head = await world.platform.ownHead('east', NUMBER)
    const at = (second: number) => `2026-02-03T05:00:0${second}.000Z`
    const own = { contractNumber: NUMBER }
    const bare = items.map(({ cursor: _, ...item }) => item)
    const { kid } = world.issuer
    expect(bare).toEqual([
      { kind: 'key-add', index: 0, arrivedAt: at(0), sha256: kid, kid, at: at(0) },
      { kind: 'record', index: 1, arrivedAt: at(0), sha256: expect.any(String), ...own, seq: 1 },
      { kind: 'record', index: 2, arrivedAt: at(1), sha256: head.sha256, ...own, seq: 2 },
      { kind: 'lookup', at: at(2), ...own },
      { kind: 'share_created', at: at(4), ...own, share },
      { kind: 'share_opened', at: at(5), ...own, share },
      { kind: 'share_revoked', at: at(6), ...own, share },
      { kind: 'key_changed', at: at(7), ...own },
    ])
    expect(JSON.stringify(items)).not.toMatch(/山田|契約検査課|KX-/)
  })

  test('tells also that a record was erased, and what became of a key', async () => {
    const { world } = await lived()
    const cursor = (await pageOf(world)).items.at(-1)?.cursor
    const heads = (await pageOf(world)).items.flatMap((item) => ('seq' in item ? item.sha256 : []))
    await world.platform.erase({
      issuer: 'east',
      contractNumber: NUMBER,
      reason: 'retention_ended',
    })
    const { kid } = world.issuer
    await world.platform.issuers.keyRevoke('east', kid, 'compromised')
    const erased = { kind: 'erase', contractNumber: NUMBER, reason: 'retention_ended' }
    expect((await pageOf(world, cursor)).items).toMatchObject([
      { ...erased, index: 3, seq: 1, sha256: heads[0] },
      { ...erased, index: 4, seq: 2, sha256: heads[1] },
      { kind: 'key-revoke', index: 5, kid, reason: 'compromised' },
    ])
  })

  test('is nobody else’s to read', async () => {
    const { world } = await lived()
    const west = await newKey()
    const iss = 'https://west.example.jp'
    await world.platform.issuers.add({ id: 'west', iss, name: 'west' }, west.publicJwk)
    const before = (await pageOf(world)).items
    const record = await world.sign(payload({ iss }), west)
    await world.platform.intake({ record, authKey: AUTH_KEY })
    await world.platform.lookup.byPair({ ...PAIR, issuer: 'west' }, {})
    expect((await pageOf(world)).items).toEqual(before)
    expect(kinds((await pageOf(world, undefined, 100, 'west')).items)).toEqual([
      'key-add',
      'record',
      'lookup',
    ])
  })

  test('comes in pages of any size, each event once and in the same order', async () => {
    const { world } = await lived()
    const whole = (await pageOf(world)).items
    for (const limit of [1, 2, 3, 7, 8, 9]) expect(await follow(world, limit)).toEqual(whole)
  })

  test('is not lost when it happens between two pages, on either side', async () => {
    const { world } = await lived()
    let arrivals = 0
    const items = await follow(world, 2, async () => {
      if (arrivals === 8) return
      arrivals += 1
      const sub = `12345-${String(arrivals).padStart(6, '0')}`
      const record = await world.sign(payload({ sub }))
      await world.platform.intake({ record, authKey: AUTH_KEY })
      await world.platform.lookup.byPair({ contractNumber: sub, authKey: AUTH_KEY }, {})
      world.clock.pass(1000)
    })
    expect(arrivals).toBe(8)
    expect(items).toHaveLength(8 + 2 * 8)
    expect(new Set(items.map(({ cursor: _, ...item }) => JSON.stringify(item))).size).toBe(
      items.length,
    )
    const told = items.map((item) => ('arrivedAt' in item ? item.arrivedAt : item.at))
    expect(told).toEqual(told.toSorted())
  })

  test('is not lost when it arrives while a page is being read', async () => {
    const world = await newWorld()
    const { store } = world.ports
    let arrivals = 0
    let turn: Promise<unknown> = Promise.resolve()
    async function arrive() {
      arrivals += 1
      const record = await world.sign(
        payload({ sub: `12345-${String(arrivals).padStart(6, '0')}` }),
      )
      await world.platform.intake({ record, authKey: AUTH_KEY })
      await world.platform.issuers.keyAdd('east', (await newKey()).publicJwk)
    }
    const busy: typeof store = {
      ...store,
      all<Row>(query: CompiledQuery<Row>) {
        const rows = turn.then(arrive).then(() => store.all(query))
        turn = rows
        return rows
      },
    }
    const { items } = await pageOf({ ...world, platform: world.over({ store: busy }) })
    const rest = (await pageOf(world, items.at(-1)?.cursor)).items
    const told = [...items, ...rest].map((item) => 'index' in item && item.index)
    expect(told).toEqual(Array.from({ length: 1 + 2 * arrivals }, (_, i) => i))
    expect([items.length, rest.length].every((length) => length > 0)).toBe(true)
  })

  test('is not lost either when it is written late, with a time that was passed', async () => {
    const { world } = await lived()
    const cursor = (await pageOf(world)).items.at(-1)?.cursor
    const { db } = world.ports.store
    const late = { at: '2026-02-03T05:00:01.500Z', issuer: 'east', numberKey: '12345678901' }
    const note = db.insertInto('accessNote').values({ ...late, kind: 'lookup', detail: '{}' })
    await world.ports.store.commitAside([note.compile()])
    await world.platform.intake({
      record: await world.sign(payload({ sub: '12345-000001' })),
      authKey: AUTH_KEY,
    })
    expect(kinds((await pageOf(world, cursor)).items)).toEqual(['lookup', 'record'])
  })

  test('goes on from the last event for as long as nothing more happens', async () => {
    const { world } = await lived()
    const cursor = (await pageOf(world)).items.at(-1)?.cursor
    expect(await pageOf(world, cursor)).toEqual({ items: [] })
    world.clock.pass(30 * 86_400_000)
    await world.platform.issuers.keyRetire('east', world.issuer.kid)
    const { items } = await pageOf(world, cursor)
    expect(items).toMatchObject([{ kind: 'key-retire', kid: world.issuer.kid }])
    expect(await pageOf(world, items[0]?.cursor)).toEqual({ items: [] })
  })
})

describe('a cursor', () => {
  test.each([
    '',
    '-',
    '_',
    '-_',
    '0_0',
    '1.1770094800000',
    'x',
    '01.5_-',
    '-_-_-',
    '1e3.5_-',
    '1.9e15_-',
    '9999999999999999.1_-',
    '0.9007199254740991_-',
  ])('%j was never given', async (text) => {
    const { world } = await lived()
    expect(await codeOf(pageOf(world, text))).toBe('body_invalid')
  })

  test('leads on where it was given, and nowhere else: not beside it, not for another issuer', async () => {
    const { world } = await lived()
    const iss = 'https://west.example.jp'
    await world.platform.issuers.add({ id: 'west', iss, name: 'west' }, (await newKey()).publicJwk)
    const { items } = await pageOf(world)
    const [entry, note] = (items.at(-1)?.cursor ?? '')
      .split('_')
      .map((half) => half.split('.').map(Number))
    const spell = (...halves: (number[] | undefined)[]) =>
      halves.map((half) => half?.join('.') ?? '-').join('_')
    expect(await pageOf(world, spell(entry, note))).toEqual({ items: [] })
    expect((await pageOf(world, '-_-')).items).toEqual(items)
    const [id = 0, at = 0] = note ?? []
    for (const half of [
      [id + 1, at],
      [id, at + 1],
      [id - 1, at],
      [999, at],
    ]) {
      expect(await codeOf(pageOf(world, spell(entry, half)))).toBe('body_invalid')
      expect(await codeOf(pageOf(world, spell(half, note)))).toBe('body_invalid')
    }
    expect(await codeOf(pageOf(world, spell(entry, note), 100, 'west'))).toBe('body_invalid')
  })

  test('from after a backup that was put back is refused, for it would hide what came since', async () => {
    const world = await newWorld()
    await world.issue()
    const path = join(world.dataDir, 'akashi.db')
    const backup = await world.reopen({ meanwhile: () => copyFileSync(path, `${path}.backup`) })
    await backup.lookup()
    const cursor = (await pageOf(backup)).items.at(-1)?.cursor
    const restored = await backup.reopen({
      meanwhile: () => {
        for (const part of ['', '-wal', '-shm']) rmSync(path + part, { force: true })
        copyFileSync(`${path}.backup`, path)
      },
    })
    expect(await codeOf(pageOf(restored, cursor))).toBe('body_invalid')
    restored.clock.pass(1000)
    await restored.lookup()
    expect(await codeOf(pageOf(restored, cursor))).toBe('body_invalid')
    expect(kinds((await pageOf(restored)).items)).toEqual(['key-add', 'record', 'lookup'])
  })
})
