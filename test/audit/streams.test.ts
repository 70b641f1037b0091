import { once } from 'node:events'
import { get as httpGet } from 'node:http'
import { parse } from 'csv-parse/sync'
import { expect, test, vi } from 'vitest'
import { createAudit } from '../../src/audit/audit.ts'
import { ENTRY_COLUMNS } from '../../src/audit/entry-rows.ts'
import { csv, ndjson } from '../../src/audit/format.ts'
import { type Reply, serve } from '../app/served.ts'
import { behind } from '../platform/behind.ts'
import { payload, type World } from '../platform/world.ts'
import { lengthen, linesOf, newAuditScene } from './audited.ts'

const JSON_LINES = 'application/x-ndjson'
const NAMES = ENTRY_COLUMNS.map(({ name }) => name)

/** Rows of a CSV answer as records of text, and the one that ends them. */
function tableOf({ text }: Reply) {
  const rows: Record<string, string>[] = parse(text, { bom: true, columns: true })
  return { rows, end: rows.pop() }
}

function asText(item: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(NAMES.map((name) => [name, item[name] === null ? '' : `${item[name]}`]))
}

function auditorOf({ ports }: World, token: string, platform: World['platform']) {
  const audit = createAudit(ports, platform)
  return audit.tokens.auditor(token).then((auditor) => ({ audit, auditor }))
}

test('a stream has the rows of the pages, and ends with the head that it goes up to', async () => {
  const { get, items, world } = await newAuditScene()
  const reply = await get('entries', { accept: JSON_LINES })
  expect(reply.headers.get('content-type')).toBe(JSON_LINES)
  const { rows, end } = linesOf(reply)
  expect(rows).toEqual(await items('entries'))
  const note = await world.platform.publicLog.checkpoint()
  expect(end).toEqual({ rows: 6, size: 6, root: note?.split('\n')[2], checkpoint: note })
  expect(reply.headers.get('akashi-log-size')).toBe('6')
  expect(reply.headers.get('akashi-log-root')).toBe(end?.root)
  const some = linesOf(await get('entries?event=issue&owner=富士市', { accept: JSON_LINES }))
  expect(some.rows.map(({ index }) => index)).toEqual([2, 4])
  expect(some.end).toMatchObject({ rows: 2, size: 6 })
})

test('a table has them too: marked as UTF-8, every line ended by CR LF, as many cells in each', async () => {
  const { get, items } = await newAuditScene()
  const reply = await get('entries?from=2026-01-01', { accept: 'text/csv;q=0.9' })
  expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const { text } = reply
  expect(text.endsWith('\r\n')).toBe(true)
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  const { rows, end } = tableOf(reply)
  expect(Object.keys(rows[0] ?? {})).toEqual(NAMES)
  const tame = (value: string) => value.replace(/^'(?=[=+\-@])/, '')
  const read = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, tame(value)])),
  )
  expect(read).toEqual((await items('entries')).map(asText))
  const root = reply.headers.get('akashi-log-root') ?? ''
  expect(end).toMatchObject({ entry: 'end', index: '6', count: '6' })
  expect(tame(end?.sha256 ?? '')).toBe(root)
})

test('no cell of a table is a formula; in JSON the same text stands as it was signed', async () => {
  const { get, items } = await newAuditScene()
  const { rows } = tableOf(await get('entries', { accept: 'text/csv' }))
  expect(rows[5]?.worksName).toBe('\'=HYPERLINK("x"),\u3000橋梁')
  expect(rows[3]?.reason).toBe('\'@金額の"誤り"')
  expect(rows[2]?.worksName).toBe('市道本町線 道路改良工事（第2工区）')
  for (const value of rows.flatMap((row) => Object.values(row))) {
    expect(value).not.toMatch(/^[=+\-@\t\r＝＋－＠]/)
  }
  expect((await items('entries'))[5]?.worksName).toBe('=HYPERLINK("x"),\u3000橋梁')
})

test('an empty selection is a stream of its end alone', async () => {
  const { get } = await newAuditScene()
  const { rows, end } = linesOf(await get('entries?issuer=north', { accept: JSON_LINES }))
  expect([rows, end?.rows]).toEqual([[], 0])
  const table = tableOf(await get('entries?issuer=north', { accept: 'text/csv' }))
  expect([table.rows, table.end?.count]).toEqual([[], '0'])
})

test('what arrives while a stream goes on is not in it, and in the next one it is', async () => {
  const { world, token } = await newAuditScene()
  const { audit, auditor } = await auditorOf(world, await token(), world.platform)
  const pull = await audit.entryPull(auditor, {})
  const { bytes } = await audit.pulls.stream(pull, auditor, ndjson)
  const record = await world.sign(payload({ sub: '12345-000009' }))
  await world.platform.intake({ record, authKey: 'Z28YUE4J3Bux' })
  const text = await textOf(bytes)
  expect(text).not.toContain('12345-000009')
  expect(text.trimEnd().split('\n')).toHaveLength(7)
  const { bytes: anew } = await audit.pulls.stream(pull, auditor, csv)
  expect(await textOf(anew)).toContain('12345-000009')
})

async function textOf(bytes: AsyncGenerator<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

test('a look-up does not wait for a pull: it gets its turns between two blocks', async () => {
  const scene = await newAuditScene()
  const { world, token } = scene
  const { audit, auditor } = await auditorOf(world, await token(), world.platform)
  lengthen(scene, 20_000)
  const pull = await audit.entryPull(auditor, {})
  const { bytes } = await audit.pulls.stream(pull, auditor, ndjson)
  let blocks = 0
  let before: number | undefined
  const asked = world.platform.authenticate({
    contractNumber: '12345-678901',
    authKey: 'Z28YUE4J3Bux',
  })
  const answered = asked.then(() => world.platform.access.note({ kind: 'lookup' }))
  void answered.then(() => {
    before = blocks
  })
  for await (const _ of bytes) blocks += 1
  expect(blocks).toBeGreaterThan(70)
  expect(before).toBeLessThan(20)
})

test('a client that goes away ends the work, and what it was shown is noted', async () => {
  const scene = await newAuditScene()
  const { world, token } = scene
  const size = 60_000
  const key = await token()
  lengthen(scene, size)
  let reads = 0
  const { store } = world.ports
  const counted = {
    ...store,
    all: <Row>(query: Parameters<typeof store.all<Row>>[0]) => {
      if (query.sql.includes('group_concat')) reads += 1
      return store.all(query)
    },
  }
  const ports = { ...world.ports, store: counted }
  const served = await serve(world, { ports, platform: world.over({ store: counted }) })
  const request = httpGet(`${served.origin}/v1/audit/entries`, {
    headers: { authorization: `Bearer ${key}`, accept: JSON_LINES },
  })
  const [response] = await once(request, 'response')
  await once(response, 'data')
  request.destroy()
  const note = await noted(world, 'exported')
  const seen = reads
  expect(note).toMatchObject({ complete: 'false', call: 'entries', selection: '{}' })
  expect(Number(note.rows)).toBeLessThan(size)
  for (let turn = 0; turn < 50; turn++) await world.clock.sleep(0)
  expect(reads).toBe(seen)
  expect(seen).toBeLessThan(size / 256)
})

/** The newest row of a kind in the access log, as soon as there is one. */
async function noted({ ports: { store }, clock }: World, kind: string) {
  const query = store.db
    .selectFrom('accessNote')
    .select('detail')
    .where('kind', '=', kind)
    .orderBy('id', 'desc')
    .compile()
  for (;;) {
    const [row] = await store.all(query)
    if (row) return JSON.parse(row.detail) as Record<string, string>
    await clock.sleep(0)
  }
}

test('a stream breaks off when its token is withdrawn, and no other one does', async () => {
  const scene = await newAuditScene()
  const { world, token } = scene
  lengthen(scene, 3000)
  const begun = async () => {
    const { audit, auditor } = await auditorOf(world, await token(), world.platform)
    const { bytes } = await audit.pulls.stream(await audit.entryPull(auditor, {}), auditor, ndjson)
    await bytes.next()
    return { audit, auditor, bytes }
  }
  const [one, other] = [await begun(), await begun()]
  await one.audit.tokens.revoke(one.auditor.token)
  // It is asked for once a second, not for each block.
  world.clock.pass(999)
  expect((await one.bytes.next()).done).toBe(false)
  world.clock.pass(1)
  await expect(one.bytes.next()).rejects.toMatchObject({ code: 'token_invalid' })
  expect(await noted(world, 'exported')).toMatchObject({ rows: '512', complete: 'false' })
  expect(await textOf(other.bytes)).toContain('"end"')
  expect(await noted(world, 'exported')).toMatchObject({ rows: '3000', complete: 'true' })
})

test('a stream that meets a gap breaks off, without the line that would call it complete', async () => {
  const scene = await newAuditScene()
  const { world, token, served } = scene
  const key = await token()
  lengthen(scene, 3000)
  // The server says on stderr why it broke off.
  vi.spyOn(console, 'error').mockImplementation(() => {})
  behind(world).exec('DELETE FROM logFact WHERE position = 2000')
  const init = { headers: { authorization: `Bearer ${key}`, accept: JSON_LINES } }
  for (const query of ['', '?issuer=north']) {
    const broken = served.request(`/v1/audit/entries${query}`, init)
    await expect(broken).rejects.toThrow()
  }
  const page = await scene.get('entries?limit=1000&event=cancel', { token: key })
  expect(page.problem().code).toBe('store_unavailable')
  expect((await scene.get('entries?limit=1000', { token: key })).status).toBe(200)
  expect(world.reports.map(({ event }) => event)).toContain('pull_failed')
})
