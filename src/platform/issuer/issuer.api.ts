import type { OpenAPIHono } from '@hono/zod-openapi'
import { Fault } from '../../base/fault.ts'
import { parseDecimal } from '../../log/decimal.ts'
import { json } from '../../web/answer.ts'
import { bearerOf } from '../../web/bearer.ts'
import { mount } from '../door/call.api.ts'
import type { Platform } from '../platform.ts'
import {
  ownEvents as ownEventsBody,
  ownHead as ownHeadBody,
  ownKey as ownKeyBody,
  ownKeyQuestion,
} from './schemas.api.ts'

const USUAL_LIMIT = 100
const MOST = 1000

/** What an issuer's program may ask of its own; its signature is its credential here as well. */
export function issuerApi(api: OpenAPIHono, platform: Platform): void {
  const { issuerRequest, ownHead, ownEvents } = platform
  mount(
    api,
    {
      method: 'get',
      path: '/v1/issuer/records/:contractNumber/head',
      summary: 'The newest record of a guarantee of your own',
      bearer: 'issuerRequest',
      parameters: [
        { name: 'contractNumber', in: 'path', description: 'Folded as the pages fold it' },
      ],
      answers: {
        200: { description: 'What the next record has to follow', schema: ownHeadBody },
        401: { description: 'token_invalid; errors[] says what is wrong with the bearer' },
        404: { description: 'not_found: no guarantee of yours has this number' },
      },
    },
    async (c) => {
      const issuer = await issuerRequest(bearerOf(c))
      return json(await ownHead(issuer.id, c.req.param('contractNumber') as string))
    },
  )
  keyApi(api, platform)
  mount(
    api,
    {
      method: 'get',
      path: '/v1/issuer/events',
      summary: 'What has happened under your name',
      bearer: 'issuerRequest',
      parameters: [
        { name: 'cursor', in: 'query', description: 'Of the last event that you have dealt with' },
        { name: 'limit', in: 'query', description: `1 to ${MOST}, else ${USUAL_LIMIT}` },
      ],
      answers: {
        200: { description: 'In the order in which it happened', schema: ownEventsBody },
        401: { description: 'token_invalid; errors[] says what is wrong with the bearer' },
      },
    },
    async (c) => {
      const issuer = await issuerRequest(bearerOf(c))
      const limit = limitOf(c.req.query('limit'))
      return json(await ownEvents(issuer.id, { cursor: c.req.query('cursor'), limit }))
    },
  )
}

function keyApi(api: OpenAPIHono, { issuerRequest, ownKey }: Platform): void {
  mount(
    api,
    {
      method: 'post',
      path: '/v1/issuer/records/:contractNumber/key',
      summary: 'Whether an auth key opens a guarantee of your own',
      bearer: 'issuerRequest',
      parameters: [
        { name: 'contractNumber', in: 'path', description: 'Folded as the pages fold it' },
      ],
      body: ownKeyQuestion,
      answers: {
        200: {
          description: 'Yes or no; a no is no failed try, and stands in no access note',
          schema: ownKeyBody,
        },
        401: { description: 'token_invalid; errors[] says what is wrong with the bearer' },
        404: { description: 'not_found: no guarantee of yours has this number' },
      },
    },
    async (c, { authKey }) => {
      const issuer = await issuerRequest(bearerOf(c))
      return json(await ownKey(issuer.id, c.req.param('contractNumber') as string, authKey))
    },
  )
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return USUAL_LIMIT
  const limit = parseDecimal(text)
  if (limit !== undefined && limit >= 1 && limit <= MOST) return limit
  const detail = `A whole number from 1 to ${MOST}.`
  throw new Fault('body_invalid', `limit: ${detail}`, {
    errors: [{ field: 'limit', code: 'invalid', detail }],
  })
}
