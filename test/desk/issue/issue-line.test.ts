import { expect, test } from 'vitest'
import { openAuthKey } from '../../../src/desk/issue/auth-keys.ts'
import type { Issued } from '../../../src/desk/issue/version-rows.ts'
import { newKey } from '../../platform/world.ts'
import { issued, line, newScene, status, version } from './scene.ts'

test('a line that is accepted and paid is issued: it arrives, and only then is anybody told', async () => {
  const scene = await newScene()
  const application = await scene.apply([line()])
  const { contractNumber } = await scene.issue(application)
  expect([await status(scene), scene.told]).toEqual(['issuing', []])
  expect(await issued(scene)).toMatchObject({ state: 'issuing', newestSeq: 0, arrivedAt: null })
  await scene.sender.run()
  const row = await issued(scene)
  expect(row).toMatchObject({ state: 'in_force', newestSeq: 1, contractNumber })
  expect((await version(scene)).arrivedAt).toBe(row.arrivedAt)
  expect([await status(scene), scene.told.length]).toEqual(['issued', 1])
  const authKey = await openAuthKey(scene.ports.sealer, row as Issued & { sealedKey: Uint8Array })
  const { verdict, certificate } = await scene.world.platform.lookup.byPair(
    { contractNumber, authKey },
    { evidence: true },
  )
  expect(verdict).toBe('verified')
  expect(certificate).toMatchObject({
    contractor: { name: '株式会社髙橋建設' },
    issuerBranch: '静岡支店',
    coverage: { end: '2026-09-30' },
  })
})

test('a line that is not ready is not issued; one that is paid by the month is', async () => {
  const scene = await newScene()
  const unpaid = await scene.apply([line()], 'accepted')
  await expect(scene.issue(unpaid)).rejects.toMatchObject({ code: 'state_conflict' })
  const monthly = await scene.apply([line({ paymentMethod: 'monthly_lump' })], 'accepted')
  await scene.issue(monthly)
  const early = await scene.apply([line({ paymentMethod: 'monthly_lump' })], 'reviewing')
  await expect(scene.issue(early)).rejects.toMatchObject({ code: 'state_conflict' })
  await expect(scene.issue('00000000')).rejects.toMatchObject({ code: 'not_found' })
})

test('of two who issue one line at once one does, and the other is told', async () => {
  const scene = await newScene()
  const application = await scene.apply([line()])
  const both = await Promise.allSettled([scene.issue(application), scene.issue(application)])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  await scene.sender.run()
  expect([await scene.records(), (await scene.rows('issued')).length]).toEqual([1, 1])
})

test('two applications issued at once get two numbers', async () => {
  const scene = await newScene()
  const ids = [await scene.apply([line()]), await scene.apply([line()])]
  const numbers = await Promise.all(ids.map((id) => scene.issue(id)))
  expect(new Set(numbers.map(({ contractNumber }) => contractNumber)).size).toBe(2)
})

test('a company key that was retired signs nothing, and the cure is named', async () => {
  const scene = await newScene()
  const application = await scene.apply([line()])
  const { issuers } = scene.world.platform
  await issuers.keyRetire('east', scene.world.issuer.kid)
  scene.world.clock.pass(1000)
  await expect(scene.issue(application)).rejects.toMatchObject({
    code: 'key_retired',
    message: expect.stringContaining('akashi desk key-import'),
  })
  expect(await scene.rows('issued')).toEqual([])
})

test('a retired key makes way for the next one that was imported', async () => {
  const scene = await newScene()
  const next = await newKey('ES256')
  const { platform, issuer, clock } = scene.world
  expect((await scene.parts.signingKeys.importKey('east', next.privateJwk as never)).standing).toBe(
    'not_registered',
  )
  await platform.issuers.keyAdd('east', next.publicJwk)
  await platform.issuers.keyRetire('east', issuer.kid)
  clock.pass(1000)
  await scene.issue(await scene.apply([line()]))
  await scene.sender.run()
  const [header = ''] = (await version(scene)).jws.split('.')
  expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toMatchObject({
    kid: next.kid,
    alg: 'ES256',
  })
  expect((await issued(scene)).state).toBe('in_force')
})

test('a paper line gets sheets with numbers, and stays outside the log', async () => {
  const scene = await newScene()
  await scene.issue(await scene.apply([line({ format: 'paper' })]))
  await scene.sender.run()
  expect([await scene.records(), await status(scene)]).toEqual([0, 'issued'])
  expect(await issued(scene)).toMatchObject({ format: 'paper', state: 'in_force', sealedKey: null })
  expect(await scene.rows('paperSheet')).toMatchObject([{ copy: '正' }, { copy: '副' }])
})
