import { FAULT_CODES, Fault, type FieldFault } from '../base/fault.ts'
import type { TrustDocument } from '../log/bundle.ts'
import type { EventSeen, OwnerSeen, PlatformPort, ShareSeen } from '../ports.ts'

/** Milliseconds in which an answer has to be here; somebody waits before a page for what is read. */
const PATIENCE = { deed: 15_000, reading: 3000 }

export interface PlatformElsewhere {
  /** `https://HOST`. */
  url: string
  /** What was handed over by a way of its own: the log's keys are taken from here alone. */
  pinned: TrustDocument
  readTrust(value: unknown): TrustDocument | undefined
  /** A bearer (issuer-request+jwt) that the company signs for one call. */
  bearerOf(issuer: string): Promise<string>
  patience?: typeof PATIENCE
}

interface Call {
  kind: keyof typeof PATIENCE
  body?: object
  bearer?: string | undefined
}

/** The platform of another installation, by its API (interface.md "Platform API"). */
export function platformHttp(elsewhere: PlatformElsewhere): PlatformPort {
  const { bearerOf } = elsewhere
  const call = createCall(elsewhere)
  const post = (path: string, body: object, bearer?: string) =>
    call(path, { kind: 'deed', body, bearer })

  return {
    async submit({ issuer, record, authKey }) {
      const first = authKey !== undefined
      const body = first ? { record, authKey } : { record }
      const bearer = first ? await bearerOf(issuer) : undefined
      const { receipt } = await post('/v1/records', body, bearer)
      return { receipt }
    },
    async head(issuer, contractNumber) {
      const path = `/v1/issuer/records/${encodeURIComponent(contractNumber)}/head`
      try {
        const { seq, sha256 } = await call(path, {
          kind: 'reading',
          bearer: await bearerOf(issuer),
        })
        return { seq: Number(seq), sha256: String(sha256) }
      } catch (error) {
        if (error instanceof Fault && error.code === 'not_found') return undefined
        throw error
      }
    },
    async rekey({ request, authKey }) {
      const { changedAt } = await post('/v1/keys', { request, authKey })
      return { changedAt: String(changedAt) }
    },
    async owners(query) {
      const { items } = await call(`/v1/owners?q=${encodeURIComponent(query)}`, { kind: 'reading' })
      return items as OwnerSeen[]
    },
    shares: {
      create: async (pair, wish) => (await post('/v1/shares', { ...pair, ...wish })) as never,
      async list(pair) {
        const { items } = await call('/v1/shares/list', { kind: 'reading', body: pair })
        return items as ShareSeen[]
      },
      async revoke(pair, id) {
        await post(`/v1/shares/${encodeURIComponent(id)}/revoke`, pair)
      },
    },
    async events(issuer, cursor) {
      const query = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`
      const bearer = await bearerOf(issuer)
      // No page waits for all of them: it goes on without, while they are read to their end.
      const { items, next } = await call(`/v1/issuer/events${query}`, { kind: 'deed', bearer })
      const seen = (items as EventSeen[]).map((event) => ({ ...event, at: timeOf(event) }))
      return { items: seen, ...(typeof next === 'string' && { next }) }
    },
    trust: createTrust(elsewhere, call),
  }
}

/** Entries tell when they arrived, notes when they were made. */
function timeOf({ arrivedAt, at }: EventSeen): string {
  return typeof arrivedAt === 'string' ? arrivedAt : at
}

/** Issuers' keys come and go while the log's keys stay as pinned. */
function createTrust(
  { pinned, readTrust }: PlatformElsewhere,
  call: ReturnType<typeof createCall>,
) {
  return async (): Promise<TrustDocument> => {
    try {
      const now = readTrust(await call('/v1/trust', { kind: 'reading' }))
      return now?.platform === pinned.platform ? { ...pinned, issuers: now.issuers } : pinned
    } catch {
      return pinned
    }
  }
}

/**
 * One call of the API. What cannot be reached, answers too late or answers otherwise than the API
 * does is `store_unavailable`: nobody knows then whether it was done.
 */
function createCall({ url, patience = PATIENCE }: PlatformElsewhere) {
  return async (path: string, { kind, body, bearer }: Call) => {
    let status: number
    let answer: unknown
    try {
      const response = await fetch(new URL(path, url), {
        method: body ? 'POST' : 'GET',
        redirect: 'error',
        headers: {
          ...(body && { 'content-type': 'application/json' }),
          ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(patience[kind]),
      })
      status = response.status
      answer = status === 204 ? {} : await response.json()
    } catch (error) {
      throw unreachable(url, error)
    }
    if (typeof answer !== 'object' || answer === null) throw unreachable(url, undefined)
    if (status >= 200 && status < 300) return answer as Record<string, unknown>
    throw faultOf(answer as Record<string, unknown>, url)
  }
}

/** The platform's own refusal (RFC 9457). */
function faultOf({ code, detail, errors }: Record<string, unknown>, url: string): Fault {
  const known = FAULT_CODES.find((one) => one === code)
  // What went wrong inside says nothing of what became of the call.
  if (known === undefined || known === 'internal') return unreachable(url, detail)
  return new Fault(known, typeof detail === 'string' ? detail : known, {
    ...(Array.isArray(errors) && { errors: errors as FieldFault[] }),
  })
}

function unreachable(url: string, cause: unknown): Fault {
  return new Fault('store_unavailable', `The platform at ${url} did not answer as it should.`, {
    ...(cause !== undefined && { cause }),
  })
}
