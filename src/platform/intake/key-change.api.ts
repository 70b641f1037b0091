import type { OpenAPIHono } from '@hono/zod-openapi'
import { json } from '../../web/answer.ts'
import { mount } from '../door/call.api.ts'
import { keyChangeBody, keyChanged } from '../door/schemas.api.ts'
import type { Platform } from '../platform.ts'

/** `POST /v1/keys`. */
export function keyChangeApi(api: OpenAPIHono, { keyChange }: Platform): void {
  mount(
    api,
    {
      method: 'post',
      path: '/v1/keys',
      summary: 'Change the auth key of a guarantee, at its issuer’s signed request',
      body: keyChangeBody,
      answers: {
        200: { description: 'The old key and all share links have ended', schema: keyChanged },
      },
    },
    async (_c, body) => json(await keyChange(body)),
  )
}
