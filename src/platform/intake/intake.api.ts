import type { OpenAPIHono } from '@hono/zod-openapi'
import { routePath } from 'hono/route'
import { problemBody } from '../../web/answer.ts'
import { bearerOf } from '../../web/bearer.ts'
import type { Lang } from '../../web/lang.ts'
import { langOf } from '../../web/site.ts'
import { type Beside, mountBeside, mountLines } from '../door/call.api.ts'
import type { Refusals } from '../door/refusals.ts'
import { batchLine, recordBody, submitted as submittedBody } from '../door/schemas.api.ts'
import { worded } from '../door/worded.ts'
import type { Platform } from '../platform.ts'
import type { Submitted } from './submission.ts'

const BEARER =
  'The signature of the record is the credential, and no bearer is needed. The one exception: once the log was reopened after a loss, seq 1 needs a bearer of its issuer (one for a whole batch); without it such a record is answered token_invalid.'

/** `POST /v1/records`: a guarantee company's signature is its credential. */
export function intakeApi(api: OpenAPIHono, { intake }: Platform, beside: Beside): void {
  mountBeside(
    api,
    beside,
    {
      method: 'post',
      path: '/v1/records',
      summary: 'Submit a signed guarantee record',
      bearer: 'issuerRequest',
      bearerOptional: BEARER,
      body: recordBody,
      answers: {
        201: {
          description: 'Appended; the receipt proves its place in the log',
          schema: submittedBody,
        },
        200: {
          description: 'The same content had arrived before: the same receipt',
          schema: submittedBody,
        },
        401: {
          description:
            'token_invalid: seq 1 of a log that was reopened after a loss comes with a bearer of its issuer',
        },
      },
    },
    async (c, body) => {
      const submitted = await intake(body, bearerOf(c))
      return { body: answerOf(langOf(c), submitted), status: statusOf(submitted) }
    },
  )
}

const BATCH_BYTES = 20 * 1024 * 1024

/** `POST /v1/records/batch`: many submissions in one body, each answered for itself, in order. */
export function batchApi(
  api: OpenAPIHono,
  { intakeBatch, largestBatch: lines }: Platform,
  refusals: Refusals,
): void {
  mountLines(
    api,
    {
      method: 'post',
      path: '/v1/records/batch',
      summary: `Submit up to ${lines.toLocaleString('en')} signed guarantee records`,
      bearer: 'issuerRequest',
      bearerOptional: BEARER,
      body: recordBody,
      limit: { bytes: BATCH_BYTES, lines },
      answers: { 200: { description: 'One answer for each line, in order', schema: batchLine } },
    },
    async (c, submissions) => {
      const lang = langOf(c)
      const outcomes = await intakeBatch(submissions, bearerOf(c))
      return outcomes.map((outcome, i) => {
        if ('submitted' in outcome) {
          const { submitted } = outcome
          return { line: i + 1, status: statusOf(submitted), ...answerOf(lang, submitted) }
        }
        const { fault, id } = refusals(routePath(c), outcome.fault)
        const problem = problemBody(fault, id)
        return { line: i + 1, status: problem.status, problem }
      })
    },
  )
}

function statusOf({ fresh }: Submitted): number {
  return fresh ? 201 : 200
}

function answerOf(lang: Lang, { receipt, warnings, record }: Submitted) {
  return {
    receipt,
    warnings: warnings.map((finding) => worded(lang, finding)),
    ...(record !== undefined && { record }),
  }
}
