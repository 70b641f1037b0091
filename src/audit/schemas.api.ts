import { z } from '@hono/zod-openapi'
import { instant } from '../platform/door/schemas.api.ts'

/** How every call here answers to a bearer that will not do. */
export const REFUSED = { description: 'token_invalid: unknown, expired or withdrawn' }

const text = z.string().nullable()
const whole = z.int().nullable()
const next = z.string().optional().openapi({
  description: 'cursor of the next page; absent on the last one',
})
const hash = z.string().openapi({ description: 'SHA-256, base64url' })

const entry = z
  .object({
    index: z.int().openapi({ description: 'Position in the log' }),
    arrivedAt: instant,
    entry: z.enum(['record', 'key-add', 'key-retire', 'key-revoke', 'access-head', 'erase']),
    issuer: z.string().openapi({ description: '`-` for an entry about no issuer' }),
    contractNumber: text,
    seq: whole,
    event: text,
    targetSeq: whole.openapi({ description: 'What it corrects or cancels' }),
    reasonCode: text,
    reason: text,
    kind: text,
    ownerCode: text,
    ownerName: text,
    contractorName: text,
    worksName: text,
    contractPrice: whole,
    guaranteedAmount: whole,
    coverageEnd: text,
    jti: text,
    kid: text.openapi({ description: 'The key that signed, or that the entry is about' }),
    at: instant.nullable().openapi({ description: 'When an event of a key counts from' }),
    count: whole.openapi({ description: 'Rows of the access log under an access-head' }),
    sha256: hash,
  })
  .openapi('AuditEntry')

export const entryPage = z.object({ items: z.array(entry), next }).openapi('AuditEntries')

const access = z
  .object({
    id: z.int(),
    at: instant,
    kind: z.string().openapi({ example: 'lookup_failed' }),
    issuer: text,
    numberKey: text,
    source: text.openapi({ description: 'Keyed hash of where it came from' }),
    detail: z.record(z.string(), z.unknown()),
    commitment: text.openapi({ description: 'What the chain holds of names, hexadecimal' }),
  })
  .openapi('AuditAccess')

export const accessPage = z.object({ items: z.array(access), next }).openapi('AuditAccesses')

const checkpoint = z.object({
  size: z.int(),
  root: z.string().openapi({ description: 'Base64' }),
  note: z.string().openapi({ description: 'Signed note, c2sp.org/tlog-checkpoint' }),
})

export const historyBody = z
  .object({
    issuer: z.string(),
    contractNumber: z.string(),
    at: instant,
    checks: z.array(
      z.object({
        id: z.enum(['integrity', 'issuer', 'log']),
        result: z.enum(['pass', 'fail', 'unknown']),
        code: z.string(),
        text: z.string(),
      }),
    ),
    status: z.object({
      state: z.string(),
      asOf: instant,
      seq: z.int(),
      amendments: z.int(),
    }),
    history: z
      .array(
        z.object({
          seq: z.int(),
          event: z.string(),
          label: z.string(),
          arrivedAt: instant,
          index: z.int(),
          hidden: z.boolean(),
          hiddenReason: z.string().optional(),
          hiddenBy: z.int().optional(),
          reason: z.string().optional(),
          changes: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })),
          certificate: z.record(z.string(), z.unknown()),
          record: z.string().optional(),
        }),
      )
      .openapi({ description: 'As it stood at `at`, hidden rows included' }),
    checkpoints: z
      .object({
        before: checkpoint.optional(),
        after: checkpoint.optional(),
        consistency: z.array(z.string()).optional().openapi({
          description: 'Proof from `before` to the checkpoint of the evidence, base64',
        }),
      })
      .openapi({ description: 'The last signed head at or before `at`, the first after it' }),
    evidence: z.record(z.string(), z.unknown()).optional().openapi({
      description: 'akashi-evidence/v1, the whole chain to the current head',
    }),
  })
  .openapi('AuditHistory')
