import { type Context, Hono } from 'hono'
import { foldWidth } from '../base/text.ts'
import { clockInTokyo, instant } from '../base/time.ts'
import type { Access, Clock } from '../ports.ts'
import { json, seeOther } from '../web/answer.ts'
import { readForm } from '../web/body.ts'
import type { FieldError } from '../web/form.ts'
import { type Lang, localHref } from '../web/lang.ts'
import { answerPage, langOf, type Site } from '../web/site.ts'
import type { SourceOf } from '../web/source.ts'
import type { Accounts } from './accounts.ts'
import { AUTH_BASE, OIDC } from './auth.ts'
import { createCallers, withCookies } from './caller.page.ts'
import type { Call } from './calls.ts'
import { homeOf } from './member.ts'
import { localPath } from './require-member.ts'
import { createSignIn, type SignInOutcome } from './sign-in.ts'
import { codeView, oidcGoView, resumeView, type SignInPage, signInView } from './sign-in.view.ts'
import { accountWords } from './words/account.ts'
import { signInWords } from './words/sign-in.ts'

export interface SignInParts {
  accounts: Accounts
  access: Access
  clock: Clock
  site: Site
  sourceOf: SourceOf
}

/** Where nobody has said where to go: it leads on by role. */
const HOME = '/sign-in/home'

const STYLES = ['account']

/** `/sign-in`, `/sign-in/code`, `/sign-in/resume`, `/sign-out`, and the single sign-on's ways. */
export function signInPages(parts: SignInParts): Hono {
  const { accounts, access, clock, site, sourceOf } = parts
  const callerOf = createCallers(site, sourceOf)
  const signIn = createSignIn(accounts, access)
  const show = (c: Context, page: Partial<SignInPage>, status = 200) =>
    signInPage(c, parts, page, status)
  const over = (seconds: number) => clockInTokyo(instant(clock.now() + (seconds + 59) * 1000))
  const app = new Hono()

  app.get('/sign-in', async (c) => {
    const next = localPath(c.req.query('next'), HOME)
    if (await accounts.memberOf(c.req.raw)) return seeOther(next)
    const words = signInWords[langOf(c)]
    if (c.req.query('error') !== undefined) return show(c, { next, refused: words.oidcFailed }, 403)
    return show(c, { next, note: noteOf(c) })
  })

  app.post('/sign-in', async (c) => {
    const words = signInWords[langOf(c)]
    const { email = '', password = '', next } = await readForm(c)
    const page = { email, next: localPath(next, HOME) }
    const errors = missing({ email, password }, words)
    if (errors.length > 0) return show(c, { ...page, errors }, 400)
    const folded = email.trim().normalize('NFKC')
    const outcome = await signIn.password(callerOf(c), folded, password)
    if (outcome.state === 'in') return withCookies(seeOther(page.next), outcome.reply)
    if (outcome.state === 'code')
      return withCookies(seeOther(codePath(c, page.next)), outcome.reply)
    return refuse(c, outcome, over, (text, status) =>
      show(c, { ...page, refused: text ?? words.refused }, status),
    )
  })

  app.get(HOME, async (c) => {
    const member = await accounts.memberOf(c.req.raw)
    return seeOther(localHref(langOf(c), member ? homeOf(member.role) : '/sign-in'))
  })

  app.get('/sign-out', (c) => seeOther(localHref(langOf(c), '/sign-in')))
  app.post('/sign-out', async (c) => {
    const member = await accounts.memberOf(c.req.raw)
    const to = seeOther(localHref(langOf(c), '/sign-in?out=1'))
    return member ? withCookies(to, await signIn.out(callerOf(c), member.user)) : to
  })

  resumeDoor(app, parts)
  codeDoors(app, { parts, signIn, callerOf, over })
  passkeyDoors(app, { signIn, callerOf, call: accounts.call })
  if (accounts.callOidc) oidcDoors(app, { parts, callerOf, call: accounts.callOidc })
  return app
}

function resumeDoor(app: Hono, { accounts, site }: SignInParts): void {
  app.get('/sign-in/resume', async (c) => {
    const lang = langOf(c)
    const member = await accounts.memberOf(c.req.raw)
    const here = new URL(c.req.url)
    if (!member) return seeOther(`/sign-in?next=${encodeURIComponent(here.pathname + here.search)}`)
    const form = await accounts.keptForms.open(c.req.query('form') ?? '', member.user)
    const title = signInWords[lang].resumeTitle
    return answerPage(
      c,
      site,
      { title, styles: STYLES },
      resumeView(lang, form, homeOf(member.role)),
    )
  })
}

type Doors = {
  parts: SignInParts
  signIn: ReturnType<typeof createSignIn>
  callerOf: ReturnType<typeof createCallers>
  over: (seconds: number) => string
}

function codeDoors(app: Hono, { parts: { site }, signIn, callerOf, over }: Doors): void {
  const show = (c: Context, page: Parameters<typeof codeView>[1], status = 200) => {
    const lang = langOf(c)
    const options = { title: signInWords[lang].codeTitle, error: status >= 400, styles: STYLES }
    const headed = { ...options, ...serviceOf(lang, page.next) }
    return answerPage(c, site, headed, codeView(lang, page), status)
  }
  app.get('/sign-in/code', (c) => show(c, { next: localPath(c.req.query('next'), HOME) }))
  app.post('/sign-in/code', async (c) => {
    const words = signInWords[langOf(c)]
    const sent = await readForm(c)
    const next = localPath(sent['next'], HOME)
    const code = foldWidth(sent['code'] ?? '').replace(/\s/g, '')
    const backup = foldWidth(sent['backup'] ?? '').trim()
    const field = code === '' && backup !== '' ? 'backup' : 'code'
    if (code === '' && backup === '') {
      return show(c, { next, errors: [{ field, text: words.required(words.code) }] }, 400)
    }
    const outcome =
      field === 'code'
        ? await signIn.code(callerOf(c), code)
        : await signIn.backupCode(callerOf(c), backup)
    if (outcome.state === 'in') return withCookies(seeOther(next), outcome.reply)
    if (outcome.state === 'over' || outcome.state === 'used') {
      return seeOther(`/sign-in?${outcome.state}=1&next=${encodeURIComponent(next)}${langMark(c)}`)
    }
    const wrong = field === 'code' ? words.codeRefused : words.backupRefused
    return refuse(c, outcome, over, (text, status) =>
      text === undefined
        ? show(c, { next, errors: [{ field, text: wrong }] }, status)
        : show(c, { next, refused: text }, status),
    )
  })
}

type OidcDoors = Pick<Doors, 'parts' | 'callerOf'> & { call: Call }

type Passkeys = Pick<Doors, 'signIn' | 'callerOf'> & Pick<Accounts, 'call'>

/** Called by the page's script; the library holds the origin against the site's own. */
function passkeyDoors(app: Hono, { signIn, callerOf, call }: Passkeys): void {
  app.post('/sign-in/passkey/options', async (c) => {
    const reply = await call(callerOf(c), '/passkey/generate-authenticate-options')
    return withCookies(json(reply.ok ? reply.body : {}, reply.status), reply)
  })
  app.post('/sign-in/passkey', async (c) => {
    const sent = (await c.req.json().catch(() => ({}))) as { response?: unknown; next?: unknown }
    const outcome = await signIn.passkey(callerOf(c), sent.response)
    if (outcome.state !== 'in') return json({}, outcome.reply.status)
    const next = localPath(typeof sent.next === 'string' ? sent.next : undefined, HOME)
    return withCookies(json({ next }), outcome.reply)
  })
}

function oidcDoors(app: Hono, { parts, callerOf, call }: OidcDoors): void {
  const { site } = parts
  app.get('/sign-in/oidc', (c) => seeOther(localHref(langOf(c), '/sign-in')))
  app.post('/sign-in/oidc', async (c) => {
    const lang = langOf(c)
    const next = localPath((await readForm(c))['next'], HOME)
    const errorCallbackURL = `/sign-in?next=${encodeURIComponent(next)}${langMark(c)}`
    const body = { provider: OIDC, callbackURL: next, errorCallbackURL }
    const reply = await call(callerOf(c), '/sign-in/social', body)
    const url = reply.body['url']
    if (!reply.ok || typeof url !== 'string') return seeOther(`${errorCallbackURL}&error=oidc`)
    const page = answerPage(c, site, { title: signInWords[lang].oidcGo }, oidcGoView(lang, url))
    page.headers.set('refresh', `0; url=${url}`)
    return withCookies(page, reply)
  })
  app.get(`${AUTH_BASE}/callback/${OIDC}`, async (c) => {
    const { search } = new URL(c.req.url)
    const reply = await call(callerOf(c), `/callback/${OIDC}${search}`)
    const to = localOf(reply.location, site.origin)
    if (to === undefined) return seeOther('/sign-in?error=oidc')
    return withCookies(seeOther(to), reply)
  })
}

/** Where the library sends a browser after the single sign-on, when that is a page of ours. */
function localOf(location: string | undefined, origin: string): string | undefined {
  if (location === undefined) return undefined
  const url = URL.parse(location, origin)
  if (url?.origin !== origin) return undefined
  if (url.searchParams.has('error')) {
    // What the provider wrote about it is for no page and no address of ours.
    url.searchParams.delete('error_description')
    url.searchParams.set('error', OIDC)
  }
  return localPath(url.pathname + url.search, HOME)
}

type Answer = (text: string | undefined, status: number) => Response

/** A refusal in one sentence, the same for every reason that a guesser could learn from. */
function refuse(c: Context, outcome: SignInOutcome, over: Doors['over'], answer: Answer): Response {
  const words = signInWords[langOf(c)]
  if (outcome.state === 'locked') return answer(words.locked, 429)
  if (outcome.state !== 'limited') {
    return answer(undefined, outcome.reply.status === 403 ? 403 : 401)
  }
  const response = answer(words.limited(over(outcome.retryAfter)), 429)
  response.headers.set('retry-after', String(outcome.retryAfter))
  return response
}

function signInPage(
  c: Context,
  { site, accounts }: SignInParts,
  page: Partial<SignInPage>,
  status: number,
): Response {
  const lang = langOf(c)
  const { origin } = site
  const data = { next: HOME, hasOidc: accounts.callOidc !== undefined, origin, ...page }
  const { title } = signInWords[lang]
  const query = data.next === HOME ? {} : { next: data.next }
  const options = { title, path: '/sign-in', query, error: status >= 400, styles: STYLES }
  const scripts = ['/js/passkey.js']
  const headed = { ...options, ...serviceOf(lang, data.next), scripts }
  return answerPage(c, site, headed, signInView(lang, data), status)
}

/** Whoever comes from the desk, a form that was kept there included, signs in under its name. */
function serviceOf(lang: Lang, next: string) {
  const ofDesk = /^\/(?:desk|sign-in\/resume)(?:[/?#]|$)/.test(next)
  return ofDesk ? { service: { name: accountWords[lang].service, home: '/desk' } } : {}
}

/** The sentence that says why the page is shown, where it is not for its own sake. */
function noteOf(c: Context): string | undefined {
  const words = signInWords[langOf(c)]
  if (c.req.query('out') !== undefined) return words.signedOut
  if (c.req.query('over') !== undefined) return words.codeOver
  if (c.req.query('used') !== undefined) return words.codeUsed
  if (c.req.query('lost') !== undefined) return words.lost
  const next = c.req.query('next')
  if (next === undefined) return undefined
  return next.startsWith('/sign-in/resume') ? words.kept : words.ended
}

function missing(
  sent: { email: string; password: string },
  words: (typeof signInWords)['ja'],
): FieldError[] {
  return (['email', 'password'] as const)
    .filter((field) => sent[field].trim() === '')
    .map((field) => ({ field, text: words.required(words[field]) }))
}

function codePath(c: Context, next: string): string {
  return `/sign-in/code?next=${encodeURIComponent(next)}${langMark(c)}`
}

function langMark(c: Context): string {
  return langOf(c) === 'en' ? '&lang=en' : ''
}
