import { z } from '@hono/zod-openapi'
import { instant, receipt, state } from '../door/schemas.api.ts'

const sha256 = z
  .string()
  .openapi({ description: 'base64url, 43 characters', example: 'Z2tq0WzN7p…' })
const cursor = z.string().openapi({ description: 'Send it as it is to go on from here.' })

export const ownHead = z
  .object({
    contractNumber: z.string(),
    seq: z.int(),
    arrivedAt: instant,
    record: z.string().optional().openapi({
      description: 'Compact JWS, as it arrived; absent when its body was erased.',
    }),
    sha256: sha256.openapi({ description: 'Of the record: `prev` of the next one.' }),
    receipt,
    state,
  })
  .openapi('OwnHead')

export const ownKeyQuestion = z.strictObject({ authKey: z.string() }).openapi('OwnKeyQuestion')

export const ownKey = z
  .object({
    contractNumber: z.string(),
    opens: z.boolean().openapi({ description: 'Whether it is the one in force' }),
  })
  .openapi('OwnKey')

const ownEntry = z
  .object({
    cursor,
    kind: z.enum(['record', 'key-add', 'key-retire', 'key-revoke', 'erase']),
    index: z.int().openapi({ description: 'Position in the log' }),
    arrivedAt: instant,
    sha256: sha256.openapi({ description: 'Of the record, or of the key (its kid)' }),
    contractNumber: z.string().optional(),
    seq: z.int().optional(),
    kid: z.string().optional(),
    at: instant.optional().openapi({ description: 'From when the event of a key counts' }),
    reason: z.string().optional().openapi({
      description: 'Of a key-revoke: superseded or compromised; of an erase: a code',
    }),
  })
  .openapi('OwnEntry')

const ownNote = z
  .object({
    cursor,
    kind: z.enum(['lookup', 'share_created', 'share_opened', 'share_revoked', 'key_changed']),
    at: instant,
    contractNumber: z.string(),
    share: z
      .string()
      .optional()
      .openapi({ description: 'The id of a share link; of a look-up, the link that led to it' }),
  })
  .openapi('OwnNote')

export const ownEvents = z
  .object({
    items: z.array(z.union([ownEntry, ownNote])),
    next: cursor.optional().openapi({ description: 'There when more has happened already.' }),
  })
  .openapi('OwnEvents')
