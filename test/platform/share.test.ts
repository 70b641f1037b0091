import { describe, expect, test } from 'vitest'
import { instant } from '../../src/base/time.ts'
import { readShareLink } from '../../src/guarantee/link.ts'
import { StoreFault } from '../../src/store/store.ts'
import { checkEvidence } from '../../src/verifier/check.ts'
import { codeOf, faultOf } from './fault-of.ts'
import { AUTH_KEY, certificate, NUMBER, newWorld, PLATFORM, type World } from './world.ts'

const DAY = 86_400_000

/** Two versions, and the guarantee for which shares are made. */
async function newScene() {
  const world = await newWorld()
  await world.issue({ certificate: certificate({ guaranteedAmount: 19_000_000 }) })
  const guarantee = await world.platform.authenticate({ contractNumber: NUMBER, authKey: AUTH_KEY })
  return { world, guarantee, shares: world.platform.shares }
}

const tokenOf = ({ url }: { url: string }) => readShareLink(url) ?? ''
const at = ({ clock }: World, days: number) => instant(clock.now() + days * DAY)

async function opened(world: World, token: string) {
  const { guarantee, scope } = await world.platform.shares.open(token)
  return world.platform.lookup.known(guarantee, { right: scope, evidence: true })
}

describe('a share link', () => {
  test('has 16 random bytes in its fragment, of which the database keeps a hash', async () => {
    const { world, guarantee, shares } = await newScene()
    const made = await shares.create(guarantee, {})
    expect(made).toMatchObject({ scope: 'current', expiresAt: at(world, 90) })
    expect(made.url).toBe(`${PLATFORM}/v#${tokenOf(made)}`)
    expect(Buffer.from(tokenOf(made), 'base64url')).toHaveLength(16)
    const rows = await world.ports.store.db.selectFrom('share').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(tokenOf(made))
    expect(rows[0]?.tokenHash).toHaveLength(32)
    expect(tokenOf(await shares.create(guarantee, {}))).not.toBe(tokenOf(made))
  })

  test('of scope current shows the newest version alone, and says that it is a part', async () => {
    const { world, guarantee, shares } = await newScene()
    const answer = await opened(
      world,
      tokenOf(await shares.create(guarantee, { scope: 'current' })),
    )
    expect(answer).toMatchObject({ partial: true, verdict: 'verified', status: { seq: 2 } })
    expect(answer.history.all.map(({ seq }) => seq)).toEqual([2])
    expect([...answer.records.keys()]).toEqual([2])
    expect(answer.evidence).toMatchObject({ partial: true, versions: [{ seq: 2 }] })
    const { verifyJws, verifyEd25519 } = world.ports
    const tools = { verifyJws, verifyEd25519, now: instant(world.clock.now()) }
    const report = await checkEvidence(answer.evidence, await world.platform.trust(), tools)
    expect(report.outcome).toBe('valid')
  })

  test('of scope history shows what number and key show', async () => {
    const { world, guarantee, shares } = await newScene()
    const answer = await opened(
      world,
      tokenOf(await shares.create(guarantee, { scope: 'history' })),
    )
    expect(answer.partial).toBe(false)
    expect(answer.history).toEqual((await world.lookup()).history)
    expect([...answer.records.keys()]).toEqual([1, 2])
  })

  test('ends when it expires, neither earlier nor later', async () => {
    const { world, guarantee, shares } = await newScene()
    const token = tokenOf(await shares.create(guarantee, { expiresAt: at(world, 1) }))
    world.clock.pass(DAY - 1)
    expect(await shares.open(token)).toMatchObject({ scope: 'current' })
    world.clock.pass(1)
    expect(await codeOf(shares.open(token))).toBe('share_expired_or_revoked')
  })

  test('lasts between a moment and 400 days', async () => {
    const { world, guarantee, shares } = await newScene()
    const create = (expiresAt: string) => shares.create(guarantee, { expiresAt })
    expect(await create(at(world, 400))).toMatchObject({ expiresAt: at(world, 400) })
    for (const wrong of [
      at(world, 0),
      at(world, -1),
      instant(world.clock.now() + 400 * DAY + 1),
      '2026-03-01',
      'soon',
    ]) {
      const fault = await faultOf(create(wrong))
      expect([fault.code, fault.errors?.[0]?.field]).toEqual(['body_invalid', 'expiresAt'])
    }
  })

  test('is withdrawn by its id, for this guarantee alone', async () => {
    const { world, guarantee, shares } = await newScene()
    const [one, other] = [await shares.create(guarantee, {}), await shares.create(guarantee, {})]
    await shares.revoke(guarantee, one.id)
    expect(await codeOf(shares.open(tokenOf(one)))).toBe('share_expired_or_revoked')
    expect(await shares.open(tokenOf(other))).toMatchObject({ scope: 'current' })
    const [before] = await shares.list(guarantee)
    world.clock.pass(1000)
    await shares.revoke(guarantee, one.id)
    expect((await shares.list(guarantee))[0]?.revokedAt).toBe(before?.revokedAt)
    expect(await codeOf(shares.revoke({ ...guarantee, numberKey: '12345000001' }, other.id))).toBe(
      'not_found',
    )
    expect(await codeOf(shares.revoke(guarantee, 'nothing'))).toBe('not_found')
  })

  test('is listed with its openings, without its token', async () => {
    const { world, guarantee, shares } = await newScene()
    const made = await shares.create(guarantee, { scope: 'history' })
    expect(await shares.list(guarantee)).toEqual([
      {
        id: made.id,
        scope: 'history',
        createdAt: at(world, 0),
        expiresAt: at(world, 90),
        openings: 0,
      },
    ])
    world.clock.pass(5000)
    await shares.open(tokenOf(made))
    await shares.open(tokenOf(made))
    const [listed] = await shares.list(guarantee)
    expect(listed).toMatchObject({ openings: 2, lastOpenedAt: at(world, 0) })
    expect(JSON.stringify(listed)).not.toContain(tokenOf(made))
  })

  test('opens though its opening cannot be counted; the operator is told', async () => {
    const { world, guarantee, shares } = await newScene()
    const token = tokenOf(await shares.create(guarantee, {}))
    const full = () => Promise.reject(new StoreFault('full', new Error('disk')))
    const { store } = world.ports
    const platform = world.over({ store: { ...store, commit: full, commitAside: full } })
    expect(await platform.shares.open(token)).toMatchObject({ guarantee, scope: 'current' })
    expect(world.reports.map(({ event }) => event)).toEqual([
      'opening_not_counted',
      'access_not_written',
    ])
    expect((await shares.list(guarantee))[0]).toMatchObject({ openings: 0 })
  })

  test('that nobody made is answered as a wrong key, whatever its form', async () => {
    const { guarantee, shares } = await newScene()
    const token = tokenOf(await shares.create(guarantee, {}))
    const unknown = ['A'.repeat(22), `${token}A`, token.slice(1), '', '!', '鍵', `${token}=`]
    const faults = await Promise.all(unknown.map((one) => faultOf(shares.open(one))))
    expect(new Set(faults.map(({ code, message }) => `${code} ${message}`)).size).toBe(1)
    expect(faults[0]?.code).toBe('not_found_or_key_mismatch')
    expect(await shares.open(` ${token}\n`)).toMatchObject({ scope: 'current' })
  })
})

describe('a ticket of a result page', () => {
  test('stands for its guarantee and right for half an hour', async () => {
    const { world, guarantee, shares } = await newScene()
    const { tickets } = world.platform
    for (const scope of ['history', 'current'] as const) {
      const { id } = await shares.create(guarantee, { scope })
      expect(await tickets.open(await tickets.issue(guarantee, id))).toEqual({
        guarantee,
        right: scope,
        share: id,
      })
    }
    const ticket = await tickets.issue(guarantee)
    expect(await tickets.open(ticket)).toEqual({ guarantee, right: 'holder' })
    world.clock.pass(30 * 60_000)
    expect(await tickets.open(ticket)).toMatchObject({ right: 'holder' })
    world.clock.pass(1)
    expect(await codeOf(tickets.open(ticket))).toBe('not_found_or_key_mismatch')
  })

  test('of a link that is withdrawn or over opens nothing; that of its neighbour does', async () => {
    const { world, guarantee, shares } = await newScene()
    const { tickets } = world.platform
    const soon = instant(world.clock.now() + 60_000)
    const ids = [
      await shares.create(guarantee, {}),
      await shares.create(guarantee, { expiresAt: soon }),
      await shares.create(guarantee, {}),
    ].map(({ id }) => id)
    const [withdrawn, over, kept] = (await Promise.all(
      ids.map((id) => tickets.issue(guarantee, id)),
    )) as [string, string, string]
    await shares.revoke(guarantee, ids[0] as string)
    expect(await codeOf(tickets.open(withdrawn))).toBe('share_expired_or_revoked')
    world.clock.pass(59_999)
    expect(await tickets.open(over)).toMatchObject({ right: 'current' })
    world.clock.pass(1)
    expect(await codeOf(tickets.open(over))).toBe('share_expired_or_revoked')
    expect(await tickets.open(kept)).toMatchObject({ right: 'current' })
  })

  test('forged, lengthened or widened opens nothing', async () => {
    const { world, guarantee, shares } = await newScene()
    const { tickets } = world.platform
    const wide = await shares.create(guarantee, { scope: 'history' })
    const ticket = await tickets.issue(guarantee, (await shares.create(guarantee, {})).id)
    const [body = '', seal = ''] = ticket.split('.')
    const [issuer, numberKey, share, end] = JSON.parse(
      Buffer.from(body, 'base64url').toString(),
    ) as unknown[]
    const rewritten = (...claims: unknown[]) =>
      `${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${seal}`
    expect(rewritten(issuer, numberKey, share, end)).toBe(ticket)
    for (const forged of [
      rewritten(issuer, numberKey, null, end),
      rewritten(issuer, numberKey, wide.id, end),
      rewritten(issuer, numberKey, share, (end as number) + 1),
      rewritten(issuer, '12345000001', share, end),
      rewritten(issuer, numberKey, 1, end),
      rewritten(issuer, numberKey, share, 'x'),
      `${body}.${seal.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))}`,
      `${body}.`,
      `${ticket}.`,
      body,
      '.',
      '',
      'null.x',
    ]) {
      expect(await codeOf(tickets.open(forged))).toBe('not_found_or_key_mismatch')
    }
    expect(await tickets.open(ticket)).toMatchObject({ right: 'current' })
  })

  test('ends with the key under which it was made, and with the secret that sealed it', async () => {
    const { world, guarantee } = await newScene()
    const ticket = await world.platform.tickets.issue(guarantee)
    const other = world.over({ sessionSecret: new Uint8Array(32) })
    expect(await codeOf(other.tickets.open(ticket))).toBe('not_found_or_key_mismatch')
    const { store } = world.ports
    await store.commit([
      store.db
        .updateTable('guarantee')
        .set({ mac: new Uint8Array(32) })
        .compile(),
    ])
    expect(await codeOf(world.platform.tickets.open(ticket))).toBe('not_found_or_key_mismatch')
  })
})
