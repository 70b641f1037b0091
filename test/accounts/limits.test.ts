import { expect, test } from 'vitest'
import { accountsPages } from '../../src/accounts/accounts.page.ts'
import { readConfig } from '../../src/config.ts'
import { accountsOf } from '../../src/open/accounts.ts'
import { socketSource } from '../../src/web/source.ts'
import { type Served, serve } from '../app/served.ts'
import { newWorld, PLATFORM } from '../platform/world.ts'

const FREE = 10

/** The sign-in pages behind as many proxies. */
async function servedBehind(hops: number): Promise<Served> {
  const world = await newWorld()
  const { access } = world.platform
  const sourceOf = socketSource(hops)
  const accounts = accountsOf(world.opened, readConfig({ PUBLIC_ORIGIN: PLATFORM }), access)
  const site = { origin: PLATFORM, demo: false }
  const parts = { accounts, access, clock: world.ports.clock, site, sourceOf }
  return serve(world, { sourceOf, signedIn: accountsPages(parts, '/desk/*') })
}

/** A wrong password over HTTP, with headers as somebody may write them. */
async function wrongPassword({ origin, request }: Served, headers: Record<string, string>) {
  const body = new URLSearchParams({ email: 'sato@takahashi.example', password: 'wrong' })
  const reply = await request('/sign-in', { method: 'POST', headers: { origin, ...headers }, body })
  return { status: reply.status, wait: reply.headers.get('retry-after') }
}

/** Every header in which an address is looked for somewhere, another one each time. */
function spoofed(i: number): Record<string, string> {
  const address = `203.0.113.${i}`
  return {
    'x-forwarded-for': address,
    'x-real-ip': address,
    'x-client-ip': address,
    'cf-connecting-ip': address,
    'true-client-ip': address,
    forwarded: `for=${address}`,
  }
}

async function statuses(served: Served, headersOf: (i: number) => Record<string, string>) {
  const all: number[] = []
  for (let i = 1; i <= FREE + 2; i++) {
    all.push((await wrongPassword(served, headersOf(i))).status)
  }
  return all
}

const LIMITED = [...Array(FREE).fill(401), 429, 429]

test('another X-Forwarded-For each time does not evade the limit, nor does any header like it', async () => {
  const served = await servedBehind(0)
  expect(await statuses(served, spoofed)).toEqual(LIMITED)
  const { wait } = await wrongPassword(served, {})
  expect(Number(wait)).toBeGreaterThan(0)
  expect(Number(wait)).toBeLessThanOrEqual(60)
})

test('behind a proxy what stands left of its own word does not evade it either', async () => {
  const served = await servedBehind(1)
  const through = (from: string) => (i: number) => ({
    ...spoofed(i),
    'x-forwarded-for': `203.0.113.${i}, ${from}`,
  })
  expect(await statuses(served, through('198.51.100.9'))).toEqual(LIMITED)
  // Who comes through it from elsewhere is not held up.
  expect((await wrongPassword(served, through('198.51.100.10')(1))).status).toBe(401)
})
