import { z } from '@hono/zod-openapi'
import { MOST_YEN } from '../../base/yen.ts'
import { KINDS } from '../../guarantee/certificate.ts'

/** Members that several calls share; the names are those of the API. */
export const instant = z.string().openapi({ example: '2025-11-17T00:30:05.123Z' })
const day = z.string().openapi({ example: '2025-11-14' })

const pairMembers = {
  contractNumber: z.string().min(1).max(100).openapi({
    description: 'Folded as the pages fold it: full-width, hyphen variants, spaces.',
    example: '12345-678901',
  }),
  authKey: z.string().min(1).max(100).openapi({ example: 'Z28YUE4J3Bux' }),
  issuer: z.string().max(32).optional().openapi({
    description: 'Needed only where more than two issuers use the same number.',
  }),
}

/** Its length is judged by guarantee/lookup-options.ts, in code points as JSON Schema counts. */
const shortText = z.string().min(1).openapi({ maxLength: 200 })

export const lookupBody = z
  .strictObject({
    ...pairMembers,
    checker: z
      .strictObject({ department: shortText.optional(), name: shortText.optional() })
      .optional(),
    contract: z
      .strictObject({
        worksName: shortText.optional(),
        worksNumber: shortText.optional(),
        contractPrice: z.int().min(1).max(MOST_YEN).optional(),
        worksContractDate: z.iso.date().optional(),
        worksPeriod: z
          .strictObject({ start: z.iso.date().optional(), end: z.iso.date().optional() })
          .optional(),
        ownerName: shortText.optional(),
        contractorName: shortText.optional(),
      })
      .optional()
      .openapi({ description: 'At least one member, to be compared with the certificate.' }),
    include: z.array(z.literal('evidence')).optional().openapi({
      description: 'The evidence is included unless this is given without it.',
    }),
  })
  .openapi('Lookup')

export const recordBody = z
  .strictObject({
    record: z.string().openapi({ description: 'Compact JWS, typ guarantee-record+jwt.' }),
    authKey: z.string().optional().openapi({ description: 'With seq 1, and only then.' }),
  })
  .openapi('Submission')

export const keyChangeBody = z
  .strictObject({
    request: z.string().openapi({ description: 'Compact JWS, typ key-change+jwt.' }),
    authKey: z.string().openapi({ description: 'The new key; the request signs its digest.' }),
  })
  .openapi('KeyChange')

export const keyChanged = z
  .object({ contractNumber: z.string(), changedAt: instant })
  .openapi('KeyChanged')

const finding = z
  .object({
    rule: z.string().openapi({ example: 'V02' }),
    code: z.string(),
    severity: z.enum(['info', 'warn', 'not_checkable']),
    text: z.string(),
    field: z.string().optional(),
    actual: z.union([z.number(), z.string()]).optional(),
    limit: z.union([z.number(), z.string()]).optional(),
  })
  .openapi('Finding')

export const receipt = z
  .object({
    issuer: z.string(),
    contractNumber: z.string(),
    seq: z.int(),
    arrivedAt: instant.openapi({ description: 'Time of arrival (電子保証発行日時)' }),
    index: z.int(),
    treeSize: z.int(),
    proof: z
      .string()
      .openapi({ description: 'c2sp.org/tlog-proof@v1; its extra is the log entry.' }),
  })
  .openapi('Receipt')

export const submitted = z
  .object({
    receipt,
    warnings: z.array(finding),
    record: z.string().optional().openapi({
      description: 'The stored record, when the same content came again under another signature.',
    }),
  })
  .openapi('Submitted')

export const batchLine = z
  .object({
    line: z.int(),
    status: z.int(),
    receipt: receipt.optional(),
    warnings: z.array(finding).optional(),
    record: z.string().optional(),
    problem: z.record(z.string(), z.unknown()).optional(),
  })
  .openapi('BatchLine')

const check = z
  .object({
    id: z.enum(['integrity', 'issuer', 'log', 'status', 'match', 'sufficiency']),
    result: z.enum(['pass', 'fail', 'unknown']),
    code: z.string(),
    text: z.string(),
    next: z.string().optional(),
  })
  .openapi('Check')

export const state = z
  .enum(['in_force', 'not_started', 'expired', 'cancelled', 'released', 'on_paper', 'unknown'])
  .openapi({ description: '`unknown` when a version cannot be read.' })

const certificate = z.record(z.string(), z.unknown()).openapi('Certificate')

export const lookupAnswer = z
  .object({
    verdict: z.enum(['verified', 'attention', 'failed', 'indeterminate']),
    checks: z.array(check),
    issuer: z.object({
      id: z.string(),
      name: z.string(),
      phone: z.string().optional(),
      url: z.string().optional(),
      hours: z.string().optional(),
    }),
    status: z.object({
      state,
      asOf: instant,
      seq: z.int(),
      amendments: z.int(),
    }),
    warnings: z.array(finding),
    match: z
      .object({
        fields: z.array(
          z.object({
            field: z.string(),
            result: z.enum(['same', 'variant', 'different']),
            theirs: z.union([z.string(), z.number()]),
            ours: z.union([z.string(), z.number(), z.null()]),
          }),
        ),
      })
      .optional(),
    certificate: certificate.nullable().openapi({
      description: 'The current snapshot; null when the newest version cannot be read.',
    }),
    arrivedAt: instant.optional().openapi({
      description: '電子保証発行日時 of the content in force; absent when that cannot be told.',
    }),
    history: z.array(
      z.object({
        seq: z.int(),
        event: z.string(),
        label: z.string(),
        arrivedAt: instant,
        index: z.int(),
        hidden: z.boolean(),
        hiddenReason: z.enum(['corrected', 'cancelled', 'is_cancellation']).optional(),
        hiddenBy: z.int().optional(),
        reason: z.string().optional(),
        changes: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })),
        certificate,
        record: z.string(),
      }),
    ),
    evidence: z.record(z.string(), z.unknown()).optional().openapi({
      description: 'akashi-evidence/v1: verify it offline with akashi verify.',
    }),
    verificationReceipt: z.string().openapi({ description: '検証票, compact JWS.' }),
    partial: z.boolean().optional(),
  })
  .openapi('LookupAnswer')

/** Of calls that take a pair or a token. */
export const TOO_MANY_FAILURES =
  'rate_limited: too many wrong tries of this network are waiting for an answer already'

export const shareBody = z
  .strictObject({
    ...pairMembers,
    expiresAt: z.string().optional(),
    scope: z.enum(['current', 'history']).optional(),
  })
  .openapi('NewShare')

export const pairBody = z.strictObject(pairMembers).openapi('Pair')

export const createdShare = z
  .object({
    id: z.string(),
    url: z.string(),
    scope: z.enum(['current', 'history']),
    expiresAt: instant,
  })
  .openapi('CreatedShare')

export const shareList = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        scope: z.enum(['current', 'history']),
        createdAt: instant,
        expiresAt: instant,
        revokedAt: instant.optional(),
        openings: z.int(),
        lastOpenedAt: instant.optional(),
      }),
    ),
  })
  .openapi('Shares')

export const openBody = z.strictObject({ token: z.string().max(200) }).openapi('OpenShare')

export const ownerList = z
  .object({
    items: z.array(
      z.object({
        code: z.string().optional(),
        name: z.string(),
        aliases: z.array(z.string()),
        start: z.object({ date: day, basis: z.string() }),
        kinds: z.array(z.enum(KINDS)),
        issuerClasses: z.array(z.string()),
        departments: z.array(z.record(z.string(), z.unknown())),
        basisText: z.string().optional(),
        mailTemplate: z.object({ subject: z.string(), body: z.string() }).optional(),
      }),
    ),
  })
  .openapi('Owners')

export const issuerList = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        iss: z.string(),
        name: z.string(),
        numberPattern: z.string(),
        class: z.string(),
        phone: z.string().optional(),
        url: z.string().optional(),
        hours: z.string().optional(),
        keys: z.array(z.record(z.string(), z.unknown())),
      }),
    ),
  })
  .openapi('Issuers')

export const trustDocument = z.record(z.string(), z.unknown()).openapi('Trust')

export const problemDetails = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    instance: z.string(),
    errors: z
      .array(z.object({ field: z.string(), code: z.string(), detail: z.string() }))
      .optional(),
  })
  .openapi('Problem')
