import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { mount } from '../platform/door/call.api.ts'
import { checkText } from '../view/verdict.view.ts'
import { json } from '../web/answer.ts'
import { bearerOf } from '../web/bearer.ts'
import { langOf } from '../web/site.ts'
import type { Audit } from './audit.ts'
import { instantOf } from './choice.api.ts'
import type { AuditHistory } from './history.ts'
import { historyBody, REFUSED } from './schemas.api.ts'

/** `GET /v1/audit/history/:issuer/:contractNumber`. */
export function historyApi(api: OpenAPIHono, { tokens, history }: Audit): void {
  mount(
    api,
    {
      method: 'get',
      path: '/v1/audit/history/:issuer/:contractNumber',
      summary: 'The whole chain of a guarantee with proofs, as of an instant',
      bearer: 'auditor',
      parameters: [
        { name: 'issuer', in: 'path', description: 'Id of the issuer' },
        { name: 'contractNumber', in: 'path', description: 'Folded as the pages fold it' },
        {
          name: 'at',
          in: 'query',
          description:
            'An instant, included, or a day, which stands for its first moment in Tokyo; now unless given',
        },
      ],
      answers: {
        200: { description: 'Verified again from the stored bytes', schema: historyBody },
        401: REFUSED,
        404: { description: 'not_found: not here, out of scope, or not yet there at that instant' },
      },
    },
    async (c) => {
      const auditor = await tokens.auditor(bearerOf(c))
      const { issuer, contractNumber } = c.req.param() as Record<
        'issuer' | 'contractNumber',
        string
      >
      const found = await history(auditor, { issuer, contractNumber, at: instantOf(c) })
      return json(historyOf(c, found))
    },
  )
}

function historyOf(c: Context, { answer, at, status, rows, checkpoints }: AuditHistory) {
  const lang = langOf(c)
  return {
    issuer: answer.issuer.id,
    contractNumber: answer.contractNumber,
    at,
    checks: answer.checks
      .filter(({ id }) => id !== 'status')
      .map((check) => ({ ...check, text: checkText(lang, check, answer).text })),
    status,
    history: rows.map((row) => ({ ...row, record: answer.records.get(row.seq) })),
    checkpoints,
    ...(answer.evidence && { evidence: answer.evidence }),
  }
}
