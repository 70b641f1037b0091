import { OpenAPIHono } from '@hono/zod-openapi'
import { type Context, Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import { memberAt } from './accounts/require-member.ts'
import { accountWords } from './accounts/words/account.ts'
import { auditApi, type SendBlocks, sendAsStream } from './audit/audit.api.ts'
import { createAudit } from './audit/audit.ts'
import { historyApi } from './audit/history.api.ts'
import type { Doors } from './base/door.ts'
import { Fault } from './base/fault.ts'
import { instant } from './base/time.ts'
import { areaOf } from './desk/company/area.ts'
import { createVisitors } from './platform/access/visitor.page.ts'
import { directoryApi } from './platform/directory/directory.api.ts'
import { directoryPages } from './platform/directory/directory.page.ts'
import { createRefusals, type Refusals } from './platform/door/refusals.ts'
import { batchApi, intakeApi } from './platform/intake/intake.api.ts'
import { keyChangeApi } from './platform/intake/key-change.api.ts'
import { issuerApi } from './platform/issuer/issuer.api.ts'
import { healthApi } from './platform/log/health.api.ts'
import type { Health } from './platform/log/health.ts'
import { logApi } from './platform/log/log.api.ts'
import { helpPages } from './platform/lookup/help.page.ts'
import { lookupApi } from './platform/lookup/lookup.api.ts'
import { lookupPages, type Sample } from './platform/lookup/lookup.page.ts'
import type { Platform } from './platform/platform.ts'
import { shareApi } from './platform/share/share.api.ts'
import { sharePages } from './platform/share/share.page.ts'
import { sharesPages } from './platform/share/shares.page.ts'
import type { Clock, Ports } from './ports.ts'
import { errorTitle, errorView } from './view/error.view.ts'
import { json, problem, seeOther, statusOf } from './web/answer.ts'
import type { PageOptions } from './web/layout.ts'
import { answerPage, langOf, type Site } from './web/site.ts'
import type { SourceOf } from './web/source.ts'

export interface AppParts {
  ports: Ports
  platform: Platform
  health: Health
  site: Site
  sourceOf: SourceOf
  /** Whether anybody may read the log's tiles. */
  logPublic: boolean
  sample: Sample | undefined
  /** Where the platform is, when elsewhere: then none of its pages and calls are here. */
  platformElsewhere?: string | undefined
  /** The pages of those who are signed in, and of signing in; none on a runtime without them. */
  signedIn?: Hono
  /** Filled with the calls that a runtime may take before the router does. */
  doors?: Doors
  /** How this runtime sends what is made block by block; as a stream unless given. */
  sendBlocks?: SendBlocks
}

const API_DESCRIPTION =
  'Verification of electronic guarantees (電子保証). Times are RFC 3339 UTC, amounts whole yen. Texts (`text`, `next`) are Japanese; with `?lang=en` in English.'

/** The whole product as one function of its parts. */
export function createApp(parts: AppParts): Hono {
  const { ports, health, site, platformElsewhere, signedIn } = parts
  const app = new Hono()

  // A form may be posted from a page of this site only, under whichever name it was reached. Other
  // methods are none that a form of another site can send, and no page takes them.
  const sameSite = csrf({
    origin: (origin, c) => origin === site.origin || origin === new URL(c.req.url).origin,
  })
  app.use((c, next) => (c.req.method === 'POST' && !isApi(c.req.path) ? sameSite(c, next) : next()))

  const refusals = createRefusals(ports)
  app.route('/', healthApi(health))
  if (platformElsewhere === undefined) mountPlatform(app, parts, refusals)
  else sendToPlatform(app, platformElsewhere)
  if (signedIn) app.route('/', signedIn)

  const refuse = createRefusal(refusals, ports.clock, site)
  app.notFound((c) => refuse(c, new Fault('not_found', 'There is nothing under this path.')))
  app.onError((error, c) => refuse(c, error))
  return app
}

/** The platform's calls and pages. */
function mountPlatform(app: Hono, parts: AppParts, refusals: Refusals): void {
  const { ports, platform, site, sourceOf, logPublic, sample } = parts
  const { sendBlocks = sendAsStream, doors = new Map() } = parts
  const beside = { doors, refusals }
  const api = new OpenAPIHono()
  const visitors = createVisitors(platform.devices, sourceOf, site.origin)
  intakeApi(api, platform, beside)
  batchApi(api, platform, refusals)
  keyChangeApi(api, platform)
  issuerApi(api, platform)
  lookupApi(api, platform, visitors, beside)
  shareApi(api, platform, visitors)
  directoryApi(api, platform)
  const audit = createAudit(ports, platform)
  auditApi(api, audit, sendBlocks)
  historyApi(api, audit)
  const document = documentOf(api, site.origin)
  app.get('/openapi.json', () => json(document(), 200, { 'access-control-allow-origin': '*' }))
  app.route('/', api)
  if (logPublic) app.route('/', logApi(platform.publicLog))
  app.route('/', lookupPages(platform, site, visitors, sample))
  app.route('/', sharePages(platform, site, visitors))
  app.route('/', sharesPages(platform, site, visitors, ports.clock.now))
  app.route('/', directoryPages(platform, site, ports.clock.now))
  app.route('/', helpPages(site, sample, document))
}

/** Pages that every page links, and that the platform has. */
const PUBLIC_PAGES = [
  ...['/help', '/owners', '/issuers', '/log', '/docs'],
  ...['/terms', '/accessibility', '/privacy'],
]

/** Written when it is first asked for: no start waits for it. */
function documentOf(api: OpenAPIHono, origin: string) {
  let document: ReturnType<typeof api.getOpenAPI31Document> | undefined
  return () => {
    document ??= api.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: 'Akashi', version: '1', description: API_DESCRIPTION },
      servers: [{ url: origin }],
    })
    return document
  }
}

/** What a desk alone does in the place of the platform's pages. */
function sendToPlatform(app: Hono, origin: string): void {
  app.get('/', () => seeOther('/desk'))
  for (const path of PUBLIC_PAGES) {
    app.get(path, (c) => seeOther(`${origin}${path}${new URL(c.req.url).search}`))
  }
}

/** What programs ask for; `/log` itself is a page. */
const API = /^\/(?:v1|healthz|readyz|openapi\.json)(?:\/|$)|^\/log\//

function isApi(path: string): boolean {
  return API.test(path)
}

/** Pages of people who sign in. */
const DESK = /^\/desk(?:\/|$)/
const SIGNED_IN = /^\/(?:desk|account|sign-in|sign-out|invitation)(?:\/|$)/

/** Every refusal, as problem details or as a page. */
function createRefusal(refusals: Refusals, { now }: Clock, site: Site) {
  return (c: Context, thrown: unknown): Response => {
    const forged = thrown instanceof HTTPException && thrown.status === 403
    // As it was mounted: what stands in its place names a guarantee.
    const { fault, id } = refusals(routePath(c), forged ? FORGED : thrown)
    if (isApi(c.req.path)) return problem(fault, id)
    const lang = langOf(c)
    const data = {
      desk: SIGNED_IN.test(c.req.path),
      status: forged ? 403 : statusOf(fault.code),
      code: forged ? 'csrf' : pageCode(fault),
      requestId: id,
      ...(site.contact !== undefined && { contact: site.contact }),
      ...(fault.retryAfter !== undefined && {
        retryAt: instant(now() + fault.retryAfter * 1000),
      }),
    }
    const title = errorTitle(lang, data)
    const options = { title, error: true, ...(data.desk && headerOf(c)) }
    const page = answerPage(c, site, options, errorView(lang, data), data.status)
    if (fault.retryAfter !== undefined) page.headers.set('retry-after', String(fault.retryAfter))
    return page
  }
}

/** On the desk's own pages that of who is signed in; else the service that they sign in to. */
function headerOf(c: Context): Pick<PageOptions, 'area' | 'service'> {
  const member = DESK.test(c.req.path) ? memberAt(c.req.raw) : undefined
  if (member) return { area: areaOf(member) }
  return { service: { name: accountWords[langOf(c)].service, home: '/desk' } }
}

/** Stands in for hono's own exception, which is no fault of ours to report. */
const FORGED = new Fault('body_invalid', 'The form was not posted from a page of this site.')

/** On pages a pair or a link is refused in its own form; what is left is a ticket that has ended. */
function pageCode(fault: Fault): string {
  return fault.code === 'not_found_or_key_mismatch' ? 'ticket_expired' : fault.code
}
