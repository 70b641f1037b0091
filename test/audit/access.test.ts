import { expect, test } from 'vitest'
import { accessPage } from '../../src/audit/schemas.api.ts'
import { PAIR } from '../app/served.ts'
import { AUTH_KEY } from '../platform/world.ts'
import { type AuditScene, linesOf, NUMAZU, newAuditScene, WEST } from './audited.ts'

/** Two look-ups of the sample, one of west's, one of 沼津市's, a failed one, and a share. */
async function visited(): Promise<AuditScene> {
  const scene = await newAuditScene()
  const { post } = scene.served
  const looks = [PAIR, { ...PAIR, contractNumber: WEST }, { ...PAIR, contractNumber: NUMAZU }]
  for (const look of looks) expect((await post('/v1/lookup', look)).status).toBe(200)
  const checker = { department: '契約課', name: '鈴木' }
  await post('/v1/lookup', { ...PAIR, checker })
  await post('/v1/lookup', { ...PAIR, authKey: 'xxxxxxxxxxxx' })
  await post('/v1/shares', PAIR)
  return scene
}

const kinds = (items: { kind: string }[]) => items.map(({ kind }) => kind)

test('who looked, tried, failed and shared is listed in order, names as they were given', async () => {
  const { get } = await visited()
  const { items } = (await get('access')).read(accessPage)
  expect(kinds(items)).toEqual([
    'lookup',
    'lookup',
    'lookup',
    'lookup',
    'lookup_failed',
    'share_created',
  ])
  expect(items[3]?.detail).toMatchObject({ department: '契約課', name: '鈴木' })
  expect(items[4]).toMatchObject({ issuer: null, numberKey: null })
  expect(JSON.stringify(items)).not.toContain(AUTH_KEY)
})

test('a token sees what happened to its own guarantees; a failed try is for one that sees all', async () => {
  const { get, token } = await visited()
  const seen = async (wish: object) => {
    const reply = await get('access', { token: await token({ all: false, ...wish }) })
    const { items } = reply.read(accessPage)
    return items.map(({ kind, numberKey }) => `${kind} ${numberKey}`)
  }
  const [sample, west] = ['12345678901', '12345000002']
  expect(await seen({ owners: ['富士市長'] })).toEqual([
    `lookup ${sample}`,
    `lookup ${west}`,
    `lookup ${sample}`,
    `share_created ${sample}`,
  ])
  expect(await seen({ owners: ['沼津市'] })).toEqual(['lookup 12345000003'])
  expect(await seen({ issuers: ['west'] })).toEqual([`lookup ${west}`])
  expect(await seen({ issuers: ['west'], owners: ['沼津市'] })).toEqual([])
  // In the order of time, not issuer by issuer.
  expect(await seen({ issuers: ['west', 'east'] })).toEqual([
    `lookup ${sample}`,
    `lookup ${west}`,
    'lookup 12345000003',
    `lookup ${sample}`,
    `share_created ${sample}`,
  ])
})

test.each([
  ['kind=lookup_failed', ['lookup_failed']],
  [`contractNumber=${WEST}`, ['lookup']],
  ['issuer=west', ['lookup']],
  ['issuer=east&kind=share_created', ['share_created']],
  ['to=2026-02-03', []],
  ['from=2026-02-04', []],
  ['from=2026-02-03&kind=share_created', ['share_created']],
])('%s selects those rows and no other', async (query, expected) => {
  const { get } = await visited()
  expect(kinds((await get(`access?${query}`)).read(accessPage).items)).toEqual(expected)
})

test('pages and streams have the same rows, up to the newest at their start', async () => {
  const { get } = await visited()
  const first = (await get('access?limit=4')).read(accessPage)
  const second = (await get(`access?limit=4&cursor=${first.next}`)).read(accessPage)
  const paged = [...first.items, ...second.items]
  expect([paged.length, second.next]).toEqual([6, undefined])
  const { rows, end } = linesOf(await get('access', { accept: 'application/x-ndjson' }))
  expect(rows.slice(0, 6)).toEqual(paged)
  // The pages that were asked for before are rows themselves; the stream is not one of its own.
  expect(rows.slice(6).map(({ kind }) => kind)).toEqual(['audited', 'audited'])
  expect(end).toEqual({ rows: 8, last: 8 })
  const table = await get('access?kind=lookup', { accept: 'text/csv' })
  expect(table.text.trimEnd().split('\r\n')).toHaveLength(6)
})

test('every pull is noted with its token, what was asked and how much was shown', async () => {
  const { get, served } = await newAuditScene()
  await get('entries?issuer=east')
  await get('history/east/12345-678901?at=2026-02-03T05:00:01Z')
  await get('entries', { accept: 'text/csv' })
  await get('history/east/00000-000000')
  await served.get('/v1/audit/entries')
  const { items } = (await get('access')).read(accessPage)
  const token = items[0]?.detail.token
  expect(token).toMatch(/^[0-9a-f]{12}$/)
  expect(items).toMatchObject([
    { kind: 'audited', detail: { call: 'entries', selection: '{"issuer":"east"}', rows: '4' } },
    {
      kind: 'audited',
      issuer: 'east',
      numberKey: '12345678901',
      detail: { token, call: 'history', at: '2026-02-03T05:00:01.000Z' },
    },
    { kind: 'export_begun', detail: { token, call: 'entries', selection: '{}' } },
    { kind: 'exported', detail: { token, call: 'entries', rows: '6', complete: 'true' } },
  ])
  expect(items).toHaveLength(4)
})
