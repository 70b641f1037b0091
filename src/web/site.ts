import type { Context } from 'hono'
import { utf8 } from '../base/bytes.ts'
import type { Asked } from '../base/door.ts'
import { HTTP_PAGE_HEADERS, HTTPS_PAGE_HEADERS, PAGE_HEADERS } from './answer.ts'
import { type Content, html } from './html.ts'
import type { Lang } from './lang.ts'
import { type PageOptions, page, pageBegin, pageEnd } from './layout.ts'

/** What all pages of an installation have in common. */
export interface Site {
  /** `https://HOST` under which people reach it. */
  origin: string
  demo: boolean
  /** 運営者 and how to reach them, where the operator has said so. */
  operator?: string
  contact?: string
}

/** The language of a request: Japanese unless `?lang=en` asks for English. */
export function langOf(c: Asked): Lang {
  return c.req.query('lang') === 'en' ? 'en' : 'ja'
}

/** What browsers trust without TLS (https://w3c.github.io/webappsec-secure-contexts §3.1). */
const LOOPBACK = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/]/

/** What a page says of itself; the rest is the installation's and the request's. */
type OwnOptions = Omit<PageOptions, 'lang' | 'demo' | 'origin' | 'operator'>

/** A page with its headers in one piece. */
export function answerPage(
  c: Context,
  site: Site,
  options: OwnOptions,
  body: Content,
  status = 200,
): Response {
  const whole = page(optionsOf(c, site, options), body)
  const bytes = utf8(String(whole)) as BodyInit
  return new Response(bytes, { status, headers: pageHeaders(c, site) })
}

/**
 * A page whose begin leaves at once and whose rest follows when it is there: for what another
 * machine is asked about. The status has left with the begin, so `rest` tells of its own failures.
 */
export function answerPageInTwo(
  c: Context,
  site: Site,
  options: OwnOptions,
  begin: Content,
  rest: Promise<Content>,
): Response {
  const all = optionsOf(c, site, options)
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(utf8(`${html`${pageBegin(all)}${begin}`}`))
      controller.enqueue(utf8(`${html`${await rest}${pageEnd(all)}`}`))
      controller.close()
    },
  })
  return new Response(stream, { headers: pageHeaders(c, site) })
}

/** Where people sign in, no answer to a posted form is left in the browser's history. */
function optionsOf(c: Context, site: Site, options: OwnOptions): PageOptions {
  const all = { lang: langOf(c), ...site, ...options }
  const isOfPeople = options.area !== undefined || options.service !== undefined
  if (c.req.method !== 'POST' || !isOfPeople || options.answered === false) return all
  return { ...all, scripts: [...(options.scripts ?? []), '/js/answered.js'] }
}

function pageHeaders(c: Context, { origin }: Site): Record<string, string> {
  if (origin.startsWith('https:')) return HTTPS_PAGE_HEADERS
  return LOOPBACK.test(c.req.url) ? PAGE_HEADERS : HTTP_PAGE_HEADERS
}
