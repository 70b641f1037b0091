import { expect, test } from 'vitest'
import { z } from 'zod'
import { createTokens } from '../../src/audit/tokens.ts'
import { bearer } from '../platform/bearer.ts'
import { newWorld, payload } from '../platform/world.ts'
import { PAIR, serve } from './served.ts'

type Json = Record<string, unknown>

const schema = z.record(z.string(), z.unknown())
const content = z.record(z.string().regex(/^[a-z]+\/[a-z.+-]+$/), z.strictObject({ schema }))
const parameter = z.strictObject({
  name: z.string(),
  in: z.enum(['path', 'query']),
  description: z.string(),
  required: z.boolean(),
  schema,
})
const operation = z.strictObject({
  summary: z.string().min(1),
  description: z.string().min(1).optional(),
  parameters: z.array(parameter).optional(),
  security: z.array(z.record(z.string(), z.tuple([]))).optional(),
  requestBody: z.strictObject({ required: z.boolean(), content }).optional(),
  responses: z
    .record(
      z.string().regex(/^(?:[1-5]\d\d|default)$/),
      z.strictObject({ description: z.string().min(1), content: content.optional() }),
    )
    .refine((responses) => Object.keys(responses).length > 0),
})

/** What the OpenAPI Specification 3.1 (§4.8) asks of a document, as far as ours has use for it. */
const openapi = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.url() })),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[A-Za-z0-9._-]+$/), schema),
    parameters: z.record(z.string(), parameter).optional(),
    securitySchemes: z.record(
      z.string(),
      z.strictObject({
        type: z.literal('http'),
        scheme: z.literal('bearer'),
        description: z.string().min(1),
      }),
    ),
  }),
  webhooks: z.strictObject({}),
  paths: z.record(
    z.string().startsWith('/'),
    z.strictObject({ get: operation.optional(), post: operation.optional() }),
  ),
})

/** Keywords of JSON Schema 2020-12 that the document uses; `nullable` and the like were 3.0's. */
const KEYWORDS = new Set(
  '$ref type properties required additionalProperties items enum const anyOf description example examples pattern format minLength maxLength minimum maximum propertyNames allOf'.split(
    ' ',
  ),
)

async function documented() {
  const world = await newWorld()
  await world.issue()
  const served = await serve(world)
  const document = (await served.get('/openapi.json')).read(openapi)
  return { world, served, document, operations: operationsOf(document) }
}

function operationsOf({ paths }: z.infer<typeof openapi>) {
  return Object.entries(paths).flatMap(([path, item]) =>
    (['get', 'post'] as const).flatMap((method) => {
      const one = item[method]
      return one ? { method, path, ...one } : []
    }),
  )
}

/** A schema with every reference replaced by what it names. */
function resolved(node: unknown, schemas: Json): unknown {
  if (Array.isArray(node)) return node.map((one) => resolved(one, schemas))
  if (typeof node !== 'object' || node === null) return node
  const { $ref, ...rest } = node as Json
  if (typeof $ref === 'string') {
    const name = /^#\/components\/schemas\/(.+)$/.exec($ref)?.[1] ?? ''
    expect(schemas).toHaveProperty([name])
    return resolved(schemas[name], schemas)
  }
  return Object.fromEntries(Object.entries(rest).map(([key, one]) => [key, resolved(one, schemas)]))
}

/** Every schema object inside a schema, itself included. */
function within(node: Json): Json[] {
  const {
    properties = {},
    items,
    additionalProperties,
    propertyNames,
    anyOf = [],
    allOf = [],
  } = node
  const inner = [
    ...Object.values(properties as Json),
    ...(anyOf as unknown[]),
    ...(allOf as unknown[]),
    ...[items, additionalProperties, propertyNames].filter((one) => typeof one === 'object'),
  ]
  return [node, ...inner.flatMap((one) => within(one as Json))]
}

test('the document is OpenAPI 3.1 with schemas of JSON Schema 2020-12, every reference kept', async () => {
  const { document, operations } = await documented()
  const { schemas } = document.components
  const contents = operations.flatMap(({ requestBody, responses }) =>
    [requestBody, ...Object.values(responses)].flatMap((one) => Object.values(one?.content ?? {})),
  )
  const all: Json[] = [...Object.values(schemas), ...contents.map((one) => one.schema)]
  for (const node of all.flatMap(within)) {
    expect(Object.keys(node).filter((keyword) => !KEYWORDS.has(keyword))).toEqual([])
    expect(resolved(node, schemas)).not.toHaveProperty('$ref')
    for (const name of (node.required ?? []) as string[]) {
      expect(node.properties).toHaveProperty([name])
    }
  }
})

test('every call of the API stands in the document, and no other; so it is on /docs', async () => {
  const { served, operations } = await documented()
  const mounted = served.app.routes
    .filter(({ method }) => method !== 'ALL')
    .filter(({ path }) => path.startsWith('/v1/'))
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
  const written = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`)
  expect(written.sort()).toEqual([...new Set(mounted)].sort())
  const { text } = await served.get('/docs')
  const called = operations.filter(({ security }) => security)
  expect(text.match(/Authorization: Bearer/g)).toHaveLength(called.length)
  for (const { path, summary } of operations) {
    expect(text).toContain(path)
    expect(summary.length).toBeGreaterThan(5)
  }
})

test('every parameter of a path is described, and every call tells of its problems', async () => {
  const { operations } = await documented()
  for (const { path, parameters = [], responses } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const required = parameters.filter((one) => one.in === 'path')
    expect(required.map(({ name }) => name)).toEqual(named)
    expect(required.every((one) => one.required)).toBe(true)
    expect(responses.default?.content).toHaveProperty(['application/problem+json'])
  }
})

const OWN_KEY = '/v1/issuer/records/{contractNumber}/key'

test('a call that needs a bearer says which, and is refused without one; no other is', async () => {
  const { served, document, operations } = await documented()
  for (const { method, path, security, description } of operations) {
    const body = path === OWN_KEY ? { authKey: PAIR.authKey } : PAIR
    const reply = await (method === 'get' ? served.get(path) : served.post(path, body))
    const named = security?.flatMap((one) => Object.keys(one)) ?? []
    for (const name of named) expect(document.components.securitySchemes).toHaveProperty(name)
    const needed = needsBearer(security) ? named : []
    const when = named.length > needed.length ? expect.stringContaining('reopened') : undefined
    expect([path, description]).toEqual([path, when])
    const challenge = needed.length > 0 ? 'Bearer' : null
    expect([path, reply.headers.get('www-authenticate')]).toEqual([path, challenge])
    if (needed.length === 0) continue
    expect([path, reply.status, reply.problem().code]).toEqual([path, 401, 'token_invalid'])
  }
})

/** Some calls name a bearer that only a log that was reopened asks for. */
function needsBearer(security: object[] | undefined): boolean {
  return security?.every((one) => Object.keys(one).length > 0) ?? false
}

test('answers are as the document says, read as any other program would read it', async () => {
  const { world, served, document, operations } = await documented()
  const { schemas } = document.components
  const record = await world.sign(payload({ sub: '12345-000001' }))
  const bodies: Record<string, unknown> = {
    '/v1/records': { record, authKey: PAIR.authKey },
    '/v1/keys': { request: 'a.b.c', authKey: PAIR.authKey },
    '/v1/lookup': { ...PAIR, contract: { contractPrice: 1 }, checker: { name: '鈴木' } },
    '/v1/shares': PAIR,
    '/v1/shares/open': { token: 'A'.repeat(22) },
    '/v1/shares/list': PAIR,
    '/v1/shares/{id}/revoke': PAIR,
    [OWN_KEY]: { authKey: PAIR.authKey },
  }
  const auditor = { role: 'auditor' as const, owners: [], issuers: [], all: true, days: 1 }
  const { token } = await createTokens(world.ports).create(auditor)
  const bearers: Record<string, () => string | Promise<string>> = {
    issuerRequest: () => bearer(world),
    auditor: () => token,
  }
  const ask = async (method: string, path: string, needed: string | undefined) => {
    const own = path.replace('{issuer}', 'east').replace('{contractNumber}', PAIR.contractNumber)
    const authorization = needed && { authorization: `Bearer ${await bearers[needed]?.()}` }
    if (method === 'get') return served.request(own, { headers: { ...authorization } })
    const headers = { 'content-type': 'application/json', ...authorization }
    return served.request(own, { method: 'POST', headers, body: JSON.stringify(bodies[path]) })
  }
  for (const { method, path, responses, requestBody, security } of operations) {
    const type = requestBody?.content['application/json']
    if (type) {
      const reader = z.fromJSONSchema(resolved(type.schema, schemas) as never)
      expect([path, reader.safeParse(bodies[path]).success]).toEqual([path, true])
      expect([path, reader.safeParse({ colour: 'red' }).success]).toEqual([path, false])
    }
    const needed = needsBearer(security) ? Object.keys(security?.[0] ?? {})[0] : undefined
    const reply = await ask(method, path, needed)
    if (needsBearer(security)) expect([path, reply.status]).toEqual([path, 200])
    const mediaType = reply.headers.get('content-type') ?? ''
    const said = responses[reply.status]?.content ?? responses.default?.content
    const answer = said?.[mediaType]?.schema
    expect([path, answer]).not.toEqual([path, undefined])
    const reader = z.fromJSONSchema(resolved(answer, schemas) as never)
    expect([path, reader.safeParse(JSON.parse(reply.text)).error]).toEqual([path, undefined])
    expect([path, reader.safeParse({ colour: 'red' }).success]).toEqual([
      path,
      path === '/v1/trust',
    ])
  }
})
