import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { createDesk } from '../../src/open/desk.ts'
import { deskAlone } from '../../src/open/desk-ports.ts'
import { openNode, pinnedTrust } from '../../src/open.ts'
import { systemClock } from '../../src/outside/clock.ts'
import { verifyEd25519Node, verifyJwsNode } from '../../src/outside/crypto-node.ts'
import { createPlatform } from '../../src/platform/platform.ts'
import { checkReceipt } from '../../src/verifier/check.ts'
import { newKey, registerParties } from '../platform/sample.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { apply, companyOf, line } from './issue/scene.ts'

const ID = 'https://platform.example.jp'

function folder(name: string): string {
  const path = mkdtempSync(join(tmpdir(), `akashi-${name}-`))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** A platform with a company and an owner: its folder, its trust file and the company's key. */
async function preparedPlatform() {
  const env = { DATA_DIR: folder('platform'), PLATFORM_ID: ID, DEMO: '0' }
  const config = readConfig(env)
  const { ports, settings, close } = await openNode(config, systemClock, false)
  const platform = createPlatform(ports, settings, config.publicOrigin)
  const key = await newKey()
  await registerParties(platform, key.publicJwk)
  const trust = await platform.trust()
  await close()
  const file = join(env.DATA_DIR, 'trust.json')
  writeFileSync(file, JSON.stringify(trust))
  return { env, key, trust, file }
}

/** Stands between desk and platform; what the platform answers may be swallowed. */
async function between() {
  const wire = { to: 0, swallow: undefined as (() => Promise<void>) | undefined, records: 0 }
  const proxy = createServer((asked, answer) => {
    const { method, url, headers } = asked
    const isRecord = method === 'POST' && url === '/v1/records'
    if (isRecord) wire.records += 1
    const on = request({ port: wire.to, method, path: url, headers }, async (from) => {
      if (isRecord && wire.swallow) {
        from.resume()
        await once(from, 'end')
        await wire.swallow()
        answer.destroy()
        return
      }
      answer.writeHead(from.statusCode ?? 502, from.headers)
      from.pipe(answer)
    })
    on.on('error', () => answer.destroy())
    asked.pipe(on)
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  onTestFinished(() => {
    proxy.closeAllConnections()
    proxy.close()
  })
  return { wire, url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` }
}

test('a platform that is killed between record and answer: one entry, a proved receipt, mail only then', async () => {
  const { env: platformEnv, key, trust, file } = await preparedPlatform()
  const { wire, url } = await between()
  const env = { DATA_DIR: folder('desk'), DEMO: '0', PLATFORM_URL: url, PLATFORM_TRUST: file }

  const config = readConfig(env)
  const started = await openNode(config, systemClock, false)
  onTestFinished(() => started.close())
  const desk = createDesk(deskAlone(started, url, pinnedTrust(config)), config)
  const { store } = started.ports
  await desk.signingKeys.importKey('east', key.privateJwk as never)
  await companyOf(desk, false)

  let platform: RunningServer | undefined = await startServer(platformEnv)
  wire.to = platform.port
  const deskServer = await startServer(env)
  onTestFinished(async () => {
    await deskServer.stop()
    await platform?.stop()
  })
  expect((await fetch(`${deskServer.origin}/v1/trust`)).status, 'no platform here').toBe(404)
  const owners = await fetch(`${deskServer.origin}/owners?q=x`, { redirect: 'manual' })
  expect([owners.status, owners.headers.get('location')]).toEqual([303, `${url}/owners?q=x`])
  expect((await fetch(`${deskServer.origin}/healthz`)).status).toBe(200)

  wire.swallow = async () => {
    await platform?.kill()
    platform = undefined
  }
  const application = await apply(desk, [line()])
  const about = { issuer: 'east', application, kind: 'advance_payment' } as const
  const { digest } = await desk.issueLine.draft(about)
  const { numberKey } = await desk.issueLine.issue({ ...about, digest, madeBy: 'clerk' })
  const version = async () =>
    (await store.all(store.db.selectFrom('issuedVersion').selectAll().compile()))[0]
  const waiting = async () =>
    (await store.all(store.db.selectFrom('submission').selectAll().compile()))[0]
  const mails = async () =>
    (await store.all(store.db.selectFrom('mail').select('purpose').compile())).length

  await expect.poll(async () => (await waiting())?.tries, { timeout: 15_000 }).toBeGreaterThan(0)
  expect(platform).toBeUndefined()
  expect([(await version())?.arrivedAt, await mails()]).toEqual([null, 0])
  expect(await waiting()).toMatchObject({ state: 'waiting', fault: 'store_unavailable' })

  wire.swallow = undefined
  platform = await startServer(platformEnv)
  wire.to = platform.port
  await expect.poll(async () => (await waiting())?.state, { timeout: 30_000 }).toBe('arrived')
  expect(wire.records).toBeGreaterThan(1)

  const { jws = '', receipt, arrivedAt } = (await version()) ?? {}
  const tools = {
    verifyJws: verifyJwsNode,
    verifyEd25519: verifyEd25519Node,
    now: new Date().toISOString(),
  }
  const report = await checkReceipt(JSON.parse(receipt as string), jws, trust, tools)
  expect([report.outcome, report.facts?.arrivedAt]).toEqual(['valid', arrivedAt])
  expect(await mails()).toBe(1)
  expect(await desk.ports.platform.head('east', numberKey)).toMatchObject({ seq: 1 })

  await deskServer.stop()
  await platform.stop()
  platform = undefined
  const { ports, close } = await openNode(readConfig(platformEnv), systemClock, false)
  const versions = await ports.store.all(ports.store.db.selectFrom('version').selectAll().compile())
  await close()
  expect(versions.length).toBe(1)
}, 120_000)

test('a desk alone does not start without the file that pins its platform', async () => {
  const env = { DATA_DIR: folder('desk'), DEMO: '0', PLATFORM_URL: 'http://127.0.0.1:9' }
  await expect(startServer(env)).rejects.toThrow('PLATFORM_TRUST is missing')
}, 60_000)
