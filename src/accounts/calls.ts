import { base64url, hex, utf8 } from '../base/bytes.ts'
import { hmacSha256 } from '../base/hmac.ts'
import { AUTH_BASE, type Auth, SOURCE_HEADER } from './auth.ts'
import { SESSION_COOKIE } from './members.ts'

/** Whom a call is made for. */
export interface Caller {
  cookie: string | undefined
  /** The network that the request came from, as `SourceOf` names it. */
  source: string
  /** `Origin` of the request, as the browser wrote it. */
  origin: string | undefined
  agent: string | undefined
}

/** What the library answered. */
export interface Reply {
  ok: boolean
  status: number
  body: Record<string, unknown>
  /** Values for `Set-Cookie`; none of a refusal is passed on. */
  cookies: string[]
  location: string | undefined
  /** Whole seconds after which another try makes sense, of 429. */
  retryAfter: number | undefined
}

export type Call = (caller: Caller, path: string, body?: object) => Promise<Reply>

/**
 * Calls the library by its HTTP handler and not by its functions, which check neither origin nor
 * limits. With `body` it is a POST.
 * @param key for the names under which the library counts networks: it keeps no address
 */
export function createCall(authOf: () => Auth, origin: string, key: Uint8Array): Call {
  return async (caller, path, body) => {
    const headers = new Headers({ [SOURCE_HEADER]: networkName(key, caller.source) })
    if (caller.cookie !== undefined) headers.set('cookie', caller.cookie)
    if (caller.origin !== undefined) headers.set('origin', caller.origin)
    if (caller.agent !== undefined) headers.set('user-agent', caller.agent)
    if (body) headers.set('content-type', 'application/json')
    const init = body ? { method: 'POST', body: JSON.stringify(body) } : {}
    const request = new Request(`${origin}${AUTH_BASE}${path}`, { ...init, headers })
    return replyOf(await authOf().handler(request))
  }
}

const OIDC_PATIENCE = 10_000

/**
 * Calls of the single sign-on, through an instance of the library of their own, made with the first of
 * them: it asks the provider where its doors are before it does anything, and waits for as long as that
 * says nothing. Nobody who comes by another way may wait with it, and who comes by this one not for ever.
 */
export function createOidcCall(make: () => Auth, origin: string, key: Uint8Array): Call {
  let auth: Auth | undefined
  const call = createCall(() => (auth ??= make()), origin, key)
  return async (...args) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<Reply>((resolve) => {
      timer = setTimeout(() => resolve(TOO_LATE), OIDC_PATIENCE)
    })
    return Promise.race([call(...args), late]).finally(() => clearTimeout(timer))
  }
}

const TOO_LATE: Reply = {
  ok: false,
  status: 504,
  body: {},
  cookies: [],
  location: undefined,
  retryAfter: undefined,
}

async function replyOf(response: Response): Promise<Reply> {
  const ok = response.status < 400
  const text = await response.text()
  const wait = response.headers.get('x-retry-after')
  return {
    ok,
    status: response.status,
    body: bodyOf(text),
    cookies: ok ? response.headers.getSetCookie().map(untilClosed) : [],
    location: response.headers.get('location') ?? undefined,
    retryAfter: wait === null ? undefined : Number(wait),
  }
}

/**
 * The cookie of a session ends with the browser and not by a time of its own: when the session ends
 * the server says, by when it was last used, and a form that comes after that is kept by its cookie.
 */
function untilClosed(cookie: string): string {
  const lasts = cookie.includes(`${SESSION_COOKIE}=`) && !/; max-age=0(?:;|$)/i.test(cookie)
  return lasts ? cookie.replace(/; (?:max-age|expires)=[^;]*/gi, '') : cookie
}

function bodyOf(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>
  } catch {
    return {}
  }
}

/**
 * Stands for a network in the form of an address, which the library asks for: a private one (RFC 4193)
 * whose /64, by which it counts, follows from the network under a key.
 */
function networkName(key: Uint8Array, source: string): string {
  const bits = hex(hmacSha256(key, utf8(source)).subarray(0, 7))
  const groups = `fd${bits}`.match(/.{4}/g) ?? []
  return `${groups.join(':')}::`
}

/** A keyed hash of a code that somebody used. */
export function codeName(key: Uint8Array, user: string, code: string): string {
  return base64url(hmacSha256(key, utf8(`${user}\n${code}`)))
}
