import { createRoute, type OpenAPIHono, type z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Asked, Doors } from '../../base/door.ts'
import { Fault } from '../../base/fault.ts'
import { json, jsonAnswer, ndjson, problemAnswer } from '../../web/answer.ts'
import { type Line, parseJson, readJson, readLines } from '../../web/body.ts'
import type { Refusals } from './refusals.ts'
import { problemDetails } from './schemas.api.ts'

type Method = 'get' | 'post'

interface Call<Body extends z.ZodType> {
  method: Method
  path: string
  summary: string
  /** Parameters of the path and the query, as the document shows them. */
  parameters?: { name: string; in: 'path' | 'query'; description: string }[]
  /** What `Authorization: Bearer` has to carry; absent on calls that need none. */
  bearer?: keyof typeof BEARERS
  /** When it is needed, where it is not always. */
  bearerOptional?: string
  /** Absent on calls without a body. */
  body?: Body
  /** Bytes that a body may have. */
  limit?: number
  answers: Record<number, { description: string; schema?: z.ZodType }>
}

/** Bytes of a body, and of each line of one, unless a call says otherwise. */
const BODY_LIMIT = 64 * 1024

/** The bearers of the API, each a security scheme of the document. */
const BEARERS = {
  issuerRequest:
    'A compact JWS that the issuer signs for one call: typ issuer-request+jwt, claims iss, aud, iat (not older than 300 s), jti (a lower-case UUID, used once).',
  auditor: 'A token of the operator (akashi token create), within its scope and until it ends.',
}

/**
 * Mounts a call of the API and writes it into the OpenAPI document. The body is read by our own
 * few lines, since the order of faults (size, media type, shape) is part of the interface.
 */
export function mount<Body extends z.ZodType>(
  api: OpenAPIHono,
  call: Call<Body>,
  handle: (c: Context, body: z.infer<Body>) => Promise<Response>,
): void {
  const { method, path, body, limit = BODY_LIMIT } = call
  describe(api, call, 'application/json')
  api.on(method.toUpperCase(), path, async (c) =>
    handle(c, (body ? await readJson(c, body, limit) : undefined) as z.infer<Body>),
  )
  refuseOthers(api, call)
}

/** The doors beside the router, and how they tell a refusal. */
export interface Beside {
  doors: Doors
  refusals: Refusals
}

/** Mounts a call that comes in its thousands, and sets it among the doors beside the router. */
export function mountBeside<Body extends z.ZodType>(
  api: OpenAPIHono,
  { doors, refusals }: Beside,
  call: Call<Body> & { body: Body },
  handle: (asked: Asked, body: z.infer<Body>) => Promise<{ body: unknown; status?: number }>,
): void {
  const { path, body: schema, limit = BODY_LIMIT } = call
  mount(api, call, async (c, body) => {
    const given = await handle(c, body)
    return json(given.body, given.status)
  })
  doors.set(path, {
    limit,
    async answer(asked, bytes) {
      try {
        const given = await handle(asked, parseJson(bytes, schema as z.ZodType<z.infer<Body>>))
        return jsonAnswer(given.body, given.status)
      } catch (error) {
        const { fault, id } = refusals(path, error)
        return problemAnswer(fault, id)
      }
    },
  })
}

/** Mounts a call whose body and answer are JSON lines; `body` and the schemas are those of one line. */
export function mountLines<Body extends z.ZodType>(
  api: OpenAPIHono,
  call: Omit<Call<Body>, 'limit' | 'body'> & {
    body: Body
    limit: { bytes: number; lines: number }
  },
  handle: (c: Context, lines: Line<z.infer<Body>>[]) => Promise<unknown[]>,
): void {
  const { limit, ...rest } = call
  const limits = { ...limit, line: BODY_LIMIT }
  describe(api, rest, 'application/x-ndjson')
  api.on(call.method.toUpperCase(), call.path, async (c) =>
    ndjson(await handle(c, await readLines(c, call.body as z.ZodType<z.infer<Body>>, limits))),
  )
  refuseOthers(api, call)
}

/** No path has two calls: whoever sends another method is told the right one. */
function refuseOthers(api: OpenAPIHono, { method, path }: Pick<Call<never>, 'method' | 'path'>) {
  const allow = method === 'get' ? 'GET, HEAD' : 'POST'
  api.all(path, () => {
    throw new Fault('method_not_allowed', `Send this as ${method.toUpperCase()}.`, { allow })
  })
}

function describe<Body extends z.ZodType>(
  api: OpenAPIHono,
  { method, path, summary, body, answers, parameters, bearer, bearerOptional }: Call<Body>,
  type: string,
): void {
  const content = (schema: z.ZodType) => ({ content: { [type]: { schema } } })
  if (bearer) {
    const scheme = { type: 'http', scheme: 'bearer', description: BEARERS[bearer] } as const
    api.openAPIRegistry.registerComponent('securitySchemes', bearer, scheme)
  }
  api.openAPIRegistry.registerPath({
    ...createRoute({
      method,
      path: path.replaceAll(/:(\w+)/g, '{$1}'),
      summary,
      ...(bearerOptional !== undefined && { description: bearerOptional }),
      ...(bearer && {
        security: [...(bearerOptional === undefined ? [] : [{}]), { [bearer]: [] }],
      }),
      ...(body && { request: { body: { required: true, ...content(body) } } }),
      responses: {
        ...Object.fromEntries(
          Object.entries(answers).map(([status, { description, schema }]) => [
            status,
            { description, ...(schema && content(schema)) },
          ]),
        ),
        default: {
          description: 'A problem (RFC 9457); `code` says which.',
          content: { 'application/problem+json': { schema: problemDetails } },
        },
      },
    }),
    ...(parameters && {
      parameters: parameters.map((parameter) => ({
        ...parameter,
        required: parameter.in === 'path',
        schema: { type: 'string' as const },
      })),
    }),
  })
}
