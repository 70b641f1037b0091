import type { OpenAPIHono } from '@hono/zod-openapi'
import { checkNext, checkText } from '../../view/verdict.view.ts'
import type { Lang } from '../../web/lang.ts'
import { langOf } from '../../web/site.ts'
import type { Visitors } from '../access/visitor.page.ts'
import { type Beside, mountBeside } from '../door/call.api.ts'
import { lookupAnswer, lookupBody, TOO_MANY_FAILURES } from '../door/schemas.api.ts'
import { worded } from '../door/worded.ts'
import type { Platform } from '../platform.ts'
import type { Presented } from './present.ts'

/** `POST /v1/lookup`. */
export function lookupApi(
  api: OpenAPIHono,
  { lookup }: Platform,
  visitors: Visitors,
  beside: Beside,
): void {
  mountBeside(
    api,
    beside,
    {
      method: 'post',
      path: '/v1/lookup',
      summary: 'Look a guarantee up by contract number and auth key',
      body: lookupBody,
      answers: {
        200: {
          description: 'Everything verified again from the stored bytes',
          schema: lookupAnswer,
        },
        404: {
          description: 'not_found_or_key_mismatch: one answer for a wrong number and a wrong key',
        },
        429: { description: TOO_MANY_FAILURES },
      },
    },
    async (c, { include, ...request }) => {
      const { checker, contract, ...pair } = request
      const evidence = include === undefined || include.includes('evidence')
      const options = { evidence, checker, contract }
      const answer = await lookup.byPair(pair, options, visitors.ofCall(c))
      return { body: answerBody(langOf(c), answer) }
    },
  )
}

/** The answer of a look-up as the API words it; `Accept-Language` plays no part, `?lang=en` does. */
export function answerBody(lang: Lang, answer: Presented) {
  const { id, name, phone, url } = answer.issuer
  const hours = answer.issuer.hours
  return {
    verdict: answer.verdict,
    checks: answer.checks.map((check) => {
      const next = checkNext(lang, check, answer)
      return { ...check, text: checkText(lang, check, answer).text, ...(next && { next }) }
    }),
    issuer: { id, name, ...(phone && { phone }), ...(url && { url }), ...(hours && { hours }) },
    status: answer.status,
    warnings: answer.warnings.map((finding) => worded(lang, finding)),
    ...(answer.match && { match: answer.match }),
    certificate: answer.certificate,
    arrivedAt: answer.history.arrivedAt,
    history: answer.history.all.map((row) => ({
      ...row,
      record: answer.records.get(row.seq),
    })),
    ...(answer.partial && { partial: true }),
    ...(answer.evidence && { evidence: answer.evidence }),
    verificationReceipt: answer.verificationReceipt,
  }
}
