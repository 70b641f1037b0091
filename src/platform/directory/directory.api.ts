import type { OpenAPIHono } from '@hono/zod-openapi'
import { json } from '../../web/answer.ts'
import { mount } from '../door/call.api.ts'
import { issuerList, ownerList, trustDocument } from '../door/schemas.api.ts'
import type { Platform } from '../platform.ts'
import type { IssuerWithKeys } from './issuers.ts'

/** What anybody may know: owners that take part, issuers, what a verifier pins. */
export function directoryApi(api: OpenAPIHono, { owners, issuers, trust }: Platform): void {
  mount(
    api,
    {
      method: 'get',
      path: '/v1/owners',
      summary: 'Owners (発注者) that take electronic guarantees',
      parameters: [{ name: 'q', in: 'query', description: 'Part of a name, alias or code' }],
      answers: { 200: { description: 'By name', schema: ownerList } },
    },
    async (c) => json({ items: await owners.search(c.req.query('q') ?? '') }),
  )
  mount(
    api,
    {
      method: 'get',
      path: '/v1/issuers',
      summary: 'Guarantee companies (保証会社) and their keys',
      answers: { 200: { description: 'By id', schema: issuerList } },
    },
    async () => json({ items: (await issuers.list()).map(publicIssuer) }),
  )
  mount(
    api,
    {
      method: 'get',
      path: '/v1/trust',
      summary: 'What an offline verifier pins (akashi-trust/v1)',
      answers: {
        200: { description: 'Keys of the log, the receipts, the issuers', schema: trustDocument },
      },
    },
    async () => json(await trust()),
  )
}

function publicIssuer({ phone, url, hours, keys, ...issuer }: IssuerWithKeys) {
  return {
    ...issuer,
    ...(phone !== null && { phone }),
    ...(url !== null && { url }),
    ...(hours !== null && { hours }),
    keys: keys.map(({ issuer: _, ...key }) => key),
  }
}
