import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { accountsPages } from '../../src/accounts/accounts.page.ts'
import { readConfig } from '../../src/config.ts'
import { accountsOf } from '../../src/open/accounts.ts'
import { socketSource } from '../../src/web/source.ts'
import { serve } from '../app/served.ts'
import { newWorld, PLATFORM } from '../platform/world.ts'

const EMAIL = 'sato@takahashi.example'
const PASSWORD = 'tetsukyo-no-mukou-gawa'

/** Takes every connection and says nothing. */
async function silentProvider(): Promise<{ issuer: string; asked(): number }> {
  let asked = 0
  const server = createServer((socket) => {
    asked += 1
    onTestFinished(() => void socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return { issuer: `http://127.0.0.1:${port}`, asked: () => asked }
}

test('a single sign-on that says nothing keeps nobody waiting who comes by another way', async () => {
  const { issuer, asked } = await silentProvider()
  const client = { OIDC_CLIENT_ID: 'akashi', OIDC_CLIENT_SECRET: 's' }
  const world = await newWorld()
  const { access } = world.platform
  const config = readConfig({ PUBLIC_ORIGIN: PLATFORM, OIDC_ISSUER: issuer, ...client })
  const accounts = accountsOf(world.opened, config, access)
  const site = { origin: PLATFORM, demo: false }
  const parts = { accounts, access, clock: world.ports.clock, site, sourceOf: socketSource(0) }
  const { origin, request } = await serve(world, { signedIn: accountsPages(parts, '/desk/*') })
  const post = (path: string, fields: Record<string, string>) =>
    request(path, { method: 'POST', headers: { origin }, body: new URLSearchParams(fields) })

  // Inviting asks it nothing, be it typed on the command line.
  const firm = { kind: 'contractor', name: '株式会社髙橋建設', allowsOidc: true } as const
  const organisation = await accounts.organisations.add(firm)
  const given = { email: EMAIL, name: '佐藤' }
  const secret = await accounts.invitations.invite(organisation, 'contractor', given)
  await accounts.accept(secret, { name: '佐藤 花子', password: PASSWORD })

  const waiting = post('/sign-in/oidc', { next: '/desk' })
  await expect.poll(asked).toBe(1)
  const began = performance.now()
  const { status } = await post('/sign-in', { email: EMAIL, password: PASSWORD })
  expect(status).toBe(303)
  expect(performance.now() - began).toBeLessThan(8000)

  const told = await waiting
  expect([told.status, told.headers.get('location')]).toEqual([
    303,
    '/sign-in?next=%2Fdesk&error=oidc',
  ])
  expect((await request('/sign-in?error=oidc')).text).toContain(
    '所属先の認証ではログインできませんでした',
  )
})
