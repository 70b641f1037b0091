import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { base64 } from '../src/base/bytes.ts'
import { milliseconds } from '../src/base/time.ts'
import { readConfig } from '../src/config.ts'
import { DEMO_PAIRS, loadDemo, SAMPLE } from '../src/demo.ts'
import { type Entry, parseEntry } from '../src/log/entry.ts'
import { append, leafHash } from '../src/log/tree.ts'
import { type Opened, openNode } from '../src/open.ts'
import { createPlatform, type Platform } from '../src/platform/platform.ts'
import type { Clock } from '../src/ports.ts'

interface Loaded {
  opened: Opened
  platform: Platform
  folder: string
}

/** The server's clocks as they stand at a start at `at`. */
function clockAt(at: string): Clock {
  const sleep = () => new Promise<void>((resolve) => setImmediate(resolve))
  return { now: () => milliseconds(at), monotonic: () => 0, sleep }
}

async function load(at: string): Promise<Loaded> {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-demo-'))
  const config = readConfig({ DATA_DIR: folder })
  const opened = await openNode(config, clockAt(at), true)
  await loadDemo(opened, config.publicOrigin)
  const platform = createPlatform(opened.ports, opened.settings, config.publicOrigin)
  return { opened, platform, folder }
}

async function unload({ opened, folder }: Loaded): Promise<void> {
  await opened.close()
  rmSync(folder, { recursive: true })
}

async function entriesOf({ opened }: Loaded): Promise<{ bytes: Uint8Array; entry: Entry }[]> {
  const { db } = opened.ports.store
  const rows = await db.selectFrom('logEntry').select('entry').orderBy('position').execute()
  return rows.map(({ entry: bytes }) => ({ bytes, entry: parseEntry(bytes) as Entry }))
}

/** Every guarantee as an officer with the right key would see it. */
async function lookUpAll({ opened, platform }: Loaded) {
  const { db } = opened.ports.store
  const columns = ['issuer', 'numberKey', 'contractNumber'] as const
  const rows = await db.selectFrom('guarantee').select(columns).execute()
  return Promise.all(rows.map((row) => platform.lookup.known(row, { right: 'holder' })))
}

function tally(texts: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1
  return counts
}

const LOADED_AT = '2026-06-10T03:00:00.000Z'

let demo: Loaded
beforeAll(async () => {
  demo = await load(LOADED_AT)
})
afterAll(() => unload(demo))

const look = (pair: { contractNumber: string; authKey: string }, contract?: object) =>
  demo.platform.lookup.byPair(pair, { contract })

describe('the sample of the leaflet', () => {
  test('is verified: an advance of 20,000,000 yen for 50,000,000 yen of works, one entry', async () => {
    const answer = await look(SAMPLE)
    expect(SAMPLE).toEqual({ contractNumber: '12345-678901', authKey: 'Z28YUE4J3Bux' })
    expect(answer.verdict).toBe('verified')
    expect(answer.checks.map(({ result }) => result)).toEqual(['pass', 'pass', 'pass', 'pass'])
    expect(answer.history.all).toHaveLength(1)
    expect(answer.history.all[0]).toMatchObject({
      event: 'issue',
      certificate: {
        kind: 'advance_payment',
        owner: { name: '富士市', title: '富士市長' },
        contractPrice: 50_000_000,
        guaranteedAmount: 20_000_000,
      },
    })
    expect(answer.issuer).toMatchObject({ id: 'akashi-east', phone: expect.any(String) })
    expect(answer.signature?.alg).toBe('Ed25519')
  })

  test('leaves open only what no certificate states', async () => {
    const { warnings } = await look(SAMPLE)
    expect(warnings.map(({ severity, field }) => `${severity} ${field}`)).toEqual([
      'not_checkable contractGuarantee',
      'not_checkable hasPaperOriginal',
    ])
  })

  test('is found by full-width digits, and not by the key of another guarantee', async () => {
    const { authKey } = SAMPLE
    expect((await look({ contractNumber: '１２３４５－６７８９０１', authKey })).verdict).toBe(
      'verified',
    )
    const swapped = { ...SAMPLE, authKey: DEMO_PAIRS.contract.authKey }
    await expect(look(swapped)).rejects.toMatchObject({ code: 'not_found_or_key_mismatch' })
  })

  test('fits the contract of 高橋建設 as a variant, and not that of another company', async () => {
    const match = async (contractorName: string) =>
      (await look(SAMPLE, { contractorName })).match?.fields[0]?.result
    expect(await match('株式会社高橋建設')).toBe('variant')
    expect(await match('株式会社高山建設')).toBe('different')
  })
})

describe('each pair shows what it is named for', () => {
  const PAIRS: [keyof typeof DEMO_PAIRS, verdict: string, state: string, events: string[]][] = [
    ['contract', 'verified', 'in_force', ['issue']],
    ['interim', 'verified', 'in_force', ['issue']],
    ['bond', 'verified', 'in_force', ['issue']],
    ['amended', 'verified', 'in_force', ['issue', 'amend', 'amend']],
    ['decreased', 'verified', 'in_force', ['issue', 'amend']],
    ['corrected', 'verified', 'in_force', ['issue', 'correct']],
    ['amendmentCorrected', 'verified', 'in_force', ['issue', 'amend', 'correct']],
    ['amendmentCancelled', 'verified', 'in_force', ['issue', 'amend', 'cancel_amendment']],
    ['cancelled', 'attention', 'cancelled', ['issue', 'cancel']],
    ['onPaper', 'attention', 'on_paper', ['issue', 'cancel']],
    ['released', 'attention', 'released', ['issue', 'release']],
    ['expired', 'attention', 'expired', ['issue']],
    ['notStarted', 'attention', 'not_started', ['issue']],
    ['warned', 'attention', 'in_force', ['issue', 'amend']],
    ['lowBid', 'verified', 'in_force', ['issue']],
    ['multiYear', 'verified', 'in_force', ['issue']],
    ['jv', 'verified', 'in_force', ['issue']],
  ]

  test.each(PAIRS)('%s: %s, %s', async (name, verdict, state, events) => {
    const answer = await look(DEMO_PAIRS[name])
    expect(answer.verdict).toBe(verdict)
    expect(answer.status.state).toBe(state)
    expect(answer.history.all.map(({ event }) => event)).toEqual(events)
  })

  test('no pair is left untold', () => {
    expect(['sample', ...PAIRS.map(([name]) => name)].sort()).toEqual(
      Object.keys(DEMO_PAIRS).sort(),
    )
  })

  test('an increase, a decrease and a longer term change what they say', async () => {
    const changed = async (name: keyof typeof DEMO_PAIRS) =>
      (await look(DEMO_PAIRS[name])).history.effective.map(({ changes }) =>
        changes.map(({ field }) => field),
      )
    const longer = ['worksPeriod.end', 'coverage.end', 'documentDate']
    const amounts = ['contractPrice', 'guaranteedAmount', 'documentDate']
    expect(await changed('amended')).toEqual([[], amounts, longer])
    expect(await changed('decreased')).toEqual([[], amounts])
    expect(await changed('corrected')).toEqual([[]])
    expect(await changed('amendmentCancelled')).toEqual([[]])
    const [first, last] = (await look(DEMO_PAIRS.decreased)).history.all
    expect(last?.certificate.guaranteedAmount).toBeLessThan(
      first?.certificate.guaranteedAmount as number,
    )
  })

  test('a joint venture, a low bid and works over several years are marked as such', async () => {
    const head = async (name: keyof typeof DEMO_PAIRS) => (await look(DEMO_PAIRS[name])).certificate
    expect((await head('jv'))?.jvMembers).toHaveLength(2)
    expect((await head('lowBid'))?.lowBid).toBe(true)
    expect(await head('multiYear')).toMatchObject({
      multiYear: true,
      fiscalYearAmount: 180_000_000,
    })
    expect(await head('interim')).toMatchObject({
      kind: 'interim_advance_payment',
      relatedContractNumber: '12345-678906',
    })
  })
})

describe('the demo as a whole', () => {
  test('holds forty guarantees of every kind with every event, from two issuers', async () => {
    const all = await lookUpAll(demo)
    const heads = all.map(({ certificate }) => certificate)
    expect(all).toHaveLength(40)
    expect(tally(heads.map((head) => head?.kind ?? ''))).toEqual({
      advance_payment: 18,
      interim_advance_payment: 2,
      contract: 15,
      performance_bond: 5,
    })
    expect(tally(all.flatMap(({ history }) => history.all.map(({ event }) => event)))).toEqual({
      issue: 40,
      amend: 9,
      correct: 3,
      cancel_amendment: 1,
      cancel: 4,
      release: 1,
    })
    const issuers = all.map(({ issuer, signature }) => `${issuer.id} ${signature?.alg}`)
    expect(Object.keys(tally(issuers)).sort()).toEqual([
      'akashi-east Ed25519',
      'akashi-marine ES256',
    ])
    const contractors = tally(heads.map((head) => head?.contractor.name ?? ''))
    expect(Object.keys(contractors)).toHaveLength(5)
    expect(Object.keys(contractors).join()).toMatch(/髙.*﨑|﨑.*髙/)
    expect(Object.keys(contractors).join()).toContain('𠮷')
  })

  test('is right throughout: only the guarantee meant to breaches a rule', async () => {
    const all = await lookUpAll(demo)
    expect(Object.keys(tally(all.map(({ verdict }) => verdict))).sort()).toEqual([
      'attention',
      'verified',
    ])
    const warned = all.filter(({ warnings }) =>
      warnings.some(({ severity }) => severity === 'warn'),
    )
    expect(warned.map(({ contractNumber }) => contractNumber)).toEqual([
      DEMO_PAIRS.warned.contractNumber,
    ])
  })

  test('has three owners, Fuji City from 14 November 2025 on contract dates', async () => {
    const owners = await demo.platform.owners.search('')
    expect(owners).toHaveLength(3)
    const [fuji] = await demo.platform.owners.search('富士市')
    expect(fuji).toMatchObject({
      name: '富士市長',
      start: { date: '2025-11-14', basis: 'contract_date' },
    })
  })

  test('keeps no private key', async () => {
    const [east] = await demo.platform.issuers.list()
    expect(Object.keys(east?.keys[0]?.jwk ?? {})).toEqual(['crv', 'kty', 'x'])
    const files = readdirSync(demo.folder).map((name) => readFileSync(join(demo.folder, name)))
    const holds = (text: string) => files.some((bytes) => bytes.includes(text))
    expect(holds(east?.keys[0]?.jwk.x as string)).toBe(true)
    expect(holds('"d":')).toBe(false)
  })
})

describe('the log of the demo', () => {
  test('rises over the past year', async () => {
    const arrived = (await entriesOf(demo)).map(({ entry }) => entry.arrived)
    expect(arrived).toHaveLength(60)
    expect(arrived).toEqual(arrived.toSorted())
    expect((arrived.at(-1) as string) < LOADED_AT).toBe(true)
    expect((arrived[0] as string) > '2025-06-01').toBe(true)
  })

  test('has the root that its entries derive, and another without the last one', async () => {
    const { checkpoint } = await look(SAMPLE)
    const leaves = (await entriesOf(demo)).map(({ bytes }) => leafHash(bytes))
    expect(checkpoint).toMatchObject({ size: 60, origin: demo.opened.settings.origin })
    expect(demo.opened.settings.origin).toMatch(/\/demo$/)
    expect(base64(append(0, [], leaves).root)).toBe(checkpoint?.root)
    expect(base64(append(0, [], leaves.slice(0, -1)).root)).not.toBe(checkpoint?.root)
  })
})

describe('whenever it is loaded', () => {
  const DAYS = ['2025-11-17', '2026-01-04', '2026-11-23', '2028-02-29', '2035-07-01']

  test.each(DAYS)('on %s the sample is in force and nothing is refused', async (day) => {
    const loaded = await load(`${day}T15:30:00.000Z`)
    const all = await lookUpAll(loaded)
    expect(all).toHaveLength(40)
    expect(all.map(({ verdict }) => verdict)).not.toContain('failed')
    const sample = await loaded.platform.lookup.byPair(SAMPLE, {})
    expect([sample.verdict, sample.status.state]).toEqual(['verified', 'in_force'])
    await unload(loaded)
  })
})

test('two demos share no key', async () => {
  const again = await load(LOADED_AT)
  const kids = async ({ platform }: Loaded) =>
    (await platform.issuers.list()).flatMap(({ keys }) => keys.map(({ kid }) => kid))
  expect(new Set([...(await kids(demo)), ...(await kids(again))]).size).toBe(4)
  await unload(again)
})

test('what follows the demo is stamped by the real clock', async () => {
  const other = await load(LOADED_AT)
  const { keys } = (await other.platform.issuers.list())[0] as { keys: { kid: string }[] }
  await other.platform.issuers.keyRetire('akashi-east', keys[0]?.kid as string)
  const last = (await entriesOf(other)).at(-1)?.entry
  expect(last).toMatchObject({ kind: 'key-retire', arrived: LOADED_AT })
  await unload(other)
})
