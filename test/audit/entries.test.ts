import { expect, test } from 'vitest'
import { entryPage } from '../../src/audit/schemas.api.ts'
import { payload } from '../platform/world.ts'
import { type AuditScene, NUMAZU, newAuditScene, WEST } from './audited.ts'

async function indexes({ items }: AuditScene, query: string) {
  return (await items(`entries?${query}`)).map(({ index }) => index)
}

test('every entry is listed in the order of the log, corrected ones and keys included', async () => {
  const { get, world } = await newAuditScene()
  const { items, next } = (await get('entries')).read(entryPage)
  expect(next).toBeUndefined()
  expect(items.map(({ index, entry, event }) => [index, entry, event])).toEqual([
    [0, 'key-add', null],
    [1, 'key-add', null],
    [2, 'record', 'issue'],
    [3, 'record', 'correct'],
    [4, 'record', 'issue'],
    [5, 'record', 'issue'],
  ])
  expect(items[0]).toMatchObject({ issuer: 'east', kid: world.issuer.kid, contractNumber: null })
  expect(items[3]).toMatchObject({
    contractNumber: '12345-678901',
    seq: 2,
    targetSeq: 1,
    reason: '@金額の"誤り"',
    guaranteedAmount: 19_000_000,
  })
})

test.each([
  ['issuer=west', [1, 4]],
  ['owner=222101', [2, 3, 4]],
  ['owner=富士市', [2, 3, 4]],
  ['owner=沼津市長', [5]],
  ['owner=nobody', []],
  [`contractNumber=${NUMAZU}`, [5]],
  ['contractNumber=１２３４５ー６７８９０１', [2, 3]],
  [`contractNumber=${WEST}&issuer=east`, []],
  ['kind=contract', [5]],
  ['kind=performance_bond', []],
  ['event=correct', [3]],
  ['event=key-add', [0, 1]],
  ['event=issue&owner=222101&issuer=east', [2]],
])('%s selects those entries and no other', async (query, expected) => {
  expect(await indexes(await newAuditScene(), query)).toEqual(expected)
})

test.each([
  ['from=2026-02-03T05:00:01.000Z&to=2026-02-03T05:00:03.000Z', [2, 3]],
  ['from=2026-02-03T05:00:01.001Z', [3, 4, 5]],
  ['to=2026-02-03T05:00:01.000Z', [0, 1]],
  // A plus sign that was not escaped arrives as a space.
  ['from=2026-02-03T14:00:03+09:00', [4, 5]],
  ['from=2026-02-03T14:00:03%2B09:00', [4, 5]],
  ['from=2026-02-03&to=2026-02-04', [0, 1, 2, 3, 4, 5]],
  // 05:00 UTC is 14:00 in Tokyo: the day before has none.
  ['from=2026-02-02&to=2026-02-03', []],
  ['from=2026-02-04', []],
  ['from=2026-02-04&to=2026-02-03', []],
])('%s is a time from its start up to its end without it', async (query, expected) => {
  expect(await indexes(await newAuditScene(), query)).toEqual(expected)
})

test.each([
  ['form=2026-02-03', 'form'],
  ['from=2026-02-30', 'from'],
  ['from=2026-02-30T00:00:00Z', 'from'],
  ['to=yesterday', 'to'],
  ['kind=advance', 'kind'],
  ['event=record', 'event'],
  ['limit=0', 'limit'],
  ['limit=1001', 'limit'],
  ['limit=1e2', 'limit'],
  ['issuer=east&issuer=west', 'issuer'],
  ['cursor=', 'cursor'],
])('%s is refused, and the member named', async (query, field) => {
  const { get } = await newAuditScene()
  const problem = (await get(`entries?${query}`)).problem()
  expect(problem).toMatchObject({ status: 400, code: 'body_invalid', errors: [{ field }] })
})

test('an erasure is seen by who sees the guarantee; what was erased of it is in no list', async () => {
  const { world, items, token } = await newAuditScene()
  const fuji = await token({ owners: ['222101'], all: false })
  const contractNumber = '12345-678901'
  await world.platform.erase({ issuer: 'east', contractNumber, reason: 'retention_ended' })
  for (const [query, one] of [['owner=富士市'], [`contractNumber=${contractNumber}`], ['', fuji]]) {
    const listed = await items(`entries?${query}`, one)
    const erased = listed.filter(({ entry }) => entry === 'erase')
    expect(erased).toMatchObject([
      { index: 6, seq: 1, reasonCode: 'retention_ended', ownerName: '富士市長', contractNumber },
      { index: 7, seq: 2, reasonCode: 'retention_ended', ownerName: '富士市長', contractNumber },
    ])
    const bodies = listed.filter(({ index }) => index === 2 || index === 3)
    expect(bodies).toMatchObject([
      { worksName: null, contractorName: null, event: 'issue' },
      { worksName: null, contractorName: null, reason: null, event: 'correct' },
    ])
  }
  expect(await items(`entries?contractNumber=${NUMAZU}`, fuji)).toEqual([])
})

test('pages of any size make up the same list', async () => {
  const scene = await newAuditScene()
  const whole = await scene.items('entries')
  for (const limit of [1, 2, 4, 6, 7]) {
    const pages: unknown[] = []
    let next: string | undefined = ''
    while (next !== undefined) {
      const cursor: string = next && `&cursor=${next}`
      const reply = await scene.get(`entries?limit=${limit}${cursor}`)
      const page: { items: unknown[]; next?: string | undefined } = reply.read(entryPage)
      expect(page.items.length).toBeLessThanOrEqual(limit)
      pages.push(...page.items)
      next = page.next
    }
    expect(pages).toEqual(whole)
  }
})

test('the pages of one pull show one state, whatever arrives between them', async () => {
  const { get, world } = await newAuditScene()
  const first = (await get('entries?limit=4')).read(entryPage)
  const record = await world.sign(payload({ sub: '12345-000009' }))
  await world.platform.intake({ record, authKey: 'Z28YUE4J3Bux' })
  const second = (await get(`entries?limit=4&cursor=${first.next}`)).read(entryPage)
  expect(second.items.map(({ index }) => index)).toEqual([4, 5])
  expect(second.next).toBeUndefined()
  const anew = (await get('entries?limit=7')).read(entryPage)
  expect(anew.items.at(-1)).toMatchObject({ index: 6, contractNumber: '12345-000009' })
})

test('a cursor goes with its own token and selection, and no sign of it can be another', async () => {
  const { get, token } = await newAuditScene()
  const { next = '' } = (await get('entries?limit=2')).read(entryPage)
  const [place, end, seal] = next.split('.')
  const forged: [query: string, token?: string][] = [
    [`limit=2&cursor=${place}.7.${seal}`],
    [`limit=2&cursor=0.${end}.${seal}`],
    [`limit=2&cursor=${place}.${end}.${'A'.repeat(43)}`],
    [`limit=2&cursor=${place}.${end}`],
    [`limit=2&cursor=${next}.`],
    [`limit=2&cursor=${next}&issuer=east`],
    [`limit=2&cursor=${next}`, await token()],
  ]
  for (const [query, other] of forged) {
    const reply = await get(`entries?${query}`, { token: other })
    expect([query, reply.status]).toEqual([query, 400])
    expect(reply.problem().errors).toMatchObject([{ field: 'cursor' }])
  }
  const access = await get(`access?limit=2&cursor=${next}`)
  expect(access.problem().code).toBe('body_invalid')
  // A page may be as long as one likes, the pull stays the same.
  expect((await get(`entries?limit=3&cursor=${next}`)).status).toBe(200)
})
