import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { createDesk } from '../../src/open/desk.ts'
import { deskHere } from '../../src/open/desk-ports.ts'
import { signedInHere } from '../../src/open/signed-in.page.ts'
import { signedInLater } from '../../src/open/signed-in-later.page.ts'
import { socketSource } from '../../src/web/source.ts'
import { newWorld, PLATFORM } from '../platform/world.ts'

const everything = async () => new Hono().all('*', (c) => c.text('loaded'))

test('every page of signed-in people is among the addresses that load them', async () => {
  const { opened, platform } = await newWorld()
  const config = readConfig({ PUBLIC_ORIGIN: PLATFORM })
  const desk = createDesk(deskHere(opened, platform), config)
  const site = { origin: PLATFORM, demo: false }
  const parts = { desk, access: platform.access, site, sourceOf: socketSource(0) }
  const routes = signedInHere(opened, config, parts).routes.filter(({ method }) => method !== 'ALL')
  expect(routes.length).toBeGreaterThan(50)
  const later = signedInLater(everything)
  for (const { method, path } of routes) {
    const address = path.replaceAll(/:\w+(?:\{[^}]*\})?/g, 'x')
    expect([address, (await later.request(address, { method })).status]).toEqual([address, 200])
  }
  for (const other of ['/', '/deskx', '/accounts', '/api/auth/session', '/v1/lookup']) {
    expect([other, (await later.request(other)).status]).toEqual([other, 404])
  }
})

test('what could not be loaded is tried again by whoever comes next, and then kept', async () => {
  let tries = 0
  const later = signedInLater(() => {
    tries += 1
    return tries === 1 ? Promise.reject(new Error('the disk')) : everything()
  }).onError((_error, c) => c.text('failed', 500))
  const statuses: number[] = []
  for (let n = 0; n < 3; n++) statuses.push((await later.request('/desk')).status)
  expect([statuses, tries]).toEqual([[500, 200, 200], 2])
})
