import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signCompact } from '../src/guarantee/record.ts'
import { lookupAnswer } from '../src/platform/door/schemas.api.ts'
import { FILE_HEADERS } from '../src/web/answer.ts'
import { newDesk } from './cli/akashi.ts'
import { AUTH_KEY, NUMBER, newKey, PLATFORM, payload } from './platform/sample.ts'
import { newWranglerFolder } from './support/wrangler.ts'

const PAIR = { contractNumber: NUMBER, authKey: AUTH_KEY }

const { folder, run, dev, config } = newWranglerFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let worker: Awaited<ReturnType<typeof dev>>
let issuer: Awaited<ReturnType<typeof newKey>>

/** As docs/workers.md says: migrate, register, hand over the secrets, start. */
beforeAll(async () => {
  // One after the other: two workerd that open one folder find its database locked now and then.
  for (const name of ['DB', 'GUARD']) await run('d1', 'migrations', 'apply', name, '--local')
  issuer = await newKey()
  const desk = newDesk()
  const env = { DATABASE_URL: `d1:${config}`, PUBLIC_ORIGIN: PLATFORM }
  desk.write('east.pub.jwk', issuer.publicJwk)
  for (const command of [
    'issuer add --id east --iss https://east.example.jp --name あかし東 --key east.pub.jwk',
    'owner add --name 富士市長 --start 2025-11-14 --basis contract_date --kinds advance_payment',
    `secrets --to ${join(folder, '.dev.vars')} --json`,
  ]) {
    const { status, stdout, stderr } = desk.akashi(command.split(' '), { env })
    if (status !== 0) throw new Error(`akashi ${command}: ${stderr}`)
    // What wrangler has to say stays out of the answer.
    if (command.endsWith('--json')) expect(JSON.parse(stdout).names).toHaveLength(5)
  }
  desk.remove()
  worker = await dev('--var', `PUBLIC_ORIGIN:${PLATFORM}`)
}, 240_000)
afterAll(() => worker?.stop())

const post = (path: string, body: object) =>
  fetch(worker.origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

test('wrangler dev takes a record and shows it to whoever has number and key', async () => {
  const now = Math.floor(Date.now() / 1000)
  const record = await signCompact(
    { typ: 'guarantee-record+jwt' },
    payload({ iat: now }),
    issuer.privateJwk as never,
  )
  const submitted = await post('/v1/records', { record, authKey: AUTH_KEY })
  expect([submitted.status, await submitted.json()]).toMatchObject([201, { receipt: { index: 1 } }])

  const answer = lookupAnswer.parse(await (await post('/v1/lookup', PAIR)).json())
  expect(answer.checks.map(({ result }) => result).slice(0, 3)).toEqual(['pass', 'pass', 'pass'])
  expect((await post('/v1/lookup', { ...PAIR, authKey: 'Z28YUE4J3Buy' })).status).toBe(404)

  const ready = await fetch(`${worker.origin}/readyz`)
  expect([ready.status, await ready.json()]).toMatchObject([200, { log: { size: 2 } }])
  // The trigger of each minute seals who looked, and the seal enters the log.
  expect((await fetch(`${worker.origin}/cdn-cgi/local/scheduled`)).status).toBe(200)
  const head = await (await fetch(`${worker.origin}/log/checkpoint`)).text()
  expect(head.split('\n').slice(0, 2)).toEqual(['hosho.example.lg.jp/akashi', '3'])
})

test('files come with the headers that they have on Node, and pages and unknown paths from the app', async () => {
  const file = await fetch(`${worker.origin}/css/base.css`)
  expect([file.status, Object.fromEntries(file.headers)]).toMatchObject([200, FILE_HEADERS])
  for (const [path, status] of [
    ['/', 200],
    ['/_headers', 404],
    ['/css/nothing.css', 404],
  ] as const) {
    const page = await fetch(worker.origin + path)
    expect([path, page.status]).toEqual([path, status])
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
  }
})

/** Bytes of a Worker, compressed, on the free plan; the paid one takes 10 MB. */
const LARGEST = 3e6

test('what is deployed is well within what the free plan takes', async () => {
  const out = join(folder, 'out')
  await run('deploy', '--dry-run', '--outdir', out)
  const size = gzipSync(readFileSync(join(out, 'worker.js'))).length
  expect(size).toBeGreaterThan(100_000)
  expect(size).toBeLessThan(LARGEST / 3)
})
