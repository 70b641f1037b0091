import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseTrust } from '../../src/log/bundle.ts'
import { openCheckpoint, parseVkey } from '../../src/log/checkpoint.ts'
import { issuerList, ownerList, trustDocument } from '../../src/platform/door/schemas.api.ts'
import { createHealth } from '../../src/platform/log/health.ts'
import type { Ports } from '../../src/ports.ts'
import { newWorld, PLATFORM, type World } from '../platform/world.ts'
import { serve } from './served.ts'

const state = z.enum(['ok', 'failed'])
const readiness = z.strictObject({
  status: state,
  checks: z.strictObject({ database: state, log: state, guard: state, disk: state }),
  log: z.strictObject({ origin: z.string(), size: z.int() }),
})

test('owners are found by part of name, alias or code, in any width', async () => {
  const world = await newWorld()
  await world.platform.owners.add({
    name: '沼津市長',
    aliases: ['ヌマヅ市'],
    start: { date: '2026-04-01', basis: 'tender_notice_date' },
    kinds: ['contract'],
    issuerClasses: ['bank'],
    departments: [{ name: '契約検査課', email: 'keiyaku@numazu.example.jp' }],
    basisText: '令和8年4月1日以降に公告する工事',
    mailTemplate: { subject: '{案件名}', body: '{担当者}\n' },
  })
  const { get } = await serve(world)
  const found = async (q: string) => {
    const { items } = (await get(`/v1/owners?q=${encodeURIComponent(q)}`)).read(ownerList)
    return items.map(({ name }) => name)
  }
  for (const [q, names] of [
    ['', ['富士市長', '沼津市長']],
    ['富士', ['富士市長']],
    ['富士市', ['富士市長']],
    ['ﾇﾏﾂﾞ', ['沼津市長']],
    ['沼　津 市', ['沼津市長']],
    ['222101', ['富士市長']],
    ['２２２１０１', ['富士市長']],
    ['熱海', []],
  ] as const) {
    expect([q, await found(q)]).toEqual([q, names])
  }
  const { items } = (await get('/v1/owners')).read(ownerList)
  expect(items.map(({ mailTemplate }) => mailTemplate)).toEqual([
    undefined,
    { subject: '{案件名}', body: '{担当者}\n' },
  ])
})

test('an owner is told with all that is registered of it', async () => {
  const { get } = await serve(await newWorld())
  expect((await get('/v1/owners')).read(ownerList).items).toEqual([
    {
      code: '222101',
      name: '富士市長',
      aliases: ['富士市'],
      start: { date: '2025-11-14', basis: 'contract_date' },
      kinds: ['advance_payment', 'interim_advance_payment', 'contract'],
      issuerClasses: ['surety_company'],
      departments: [],
    },
  ])
})

test('issuers are told with their keys; what happens to a key is seen in the list and in the trust document', async () => {
  const world = await newWorld()
  const { get } = await serve(world)
  const { kid, publicJwk } = world.issuer
  const { alg: _, ...jwk } = publicJwk as JsonWebKey & { alg: string }
  const key = { kid, alg: 'Ed25519', jwk, notBefore: '2026-02-03T05:00:00.000Z' }
  const issuer = {
    id: 'east',
    iss: 'https://east.example.jp',
    name: 'あかし東建設業保証株式会社',
    numberPattern: '^[0-9]{5}-[0-9]{6}$',
  }
  expect((await get('/v1/issuers')).read(issuerList).items).toEqual([
    {
      ...issuer,
      class: 'surety_company',
      phone: '054-000-0000',
      hours: '平日 9時から17時',
      keys: [key],
    },
  ])
  world.clock.pass(1000)
  await world.platform.issuers.keyRetire('east', kid)
  const retired = { ...key, retiredAt: expect.stringMatching(/^2026-02-03T05:00:01/) }
  expect((await get('/v1/issuers')).read(issuerList).items[0]?.keys).toEqual([retired])
  const trust = (await get('/v1/trust')).read(trustDocument)
  expect(trust.issuers).toEqual([{ ...issuer, keys: [retired] }])
})

test('the trust document names platform, log and receipt keys, and its key opens the log', async () => {
  const world = await newWorld()
  const { get } = await serve(world)
  const document = (await get('/v1/trust')).read(trustDocument)
  const trust = parseTrust(document)
  expect(document).toEqual(trust)
  expect(trust).toMatchObject({
    format: 'akashi-trust/v1',
    platform: PLATFORM,
    log: { origin: 'hosho.example.lg.jp/akashi', previous: [] },
    receiptKeys: [{ kid: world.ports.receiptSigner.kid }],
    witnesses: [],
    quorum: 'none',
  })
  const verifier = parseVkey(trust?.log.vkey ?? '')
  const note = (await get('/log/checkpoint')).text
  const { verifyEd25519 } = world.ports
  expect(verifier && (await openCheckpoint(note, verifier, verifyEd25519))).toMatchObject({
    size: 1,
  })
  expect(
    verifier && (await openCheckpoint(note.replace('\n1\n', '\n2\n'), verifier, verifyEd25519)),
  ).toBeUndefined()
})

test('the process answers /healthz, and /readyz with the size of its log', async () => {
  const { get } = await serve(await newWorld())
  const alive = await get('/healthz')
  expect([alive.status, alive.read(z.strictObject({ status: z.literal('ok') }))]).toEqual([
    200,
    { status: 'ok' },
  ])
  const ready = await get('/readyz')
  expect([ready.status, ready.read(readiness)]).toEqual([
    200,
    {
      status: 'ok',
      checks: { database: 'ok', log: 'ok', guard: 'ok', disk: 'ok' },
      log: { origin: 'hosho.example.lg.jp/akashi', size: 1 },
    },
  ])
})

interface Ill {
  ports?: (world: World) => Partial<Ports>
  free?: number
}

const ILLS: [string, string[], Ill][] = [
  ['the disk has less than 5 % left', ['disk'], { free: 0.049 }],
  [
    'the guard is gone',
    ['guard'],
    {
      ports: ({ dataDir }) => {
        rmSync(join(dataDir, 'guard.note'))
        return {}
      },
    },
  ],
  [
    'the log is signed by another key',
    ['guard', 'log'],
    {
      ports: ({ ports }) => ({ logSigner: { ...ports.logSigner, publicKey: new Uint8Array(32) } }),
    },
  ],
  [
    'the database does not answer',
    ['database', 'guard', 'log'],
    {
      ports: ({ ports }) => {
        void ports.store.close()
        return {}
      },
    },
  ],
]

test.each(ILLS)('/readyz fails when %s, while /healthz answers', async (_ill, failed, ill) => {
  const world = await newWorld()
  const ports = { ...world.ports, ...ill.ports?.(world) }
  const health = createHealth(ports, world.opened.settings, async () => ill.free ?? 0.05)
  const { get } = await serve(world, { health })
  const reply = await get('/readyz')
  const { status, checks } = reply.read(readiness)
  expect([reply.status, status]).toEqual([503, 'failed'])
  const names = Object.entries(checks).flatMap(([name, one]) => (one === 'failed' ? [name] : []))
  expect(names.sort()).toEqual(failed)
  expect(reply.text).not.toMatch(/Error|sqlite|\.ts/i)
  expect(world.reports.map(({ event }) => event)).toEqual(failed.map(() => 'not_ready'))
  expect((await get('/healthz')).status).toBe(200)
})
