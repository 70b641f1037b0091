import type { NewToken } from '../../src/audit/tokens.ts'
import { createTokens } from '../../src/audit/tokens.ts'
import { base64url } from '../../src/base/bytes.ts'
import { readRecord } from '../../src/guarantee/record.ts'
import { type Reply, type Served, serve } from '../app/served.ts'
import { behind } from '../platform/behind.ts'
import { AUTH_KEY, certificate, newKey, newWorld, payload, type World } from '../platform/world.ts'

export const EVERYTHING = { owners: [], issuers: [], all: true, days: 30 }
export const NUMAZU = '12345-000003'
export const WEST = '12345-000002'

export interface AuditScene {
  world: World
  served: Served
  /** A new token; it covers everything unless told otherwise. */
  token(wish?: Partial<NewToken>): Promise<string>
  /** Asks under `/v1/audit/`, with a token for everything unless another is given. */
  get(path: string, more?: { token?: string | undefined; accept?: string }): Promise<Reply>
  items(path: string, token?: string): Promise<Record<string, unknown>[]>
}

/**
 * The log: 0 key of east, 1 key of west; of 富士市 2 the sample of east and 3 its correction, 4 a number
 * of west; 5 a number of east for 沼津市, which has no code. A second lies between any two records.
 */
export async function newAuditScene(): Promise<AuditScene> {
  const world = await newWorld()
  const { issuers, owners, intake } = world.platform
  const west = await newKey()
  await issuers.add({ id: 'west', iss: 'https://west.example.jp', name: '=西' })
  await issuers.keyAdd('west', west.publicJwk)
  await owners.add({
    name: '沼津市長',
    aliases: ['沼津市'],
    start: { date: '2025-11-14', basis: 'contract_date' },
    kinds: ['contract'],
    issuerClasses: ['surety_company'],
    departments: [],
  })
  world.clock.pass(1000)
  const [first] = await world.issue()
  const correction = payload({
    seq: 2,
    prev: base64url(readRecord(first as string).sha256),
    event: 'correct',
    targetSeq: 1,
    reason: '@金額の"誤り"',
    certificate: certificate({ guaranteedAmount: 19_000_000 }),
  })
  await intake({ record: await world.sign(correction) })
  world.clock.pass(1000)
  const beside = payload({ sub: WEST, iss: 'https://west.example.jp' })
  await intake({ record: await world.sign(beside, west), authKey: AUTH_KEY })
  world.clock.pass(1000)
  const change = { contractNumber: NUMAZU, kind: 'contract' as const, owner: { name: '沼津市' } }
  const numazu = payload({
    sub: NUMAZU,
    certificate: certificate({ ...change, worksName: '=HYPERLINK("x"),\u3000橋梁' }),
  })
  await intake({ record: await world.sign(numazu), authKey: AUTH_KEY })
  world.clock.pass(1000)

  const served = await serve(world)
  const tokens = createTokens(world.ports)
  const token: AuditScene['token'] = async (wish = {}) =>
    (await tokens.create({ role: 'auditor', ...EVERYTHING, ...wish })).token
  const whole = await token()
  const get: AuditScene['get'] = (path, more = {}) =>
    served.request(`/v1/audit/${path}`, {
      headers: {
        authorization: `Bearer ${more.token ?? whole}`,
        ...(more.accept !== undefined && { accept: more.accept }),
      },
    })
  return {
    world,
    served,
    token,
    get,
    async items(path, one) {
      const reply = await get(path, { token: one })
      if (reply.status !== 200) throw new Error(`${path}: ${reply.text}`)
      return JSON.parse(reply.text).items
    },
  }
}

/** Makes the log `size` entries long, for pulls alone: facts, and an unsigned note of that size. */
export function lengthen({ world }: AuditScene, size: number): void {
  const db = behind(world)
  db.exec(`
    WITH RECURSIVE more (n) AS (SELECT 6 UNION ALL SELECT n + 1 FROM more WHERE n < ${size - 1})
    INSERT INTO logFact (position, arrivedAt, entry, issuer, sha256, worksName)
    SELECT n, '2026-02-03T05:00:04.000Z', 'record', 'east', 'h' || n, '道路改良工事' || n FROM more;
    INSERT INTO logCheckpoint (size, note) VALUES (${size}, 'unsigned');`)
}

/** Lines of JSON: the rows, and the one that ends them. */
export function linesOf({ text }: Reply) {
  const lines = text.trimEnd().split('\n')
  const rows = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  const end = rows.pop()?.end as Record<string, unknown> | undefined
  return { rows, end }
}
