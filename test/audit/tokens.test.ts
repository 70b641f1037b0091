import { expect, test } from 'vitest'
import { createTokens } from '../../src/audit/tokens.ts'
import { EVERYTHING, NUMAZU, newAuditScene, WEST } from './audited.ts'

const DAY = 86_400_000

test('a token opens up to its end, and from then on it is as one that never was', async () => {
  const { world, token, get } = await newAuditScene()
  const short = await token({ days: 1 })
  world.clock.pass(DAY - 1)
  expect((await get('entries', { token: short })).status).toBe(200)
  world.clock.pass(1)
  const expired = await get('entries', { token: short })
  const unknown = await get('entries', { token: 'akashi_audit_AAAA' })
  expect(expired.problem()).toMatchObject({ status: 401, code: 'token_invalid' })
  const { instance: _, ...said } = unknown.problem()
  expect(expired.problem()).toMatchObject(said)
  expect(expired.headers.get('www-authenticate')).toBe('Bearer')
})

test('a withdrawal counts from the next call on, and is no news the second time', async () => {
  const { world, token, get } = await newAuditScene()
  const tokens = createTokens(world.ports)
  const [one, other] = [await token(), await token({ issuers: ['west'], all: false })]
  expect((await get('access', { token: one })).status).toBe(200)
  const { id } = (await tokens.list()).find(({ issuers }) => issuers !== undefined) ?? { id: '' }
  await tokens.revoke(id)
  const at = world.clock.now()
  world.clock.pass(1000)
  await tokens.revoke(id)
  const listed = (await tokens.list()).find((row) => row.id === id)
  expect(listed?.revokedAt).toBe(new Date(at).toISOString())
  for (const call of ['entries', 'access', 'history/west/1']) {
    const reply = await get(call, { token: other })
    expect(reply.problem()).toMatchObject({ status: 401, code: 'token_invalid' })
  }
  expect((await get('entries', { token: one })).status).toBe(200)
})

test('no token, one of another kind of bearer, or one in the query opens nothing', async () => {
  const { served, token } = await newAuditScene()
  const good = await token()
  const tries: [path: string, headers: Record<string, string>][] = [
    ['entries', {}],
    ['entries', { authorization: `Basic ${good}` }],
    ['entries', { authorization: `Bearer ${good}x` }],
    ['entries', { authorization: `Bearer ${good.toLowerCase()}` }],
    [`entries?token=${good}`, {}],
  ]
  for (const [path, headers] of tries) {
    const reply = await served.request(`/v1/audit/${path}`, { headers })
    expect([path, headers, reply.problem().code]).toEqual([path, headers, 'token_invalid'])
  }
})

test('what is kept of a token is a hash: nowhere in the database does it stand', async () => {
  const { world, token } = await newAuditScene()
  const made = await token({ name: '監査委員' })
  const { store } = world.ports
  const rows = await store.all(store.db.selectFrom('auditToken').selectAll().compile())
  expect(rows.map(({ name }) => name)).toContain('監査委員')
  const secret = made.slice('akashi_audit_'.length)
  expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/)
  for (const { hash, ...row } of rows) {
    expect(hash).toHaveLength(32)
    expect(JSON.stringify(row)).not.toContain(secret)
  }
})

test('a list tells what a token covers and when it was last used, and not the token', async () => {
  const { world, token, get } = await newAuditScene()
  await world.platform.access.note({ kind: 'lookup', detail: { token: 'x' } })
  const used = await token({ owners: ['222101', '沼津市'], all: false, name: 'used' })
  await token({ issuers: ['east'], all: false, name: 'idle' })
  world.clock.pass(5000)
  await get('entries', { token: used })
  const listed = await createTokens(world.ports).list()
  const named = (name: string) => listed.find((one) => one.name === name)
  expect(named('used')).toMatchObject({
    owners: ['富士市長', '沼津市長'],
    role: 'auditor',
    lastUsedAt: new Date(world.clock.now()).toISOString(),
  })
  expect(named('idle')).toMatchObject({ issuers: ['east'] })
  expect(named('idle')).not.toHaveProperty('lastUsedAt')
  expect(JSON.stringify(listed)).not.toContain(used)
})

test.each([
  ['nothing', { all: false }, 'body_invalid'],
  ['everything and something', { owners: ['222101'] }, 'body_invalid'],
  ['an owner that is not registered', { owners: ['999999'], all: false }, 'not_found'],
  ['an issuer that is not registered', { issuers: ['north'], all: false }, 'not_found'],
  ['no day', { days: 0 }, 'body_invalid'],
  ['more days than a year has', { days: 401 }, 'body_invalid'],
  ['half a day', { days: 1.5 }, 'body_invalid'],
  ['an empty name', { name: ' ' }, 'body_invalid'],
])('a token for %s is not made', async (_what, wish, code) => {
  const { world } = await newAuditScene()
  const wanted = { role: 'auditor' as const, ...EVERYTHING, ...wish }
  await expect(createTokens(world.ports).create(wanted)).rejects.toMatchObject({ code })
})

test('what a token does not cover is answered as what does not exist', async () => {
  const { token, get, items } = await newAuditScene()
  const fuji = await token({ owners: ['222101'], all: false })
  const west = await token({ issuers: ['west'], all: false })
  const both = await token({ owners: ['富士市'], issuers: ['west'], all: false })
  const numbers = async (path: string, one: string) =>
    (await items(path, one)).map(({ index }) => index)
  expect(await numbers('entries', fuji)).toEqual([2, 3, 4])
  expect(await numbers('entries', west)).toEqual([1, 4])
  expect(await numbers('entries', both)).toEqual([4])
  expect(await numbers('entries?owner=沼津市', fuji)).toEqual([])
  expect(await numbers('entries?owner=999999', fuji)).toEqual([])
  expect(await numbers(`entries?contractNumber=${NUMAZU}`, fuji)).toEqual([])
  const unseen: [path: string, token: string][] = [
    [`history/east/${NUMAZU}`, fuji],
    ['history/east/12345-678901', west],
    ['history/east/12345-678901', both],
  ]
  for (const [path, one] of unseen) {
    const { instance: _, ...said } = (await get(path, { token: one })).problem()
    const nobody = (await get('history/east/99999-999999', { token: one })).problem()
    expect(said).toMatchObject({ status: 404, code: 'not_found' })
    expect({ ...nobody, instance: undefined }).toEqual({ ...said, instance: undefined })
  }
  expect((await get(`history/west/${WEST}`, { token: both })).status).toBe(200)
  expect((await get('history/east/12345-678901', { token: fuji })).status).toBe(200)
})
