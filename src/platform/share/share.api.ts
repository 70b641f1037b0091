import type { OpenAPIHono } from '@hono/zod-openapi'
import { API_HEADERS, json } from '../../web/answer.ts'
import { langOf } from '../../web/site.ts'
import type { Visitors } from '../access/visitor.page.ts'
import { mount } from '../door/call.api.ts'
import {
  createdShare,
  lookupAnswer,
  openBody,
  pairBody,
  shareBody,
  shareList,
  TOO_MANY_FAILURES,
} from '../door/schemas.api.ts'
import { answerBody } from '../lookup/lookup.api.ts'
import type { Platform } from '../platform.ts'

/** `/v1/shares`: links that show one guarantee without its auth key. */
export function shareApi(
  api: OpenAPIHono,
  { authenticate, shares, lookup }: Platform,
  visitors: Visitors,
): void {
  mount(
    api,
    {
      method: 'post',
      path: '/v1/shares',
      summary: 'Make a share link',
      body: shareBody,
      answers: {
        201: { description: 'The link; its token is shown this once', schema: createdShare },
      },
    },
    async (c, { expiresAt, scope, ...pair }) => {
      const visitor = visitors.ofCall(c)
      const guarantee = await authenticate(pair, visitor)
      return json(await shares.create(guarantee, { expiresAt, scope }, visitor), 201)
    },
  )
  mount(
    api,
    {
      method: 'post',
      path: '/v1/shares/open',
      summary: 'Look up by the token of a share link',
      body: openBody,
      answers: {
        200: { description: 'As look-up', schema: lookupAnswer },
        410: { description: 'share_expired_or_revoked' },
        429: { description: TOO_MANY_FAILURES },
      },
    },
    async (c, { token }) => {
      const visitor = visitors.ofCall(c)
      const { guarantee, scope, id } = await shares.open(token, visitor)
      const options = { right: scope, share: id, evidence: true }
      const answer = await lookup.known(guarantee, options, visitor)
      return json(answerBody(langOf(c), answer))
    },
  )
  manageApi(api, { authenticate, shares }, visitors)
}

function manageApi(
  api: OpenAPIHono,
  { authenticate, shares }: Pick<Platform, 'authenticate' | 'shares'>,
  visitors: Visitors,
): void {
  mount(
    api,
    {
      method: 'post',
      path: '/v1/shares/list',
      summary: 'The share links of a guarantee',
      body: pairBody,
      answers: { 200: { description: 'Newest first', schema: shareList } },
    },
    async (c, pair) =>
      json({ items: await shares.list(await authenticate(pair, visitors.ofCall(c))) }),
  )
  mount(
    api,
    {
      method: 'post',
      path: '/v1/shares/:id/revoke',
      summary: 'Withdraw a share link',
      parameters: [{ name: 'id', in: 'path', description: 'The id of the link' }],
      body: pairBody,
      answers: { 204: { description: 'Withdrawn' } },
    },
    async (c, pair) => {
      const visitor = visitors.ofCall(c)
      const id = c.req.param('id') as string
      await shares.revoke(await authenticate(pair, visitor), id, visitor)
      return new Response(null, { status: 204, headers: API_HEADERS })
    },
  )
}
