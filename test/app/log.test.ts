import { expect, test } from 'vitest'
import { z } from 'zod'
import { fromBase64, hex } from '../../src/base/bytes.ts'
import { parseTrust } from '../../src/log/bundle.ts'
import { type Checkpoint, openCheckpoint, parseVkey } from '../../src/log/checkpoint.ts'
import { parseEntry } from '../../src/log/entry.ts'
import { verifyConsistency, verifyInclusion } from '../../src/log/proof.ts'
import { bundlePath, TILE_WIDTH, tilePath } from '../../src/log/tile.ts'
import { append, leafHash, nodeId } from '../../src/log/tree.ts'
import { trustDocument } from '../../src/platform/door/schemas.api.ts'
import { behind } from '../platform/behind.ts'
import { AUTH_KEY, newWorld, payload, type World } from '../platform/world.ts'
import { type Served, serve } from './served.ts'

const hashes = z.array(z.string())
const inclusion = z.strictObject({ index: z.int(), size: z.int(), hashes })
const consistency = z.strictObject({ from: z.int(), size: z.int(), hashes })

async function bytesAt({ origin }: Served, path: string): Promise<Uint8Array> {
  const response = await fetch(`${origin}/log/${path}`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/octet-stream')
  return new Uint8Array(await response.arrayBuffer())
}

/** Entries of a bundle: each after its length in two bytes (c2sp.org/tlog-tiles). */
function entriesIn(bundle: Uint8Array): Uint8Array[] {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bundle.length; ) {
    const end = at + 2 + ((bundle[at] as number) << 8) + (bundle[at + 1] as number)
    entries.push(bundle.slice(at + 2, end))
    at = end
  }
  return entries
}

function split(tile: Uint8Array): Uint8Array[] {
  return Array.from({ length: tile.length / 32 }, (_, i) => tile.slice(i * 32, i * 32 + 32))
}

function decoded(list: string[]): Uint8Array[] {
  return list.map((hash) => fromBase64(hash) as Uint8Array)
}

/** The head as whoever pinned the trust document reads it. */
async function head({ get }: Served, { ports }: World): Promise<Checkpoint> {
  const trust = parseTrust((await get('/v1/trust')).read(trustDocument))
  const verifier = parseVkey(trust?.log.vkey ?? '')
  const note = await get('/log/checkpoint')
  const opened = verifier && (await openCheckpoint(note.text, verifier, ports.verifyEd25519))
  if (!opened) throw new Error('the checkpoint does not open')
  return opened
}

/** `count` guarantees at once, with a key entry before them. */
async function logOf(count: number) {
  const world = await newWorld()
  const numbers = Array.from({ length: count }, (_, i) => `12345-${String(i).padStart(6, '0')}`)
  const records = await Promise.all(numbers.map((sub) => world.sign(payload({ sub }))))
  await Promise.all(records.map((record) => world.platform.intake({ record, authKey: AUTH_KEY })))
  return { world, served: await serve(world) }
}

test('tiles and bundles make the signed root again, past the first full tile', async () => {
  const { world, served } = await logOf(260)
  const { size, root } = await head(served, world)
  expect(size).toBe(261)
  const rest = size - TILE_WIDTH
  const full = { level: 0, index: 0n, width: TILE_WIDTH }
  const partial = { level: 0, index: 1n, width: rest }
  const leaves: Uint8Array[] = []
  for (const place of [full, partial]) {
    const tile = split(await bytesAt(served, tilePath(place)))
    const entries = entriesIn(await bytesAt(served, bundlePath(place)))
    expect(entries.map(leafHash).map(hex)).toEqual(tile.map(hex))
    expect(entries.every((entry) => parseEntry(entry) !== undefined)).toBe(true)
    leaves.push(...tile)
  }
  expect(hex(append(0, [], leaves).root)).toBe(hex(root))
  const top = split(await bytesAt(served, tilePath({ level: 1, index: 0n, width: 1 })))
  const firstTile = append(0, [], leaves.slice(0, TILE_WIDTH)).root
  expect(top.map(hex)).toEqual([hex(firstTile)])
})

test('every entry is proved to be in the log, and no entry under another index', async () => {
  const { world, served } = await logOf(6)
  const { size, root } = await head(served, world)
  const entries = entriesIn(await bytesAt(served, `tile/entries/000.p/${size}`))
  for (const [index, entry] of entries.entries()) {
    const reply = await served.get(`/log/proof/inclusion?index=${index}&size=${size}`)
    const proof = reply.read(inclusion)
    expect(proof).toMatchObject({ index, size })
    const hashes = decoded(proof.hashes)
    const holds = entries.map((_, at) => verifyInclusion(at, size, leafHash(entry), hashes, root))
    expect(holds).toEqual(entries.map((_, at) => at === index))
  }
})

test('every earlier head is proved to be a beginning of every later one', async () => {
  const { world, served } = await logOf(6)
  const { size } = await head(served, world)
  const entries = entriesIn(await bytesAt(served, `tile/entries/000.p/${size}`))
  const roots = entries.map((_, at) => append(0, [], entries.slice(0, at + 1).map(leafHash)).root)
  for (let from = 1; from <= size; from++) {
    for (let to = from; to <= size; to++) {
      const reply = await served.get(`/log/proof/consistency?from=${from}&to=${to}`)
      const proof = reply.read(consistency)
      expect(proof).toMatchObject({ from, size: to })
      const [older, newer] = [roots[from - 1], roots[to - 1]] as [Uint8Array, Uint8Array]
      const hashes = decoded(proof.hashes)
      expect(verifyConsistency(from, to, older, newer, hashes)).toBe(true)
      const forged = Uint8Array.from(older, (byte, i) => (i === 0 ? byte ^ 1 : byte))
      expect(verifyConsistency(from, to, forged, newer, hashes)).toBe(false)
    }
  }
})

test('a tile for ever, the checkpoint anew each time, both for any page on the web', async () => {
  const { served } = await logOf(1)
  const [note, tile] = [
    await served.get('/log/checkpoint'),
    await served.get('/log/tile/0/000.p/2'),
  ]
  expect(note.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(note.headers.get('cache-control')).toBe('no-cache')
  expect(tile.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  for (const { headers } of [note, tile]) {
    expect(headers.get('access-control-allow-origin')).toBe('*')
  }
})

const ABSENT = [
  'tile/0/000',
  'tile/0/000.p/3',
  'tile/0/000.p/0',
  'tile/0/000.p/256',
  'tile/0/000.p/02',
  'tile/0/00.p/2',
  'tile/0/x000/000.p/2',
  'tile/00/000.p/2',
  'tile/64/000.p/1',
  'tile/1/000.p/1',
  'tile/-1/000',
  'tile/0/999',
  'tile/0/x999/x999/x999/x999/x999/999',
  'tile/entries/000',
  'tile/entries/000.p/3',
  'tile/entries/001.p/1',
  'tile/0/%ff',
  'tile/0',
  'tile/',
  'proof/inclusion?index=2&size=2',
  'proof/inclusion?index=0&size=3',
  'proof/inclusion?index=0&size=0',
  'proof/consistency?from=0&to=3',
  'proof/consistency?from=2&to=1',
]

const NO_PLACE = [
  'inclusion',
  'inclusion?index=0',
  'inclusion?index=00&size=2',
  'inclusion?index=-1&size=2',
  'inclusion?index=0x1&size=2',
  'inclusion?index=1e0&size=2',
  'inclusion?index=0&size=9007199254740993',
  'consistency?from=1',
  'consistency?from=1&to=',
]

test('what the log does not have, and what is spelled in another way, is not found', async () => {
  const { served } = await logOf(1)
  for (const path of ABSENT) {
    const { status, problem } = await served.get(`/log/${path}`)
    expect([path, status, problem().code]).toEqual([path, 404, 'not_found'])
  }
  expect((await served.get('/log/tile/0/000.p/2')).status).toBe(200)
})

test('a proof of what is no whole number is refused', async () => {
  const { served } = await logOf(1)
  for (const path of NO_PLACE) {
    const { status, problem } = await served.get(`/log/proof/${path}`)
    expect([path, status, problem().code]).toEqual([path, 400, 'body_invalid'])
  }
  expect((await served.get('/log/proof/inclusion?index=0&size=2')).status).toBe(200)
})

test('a log that is not public answers nothing of it, and records are taken all the same', async () => {
  const world = await newWorld()
  const { get, post } = await serve(world, { logPublic: false })
  for (const path of ['checkpoint', 'tile/0/000.p/1', 'proof/inclusion?index=0&size=1']) {
    expect((await get(`/log/${path}`)).problem().code).toBe('not_found')
  }
  const record = await world.sign(payload())
  expect((await post('/v1/records', { record, authKey: AUTH_KEY })).status).toBe(201)
})

test('a part that the log has lost is not passed over: 503, told to the operator, kept by nobody', async () => {
  const { world, served } = await logOf(6)
  const db = behind(world)
  db.exec('DELETE FROM logEntry WHERE position = 2')
  db.prepare('DELETE FROM logNode WHERE id = ?').run(nodeId({ level: 0, index: 4 }))
  const lost = [
    'tile/entries/000.p/3',
    'tile/entries/000.p/6',
    'tile/0/000.p/5',
    'proof/inclusion?index=5&size=7',
    'proof/consistency?from=5&to=7',
  ]
  for (const path of lost) {
    const { status, headers, problem } = await served.get(`/log/${path}`)
    expect([path, status, problem().code]).toEqual([path, 503, 'store_unavailable'])
    expect(headers.get('cache-control')).toBe('no-store')
  }
  expect(world.reports.map(({ event }) => event)).toEqual(lost.map(() => 'store_unavailable'))
  for (const path of ['tile/entries/000.p/2', 'tile/0/000.p/4', 'proof/inclusion?index=0&size=2']) {
    expect([path, (await served.get(`/log/${path}`)).status]).toEqual([path, 200])
  }
})
