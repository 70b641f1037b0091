import { FAULT_CODES, Fault, type FieldFault } from '../base/fault.ts'
import type { TrustDocument } from '../log/bundle.ts'
import type { Clock, EventSeen, OwnerSeen, PlatformPort, ShareSeen } from '../ports.ts'

/** Milliseconds in which an answer has to be here; somebody waits before a page for what is read. */
const PATIENCE = { deed: 15_000, reading: 3000 }
/** Milliseconds within which nobody waits again for a platform that was waited for in vain. */
const PAUSE = 10_000

export interface PlatformElsewhere {
  /** `https://HOST`. */
  url: string
  /** What was handed over by a way of its own: the log's keys are taken from here alone. */
  pinned: TrustDocument
  readTrust(value: unknown): TrustDocument | undefined
  /** A bearer (issuer-request+jwt) that the company signs for one call. */
  bearerOf(issuer: string): Promise<string>
  clock: Pick<Clock, 'monotonic'>
  patience?: typeof PATIENCE
}

interface Call {
  patience: keyof typeof PATIENCE
  /** What only reads is not asked within the pause; a deed always is. */
  reads: boolean
  body?: object
  bearer?: string | undefined
}

/** The platform of another installation, by its API (interface.md "Platform API"). */
export function platformHttp(elsewhere: PlatformElsewhere): PlatformPort {
  const { bearerOf } = elsewhere
  const silence = createSilence(elsewhere.clock)
  const call = createCall(elsewhere, silence)
  const read = (path: string, more: { body?: object; bearer?: string } = {}) =>
    call(path, { patience: 'reading', reads: true, ...more })
  const post = (path: string, body: object, bearer?: string) =>
    call(path, { patience: 'deed', reads: false, body, bearer })

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
        const { seq, sha256 } = await read(path, { bearer: await bearerOf(issuer) })
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
    async opens({ issuer, contractNumber, authKey }) {
      const path = `/v1/issuer/records/${encodeURIComponent(contractNumber)}/key`
      const bearer = await bearerOf(issuer)
      const { opens } = await read(path, { body: { authKey }, bearer })
      if (typeof opens === 'boolean') return opens
      throw unreachable(elsewhere.url, undefined)
    },
    async owners(query) {
      const { items } = await read(`/v1/owners?q=${encodeURIComponent(query)}`)
      return items as OwnerSeen[]
    },
    shares: {
      create: async (pair, wish) => (await post('/v1/shares', { ...pair, ...wish })) as never,
      async list(pair) {
        const { items } = await read('/v1/shares/list', { body: pair })
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
      const asked = { patience: 'deed', reads: true, bearer } as const
      const { items, next } = await call(`/v1/issuer/events${query}`, asked)
      const seen = (items as EventSeen[]).map((event) => ({ ...event, at: timeOf(event) }))
      return { items: seen, ...(typeof next === 'string' && { next }) }
    },
    trust: createTrust(elsewhere, read),
    unanswered: silence.seconds,
  }
}

/** Entries tell when they arrived, notes when they were made. */
function timeOf({ arrivedAt, at }: EventSeen): string {
  return typeof arrivedAt === 'string' ? arrivedAt : at
}

/** Issuers' keys come and go while the log's keys stay as pinned. */
function createTrust(
  { pinned, readTrust }: PlatformElsewhere,
  read: (path: string) => Promise<Record<string, unknown>>,
) {
  return async (): Promise<TrustDocument> => {
    try {
      const now = readTrust(await read('/v1/trust'))
      return now?.platform === pinned.platform ? { ...pinned, issuers: now.issuers } : pinned
    } catch {
      return pinned
    }
  }
}

/** When a platform was last waited for in vain; forgotten when it answers, or after the pause. */
function createSilence({ monotonic }: Pick<Clock, 'monotonic'>) {
  let askedAt: number | undefined
  return {
    seconds(): number | undefined {
      const past = askedAt === undefined ? PAUSE : monotonic() - askedAt
      return past < PAUSE ? Math.floor(past / 1000) : undefined
    },
    began: () => {
      askedAt = monotonic()
    },
    ended: () => {
      askedAt = undefined
    },
  }
}

/** Who is told at once has waited for nothing, and may ask again. */
function wasWaitedFor({ name, cause }: Error): boolean {
  const code = (cause as { code?: string } | undefined)?.code
  return name === 'TimeoutError' || code === 'UND_ERR_CONNECT_TIMEOUT'
}

/**
 * One call of the API. What cannot be reached, answers too late or answers otherwise than the API
 * does is `store_unavailable`: nobody knows then whether it was done.
 */
function createCall(
  { url, patience: times = PATIENCE }: PlatformElsewhere,
  silence: ReturnType<typeof createSilence>,
) {
  return async (path: string, { patience, reads, body, bearer }: Call) => {
    if (reads && silence.seconds() !== undefined) throw unreachable(url, 'asked in vain just now')
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
        signal: AbortSignal.timeout(times[patience]),
      })
      status = response.status
      answer = status === 204 ? {} : await response.json()
      silence.ended()
    } catch (error) {
      if (wasWaitedFor(error as Error)) silence.began()
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
