import type { OpenAPIHono } from '@hono/zod-openapi'
import { json } from '../web/answer.ts'
import { langOf } from '../web/site.ts'
import { mount } from './call.api.ts'
import { worded } from './lookup.api.ts'
import type { Platform } from './platform.ts'
import { recordBody, submitted } from './schemas.api.ts'

/** `POST /v1/records`: a guarantee company's signature is its credential. */
export function intakeApi(api: OpenAPIHono, { intake }: Platform): void {
  mount(
    api,
    {
      method: 'post',
      path: '/v1/records',
      summary: 'Submit a signed guarantee record',
      body: recordBody,
      answers: {
        201: {
          description: 'Appended; the receipt proves its place in the log',
          schema: submitted,
        },
        200: {
          description: 'The same content had arrived before: the same receipt',
          schema: submitted,
        },
      },
    },
    async (c, body) => {
      const { fresh, receipt, warnings, record } = await intake(body)
      const lang = langOf(c)
      const answer = {
        receipt,
        warnings: warnings.map((finding) => worded(lang, finding)),
        ...(record !== undefined && { record }),
      }
      return json(answer, fresh ? 201 : 200)
    },
  )
}
