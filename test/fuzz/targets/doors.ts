import { authKeyDigest } from '../../../src/guarantee/key-change.ts'
import { signCompact } from '../../../src/guarantee/record.ts'
import { PAIR, type Served, serve } from '../../app/served.ts'
import { AUTH_KEY, NUMBER, newWorld, PLATFORM, payload, type World } from '../../platform/world.ts'

/** A platform with one guarantee, behind a real server, and what somebody may rightly send to it. */
export interface Doors extends Served {
  world: World
  port: number
  /** By path, of every call that is posted; made of the OpenAPI document where none is known. */
  bodies: Record<string, unknown>
  /** `GET` addresses of every call and page. */
  addresses: string[]
  ticket: string
  token: string
  bearer: string
  /** What issuers signed. */
  signed: ReadonlySet<string>
}

export async function openDoors(): Promise<Doors> {
  const world = await newWorld()
  const [first = ''] = await world.issue()
  const served = await serve(world)
  const { shares, tickets, lookup } = world.platform
  const { guarantee } = await lookup.byPair(PAIR, { evidence: false })
  const { url, id } = await shares.create(guarantee, { scope: 'history' })
  const token = url.split('#')[1] as string
  const record = await world.sign(payload({ sub: '12345-000001' }))
  const request = await keyChange(world)
  const bearer = await issuerRequest(world)
  const known: Record<string, unknown> = {
    '/v1/records': { record, authKey: AUTH_KEY },
    '/v1/keys': { request, authKey: AUTH_KEY },
    '/v1/lookup': {
      ...PAIR,
      contract: { contractPrice: 50_000_000, worksPeriod: { start: '2026-01-16' } },
      checker: { department: '契約課', name: '鈴木' },
      include: ['evidence'],
    },
    '/v1/shares': { ...PAIR, scope: 'current', expiresAt: '2026-03-01T00:00:00.000Z' },
    '/v1/shares/open': { token },
    [`/v1/shares/${id}/revoke`]: { ...PAIR, authKey: 'Z28YUE4J3Buy' },
  }
  const { posted, asked } = await documented(served)
  return {
    ...served,
    world,
    port: Number(new URL(served.origin).port),
    bodies: { ...posted, ...known },
    addresses: [...asked, ...addressesOf(served)],
    ticket: await tickets.issue(guarantee),
    token,
    bearer,
    signed: new Set(
      [first, record, request, bearer].map((jws) => jws.slice(0, jws.lastIndexOf('.'))),
    ),
  }
}

/** A change to the key that is there already, so that all else stays as it is. */
function keyChange({ issuer, clock }: World): Promise<string> {
  const jti = '0198c0de-3333-7000-8000-000000000001'
  const iat = Math.floor(clock.now() / 1000)
  const authKeySha256 = authKeyDigest(jti, AUTH_KEY)
  const claims = {
    iss: 'https://east.example.jp',
    aud: PLATFORM,
    iat,
    jti,
    sub: NUMBER,
    authKeySha256,
  }
  return signCompact({ typ: 'key-change+jwt' }, claims, issuer.privateJwk as never)
}

function issuerRequest({ issuer, clock }: World): Promise<string> {
  const iat = Math.floor(clock.now() / 1000)
  const jti = '0198c0de-4444-7000-8000-000000000001'
  const claims = { iss: 'https://east.example.jp', aud: PLATFORM, iat, jti }
  return signCompact({ typ: 'issuer-request+jwt' }, claims, issuer.privateJwk as never)
}

interface Schema {
  $ref?: string
  type?: string
  properties?: Record<string, Schema>
  items?: Schema
  enum?: unknown[]
  const?: unknown
  example?: unknown
  anyOf?: Schema[]
}

interface Operation {
  parameters?: { name: string; in: string }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}

async function documented({ get }: Served) {
  const document = JSON.parse((await get('/openapi.json')).text) as {
    paths: Record<string, { get?: Operation; post?: Operation }>
    components: { schemas: Record<string, Schema> }
  }
  const posted: Record<string, unknown> = {}
  const asked: string[] = []
  for (const [path, { get, post }] of Object.entries(document.paths)) {
    const place = path.replaceAll(/\{\w+\}/g, 'x')
    const schema = post?.requestBody?.content['application/json']?.schema
    if (schema) posted[place] = sampleOf(schema, document.components.schemas)
    const queries = get?.parameters?.filter((one) => one.in === 'query') ?? []
    if (get) asked.push(`${place}?${queries.map(({ name }) => `${name}=1`).join('&')}`)
  }
  return { posted, asked }
}

/** A value with every member that a schema knows. */
function sampleOf(schema: Schema, named: Record<string, Schema>): unknown {
  const { $ref, properties, items, type, anyOf, ...rest } = schema
  if ($ref !== undefined) return sampleOf(named[$ref.split('/').at(-1) as string] as Schema, named)
  if (rest.example !== undefined) return rest.example
  if (rest.const !== undefined) return rest.const
  if (rest.enum) return rest.enum[0]
  if (anyOf) return sampleOf(anyOf[0] as Schema, named)
  if (items) return [sampleOf(items, named)]
  if (type === 'boolean') return true
  if (type === 'integer' || type === 'number') return 1
  if (type === 'string') return 'a'
  const members = Object.entries(properties ?? {})
  return Object.fromEntries(members.map(([name, one]) => [name, sampleOf(one, named)]))
}

function addressesOf({ app }: Served): string[] {
  const gets = app.routes.filter(({ method }) => method === 'GET').map(({ path }) => path)
  const tiles = ['/log/tile/0/000.p/1', '/log/tile/entries/000.p/1']
  const queries = ['/owners?q=%E5%AF%8C%E5%A3%AB&lang=en', '/log/proof/inclusion?index=0&size=1']
  return [...new Set(gets), ...tiles, ...queries, '/log/proof/consistency?from=1&to=1']
}
