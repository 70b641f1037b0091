import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { concat, utf8 } from '../base/bytes.ts'
import { mount } from '../platform/door/call.api.ts'
import { API_HEADERS } from '../web/answer.ts'
import { bearerOf } from '../web/bearer.ts'
import type { Audit } from './audit.ts'
import {
  ACCESS_PARAMETERS,
  accessChoice,
  ENTRY_PARAMETERS,
  entryChoice,
  type Paging,
} from './choice.api.ts'
import { csv, ndjson, type StreamFormat } from './format.ts'
import type { Pull } from './pulls.ts'
import { accessPage, entryPage, REFUSED } from './schemas.api.ts'
import type { Auditor } from './tokens.ts'

const STREAMS =
  'Accept: application/x-ndjson or text/csv streams the whole selection up to the head at its start; the last line says that it is complete.'

/** Lists that auditors pull, with a token of the operator's. */
export function auditApi(api: OpenAPIHono, audit: Audit, send: SendBlocks): void {
  const { tokens, entryPull, accessPull } = audit
  mount(
    api,
    {
      method: 'get',
      path: '/v1/audit/entries',
      summary: 'All entries of the log, hidden and corrected ones included',
      bearer: 'auditor',
      parameters: ENTRY_PARAMETERS,
      answers: { 200: { description: STREAMS, schema: entryPage }, 401: REFUSED },
    },
    async (c) => {
      const auditor = await tokens.auditor(bearerOf(c))
      const { paging, ...choice } = entryChoice(c)
      return pulled(c, { audit, auditor, send }, await entryPull(auditor, choice), paging)
    },
  )
  mount(
    api,
    {
      method: 'get',
      path: '/v1/audit/access',
      summary: 'Who looked, tried, failed, shared and pulled',
      bearer: 'auditor',
      parameters: ACCESS_PARAMETERS,
      answers: { 200: { description: STREAMS, schema: accessPage }, 401: REFUSED },
    },
    async (c) => {
      const auditor = await tokens.auditor(bearerOf(c))
      const { paging, ...choice } = accessChoice(c)
      return pulled(c, { audit, auditor, send }, accessPull(auditor, choice), paging)
    },
  )
}

/** A page, or everything in one stream, as the client can take it. */
async function pulled(
  c: Context,
  { audit: { pulls }, auditor, send }: { audit: Audit; auditor: Auditor; send: SendBlocks },
  pull: Pull,
  paging: Paging,
): Promise<Response> {
  const format = streamFormat(c.req.header('accept') ?? '')
  if (format) {
    const { headers, bytes } = await pulls.stream(pull, auditor, format)
    const sender = c.req.method === 'HEAD' ? sendAsStream : send
    return sender(c, { ...API_HEADERS, 'content-type': format.type, ...headers }, bytes)
  }
  const { items, next } = await pulls.page(pull, auditor, paging)
  const end = next === undefined ? ']}' : `],"next":${JSON.stringify(next)}}`
  return new Response(concat(utf8('{"items":['), items, utf8(end)) as BodyInit, {
    headers: { ...API_HEADERS, 'content-type': 'application/json' },
  })
}

function streamFormat(accept: string): StreamFormat | undefined {
  const types = accept.split(',').map((type) => type.split(';')[0]?.trim().toLowerCase())
  if (types.includes('application/x-ndjson')) return ndjson
  return types.includes('text/csv') ? csv : undefined
}

/** How a runtime sends a body that is made block by block, each of which it may keep or give back. */
export type SendBlocks = (
  c: Context,
  headers: Record<string, string>,
  blocks: AsyncGenerator<Uint8Array>,
) => Response

/** On any runtime: a block is asked for when the client can take it. */
export const sendAsStream: SendBlocks = (_c, headers, blocks) => {
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await blocks.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      // The client went away: what it has not read is not read from the store either.
      async cancel() {
        await blocks.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers })
}
