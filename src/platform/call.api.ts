import { createRoute, type OpenAPIHono, type z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { readJson } from '../web/body.ts'
import { problemDetails } from './schemas.api.ts'

type Method = 'get' | 'post'

interface Call<Body extends z.ZodType> {
  method: Method
  path: string
  summary: string
  /** Parameters of the path and the query, as the document shows them. */
  parameters?: { name: string; in: 'path' | 'query'; description: string }[]
  /** Absent on calls without a body. */
  body?: Body
  /** Bytes that a body may have. */
  limit?: number
  answers: Record<number, { description: string; schema?: z.ZodType }>
}

const BODY_LIMIT = 64 * 1024

/**
 * Mounts a call of the API and writes it into the OpenAPI document. The body is read by our own
 * few lines, since the order of faults (size, media type, shape) is part of the interface.
 */
export function mount<Body extends z.ZodType>(
  api: OpenAPIHono,
  call: Call<Body>,
  handle: (c: Context, body: z.infer<Body>) => Promise<Response>,
): void {
  const { method, path, summary, body, limit = BODY_LIMIT } = call
  api.openAPIRegistry.registerPath({
    ...createRoute({
      method,
      path: path.replaceAll(/:(\w+)/g, '{$1}'),
      summary,
      ...(body && {
        request: { body: { required: true, content: { 'application/json': { schema: body } } } },
      }),
      responses: {
        ...Object.fromEntries(
          Object.entries(call.answers).map(([status, { description, schema }]) => [
            status,
            { description, ...(schema && { content: { 'application/json': { schema } } }) },
          ]),
        ),
        default: {
          description: 'A problem (RFC 9457); `code` says which.',
          content: { 'application/problem+json': { schema: problemDetails } },
        },
      },
    }),
    ...(call.parameters && {
      parameters: call.parameters.map((parameter) => ({
        ...parameter,
        required: parameter.in === 'path',
        schema: { type: 'string' as const },
      })),
    }),
  })
  api.on(method.toUpperCase(), path, async (c) =>
    handle(c, (body ? await readJson(c, body, limit) : undefined) as z.infer<Body>),
  )
}
