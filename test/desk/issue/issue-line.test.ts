import { expect, test } from 'vitest'
import { dayInTokyo, instant } from '../../../src/base/time.ts'
import type { LineStatus } from '../../../src/desk/application/content.ts'
import { createCompany } from '../../../src/desk/company/company.ts'
import { acceptanceOf } from '../../../src/desk/issue/acceptance.ts'
import { openAuthKey } from '../../../src/desk/issue/auth-keys.ts'
import { createIssueLine } from '../../../src/desk/issue/issue-line.ts'
import type { Issued } from '../../../src/desk/issue/version-rows.ts'
import { DEFAULT_PATTERN } from '../../../src/guarantee/contract-number.ts'
import { readRecord } from '../../../src/guarantee/record.ts'
import { newKey } from '../../platform/world.ts'
import { issued, line, newScene, type Scene, status, version } from './scene.ts'

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

const about = (application: string) =>
  ({ issuer: 'east', application, kind: 'advance_payment' }) as const

test('what was seen is what is signed, to the letter', async () => {
  const scene = await newScene()
  const issueLine = createIssueLine(scene.parts)
  const seen = await issueLine.draft(about(await scene.apply([line()])))
  const wish = { ...about(seen.application.id), madeBy: 'clerk' }
  await expect(issueLine.issue({ ...wish, digest: 'another' })).rejects.toMatchObject({
    code: 'state_conflict',
  })
  expect([await scene.rows('issued'), await scene.rows('numberGiven')]).toEqual([[], []])
  await issueLine.issue({ ...wish, digest: seen.digest })
  const { payload } = readRecord((await version(scene)).jws)
  expect([payload.sub, payload.certificate]).toEqual([seen.number.number, seen.certificate])
})

test('of two that were seen with one number the later is not issued; seen again it gets the next', async () => {
  const scene = await newScene()
  const issueLine = createIssueLine(scene.parts)
  const ids = [await scene.apply([line()]), await scene.apply([line()])]
  const seen = await Promise.all(ids.map((id) => issueLine.draft(about(id))))
  const both = await Promise.allSettled(
    seen.map(({ digest }, at) =>
      issueLine.issue({ ...about(ids[at] ?? ''), digest, madeBy: 'clerk' }),
    ),
  )
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  await scene.issue(ids[both.findIndex(({ status }) => status === 'rejected')] ?? '')
  const numbers = (await scene.rows<Issued>('issued')).map(({ contractNumber }) => contractNumber)
  expect(new Set(numbers).size).toBe(2)
})

test('what was seen before midnight is not signed after it; on paper neither when another sheet was made', async () => {
  const scene = await newScene()
  const issueLine = createIssueLine(scene.parts)
  const id = await scene.apply([line()])
  const { digest } = await issueLine.draft(about(id))
  scene.world.clock.pass(24 * 3_600_000)
  const late = issueLine.issue({ ...about(id), digest, madeBy: 'clerk' })
  await expect(late).rejects.toMatchObject({ code: 'state_conflict' })
  const paper = await scene.apply([line({ format: 'paper' })])
  const sheets = await issueLine.draft(about(paper))
  const { query } = await scene.parts.company.nextNumber('east', 'sheet')
  await scene.ports.store.commit([query])
  const taken = issueLine.issue({ ...about(paper), digest: sheets.digest, madeBy: 'clerk' })
  await expect(taken).rejects.toMatchObject({ code: 'state_conflict' })
  expect(await scene.rows('issued')).toEqual([])
})

test('the terms are those of the day of its acceptance, as the premium is', async () => {
  const scene = await newScene()
  const monthly = () => scene.apply([line({ paymentMethod: 'monthly_lump' })], 'accepted')
  const before = await monthly()
  scene.world.clock.pass(24 * 3_600_000)
  await newTerms(scene, dayInTokyo(instant(scene.ports.clock.now())))
  const after = await monthly()
  const issueLine = createIssueLine(scene.parts)
  const terms = async (id: string) => (await issueLine.draft(about(id))).certificate.terms.id
  expect([await terms(before), await terms(after)]).toEqual([
    expect.not.stringContaining('new-terms'),
    'new-terms',
  ])
  const { documentDate } = (await issueLine.draft(about(before))).certificate
  expect(documentDate).toBe(dayInTokyo(instant(scene.ports.clock.now())))
})

/** The company has other terms for advances from a day on. */
async function newTerms({ ports, parts }: Scene, effectiveFrom: string) {
  const profile = await parts.company.profileOf('east')
  const terms = profile.terms.advance_payment ?? []
  const next = { id: 'new-terms', title: '新しい前払金保証約款', effectiveFrom }
  const value = { ...profile, terms: { ...profile.terms, advance_payment: [...terms, next] } }
  await createCompany(ports).set({ id: 'east', numberPattern: DEFAULT_PATTERN }, value)
}

test('who took a refused issue back has not accepted it', () => {
  const step = (status: LineStatus, byUser: string) => ({ status, byUser, at: '', note: null })
  const issued = [step('accepted', 'approver'), step('issuing', 'clerk')]
  const back = [...issued, step('accepted', 'clerk')]
  expect(acceptanceOf({ steps: back })?.byUser).toBe('approver')
  const anew = [step('accepted', 'other'), step('withdrawn', 'x'), ...issued.slice(0, 1)]
  expect(acceptanceOf({ steps: anew })?.byUser).toBe('approver')
  expect(acceptanceOf({ steps: [step('received', 'clerk')] })).toBeUndefined()
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
