import type { OpenAPIHono } from '@hono/zod-openapi'
import { API_HEADERS, json } from '../../web/answer.ts'
import { langOf } from '../../web/site.ts'
import { mount } from '../door/call.api.ts'
import {
  createdShare,
  lookupAnswer,
  openBody,
  pairBody,
  shareBody,
  shareList,
} from '../door/schemas.api.ts'
import { answerBody } from '../lookup/lookup.api.ts'
import type { Platform } from '../platform.ts'

/** `/v1/shares`: links that show one guarantee without its auth key. */
export function shareApi(api: OpenAPIHono, { authenticate, shares, lookup }: Platform): void {
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
    async (_c, { expiresAt, scope, ...pair }) =>
      json(await shares.create(await authenticate(pair), { expiresAt, scope }), 201),
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
      },
    },
    async (c, { token }) => {
      const { guarantee, scope } = await shares.open(token)
      const answer = await lookup.known(guarantee, { right: scope, evidence: true })
      return json(answerBody(langOf(c), answer))
    },
  )
  mount(
    api,
    {
      method: 'post',
      path: '/v1/shares/list',
      summary: 'The share links of a guarantee',
      body: pairBody,
      answers: { 200: { description: 'Newest first', schema: shareList } },
    },
    async (_c, pair) => json({ items: await shares.list(await authenticate(pair)) }),
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
      await shares.revoke(await authenticate(pair), c.req.param('id') as string)
      return new Response(null, { status: 204, headers: API_HEADERS })
    },
  )
}
