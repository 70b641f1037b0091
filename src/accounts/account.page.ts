import { type Context, Hono } from 'hono'
import { foldWidth } from '../base/text.ts'
import { json, seeOther } from '../web/answer.ts'
import type { Area } from '../web/area.ts'
import { readForm } from '../web/body.ts'
import type { FieldError } from '../web/form.ts'
import { localHref } from '../web/lang.ts'
import { answerPage, langOf } from '../web/site.ts'
import { createAccount } from './account.ts'
import { accountView, totpView } from './account.view.ts'
import { createCallers, withCookies } from './caller.page.ts'
import type { Caller, Reply } from './calls.ts'
import type { SignedIn } from './current-session.ts'
import { homeOf, type Member, ROLES } from './member.ts'
import { passwordFault } from './password-rule.ts'
import { requireMember } from './require-member.ts'
import type { SignInParts } from './sign-in.page.ts'
import { accountWords } from './words/account.ts'

const STYLES = ['account']

type Sent = Record<string, string>
type Deeds = ReturnType<typeof createAccount>

/** What a form of the page leads to: where it went well, what was done; else what to show. */
type Act = (
  c: Context,
  at: { caller: Caller; who: SignedIn; sent: Sent; deeds: Deeds },
) => Promise<{ reply: Reply; done: string } | Wrong>

/** What is told instead: of a field, or of the whole. */
type Wrong = { errors?: FieldError[]; refused?: string; status?: number }

/** `/account` and its forms; everybody who is signed in has it. */
export function accountPages(parts: SignInParts): Hono {
  const { accounts, access, clock, site, sourceOf } = parts
  const callerOf = createCallers(site, sourceOf)
  const deeds = createAccount(accounts, access, clock)
  const app = new Hono()
  app.use('/account', requireMember(accounts.memberOf, ROLES))
  app.use('/account/*', requireMember(accounts.memberOf, ROLES))

  const signedIn = async (c: Context) => (await accounts.sessionOf(c.req.raw)) as SignedIn
  const show: AtDoor['show'] = async (c, who, { status = 200, ...wrong } = {}) => {
    const lang = langOf(c)
    const seen = await deeds.seen(who)
    const { member } = who
    const welcome = c.req.query('welcome') !== undefined
    const { origin } = site
    const data = { member, seen, origin, ...wrong, welcome, done: c.req.query('done') }
    const area = areaOf(c, member)
    const options = { title: accountWords[lang].title, area, error: status >= 400, styles: STYLES }
    const scripts = ['/js/passkey.js']
    return answerPage(c, site, { ...options, scripts }, accountView(lang, data), status)
  }

  app.get('/account', async (c) => show(c, await signedIn(c)))
  for (const [path, act] of Object.entries(ACTS)) {
    app.get(path, (c) => seeOther(localHref(langOf(c), '/account')))
    app.post(path, async (c) => {
      const who = await signedIn(c)
      const outcome = await act(c, { caller: callerOf(c), who, sent: await readForm(c), deeds })
      if (!('reply' in outcome)) return show(c, who, { status: 400, ...outcome })
      const to = seeOther(localHref(langOf(c), `/account?done=${outcome.done}`))
      return withCookies(to, outcome.reply)
    })
  }
  const door = { deeds, callerOf, signedIn, show }
  totpDoors(app, parts, door)
  passkeyDoors(app, door)
  return app
}

interface AtDoor {
  deeds: Deeds
  callerOf: (c: Context) => Caller
  signedIn: (c: Context) => Promise<SignedIn>
  show(c: Context, who: SignedIn, wrong?: Wrong): Promise<Response>
}

const ACTS: Record<string, Act> = {
  '/account/password': async (c, { caller, who, sent, deeds }) => {
    const words = accountWords[langOf(c)]
    const { current = '', new: password = '' } = sent
    const fault = passwordFault(password, who.member)
    const errors = [
      ...(current === ''
        ? [{ field: 'current', text: words.required(words.currentPassword) }]
        : []),
      ...(fault ? [{ field: 'new', text: words.passwordFaults[fault] }] : []),
    ]
    if (errors.length > 0) return { errors }
    const reply = await deeds.changePassword(caller, who, current, password)
    return done(c, reply, 'password', { field: 'current', text: words.passwordWrong })
  },
  '/account/totp/off': async (c, { caller, who, sent, deeds }) => {
    const field = 'totp-off-password'
    const reply = await deeds.endTotp(caller, who, sent[field] ?? '')
    const text = accountWords[langOf(c)].passwordWrong
    return done(c, reply, 'totp-off', { field, text })
  },
  '/account/passkeys/remove': async (c, { caller, who, sent, deeds }) => {
    const reply = await deeds.removePasskey(caller, who, sent['id'] ?? '')
    return done(c, reply, 'passkey-removed')
  },
  '/account/sessions/end': async (c, { caller, who, sent, deeds }) => {
    const reply = await deeds.endSession(caller, who, sent['id'] ?? '')
    return reply
      ? done(c, reply, 'session')
      : { refused: accountWords[langOf(c)].refused, status: 404 }
  },
  '/account/sessions/end-others': async (c, { caller, who, deeds }) =>
    done(c, await deeds.endOthers(caller, who), 'sessions'),
}

function done(c: Context, reply: Reply, what: string, error?: FieldError) {
  return reply.ok ? { reply, done: what } : wrong(c, reply, error)
}

function wrong(c: Context, reply: Reply, error?: FieldError): Wrong {
  const words = accountWords[langOf(c)]
  if (reply.status === 429) return { refused: words.limited, status: 429 }
  return error ? { errors: [error], status: 400 } : { refused: words.refused, status: 400 }
}

/** Adding an authenticator app: password → QR code and backup codes → the first code. */
function totpDoors(app: Hono, { site }: SignInParts, door: AtDoor): void {
  const { deeds, callerOf, signedIn, show } = door
  const page = (c: Context, member: Member, data: Parameters<typeof totpView>[1], status = 200) => {
    const lang = langOf(c)
    const title = accountWords[lang].totpTitle
    const options = { title, error: status >= 400, area: areaOf(c, member), styles: STYLES }
    return answerPage(c, site, options, totpView(lang, data), status)
  }
  app.get('/account/totp', (c) => seeOther(localHref(langOf(c), '/account')))
  app.post('/account/totp', async (c) => {
    const who = await signedIn(c)
    const field = 'totp-password'
    const reply = await deeds.beginTotp(callerOf(c), (await readForm(c))[field] ?? '')
    if (!reply.ok) {
      const text = accountWords[langOf(c)].passwordWrong
      return show(c, who, wrong(c, reply, { field, text }))
    }
    const { totpURI, backupCodes } = reply.body
    return page(c, who.member, { uri: String(totpURI), backupCodes: backupCodes as string[] })
  })
  app.get('/account/totp/confirm', (c) => seeOther(localHref(langOf(c), '/account')))
  app.post('/account/totp/confirm', async (c) => {
    const who = await signedIn(c)
    const code = foldWidth((await readForm(c))['code'] ?? '').replace(/\s/g, '')
    const reply = await deeds.confirmTotp(callerOf(c), who, code)
    if (reply.ok) return withCookies(seeOther(localHref(langOf(c), '/account?done=totp')), reply)
    const text = accountWords[langOf(c)].totpWrong
    const { status, ...told } = wrong(c, reply, { field: 'code', text })
    return page(c, who.member, told, status)
  })
}

/** Called by the page's script. */
function passkeyDoors(app: Hono, { deeds, callerOf, signedIn }: AtDoor): void {
  app.post('/account/passkeys/options', async (c) => {
    const reply = await deeds.passkeyOptions(callerOf(c))
    const stale = reply.body['code'] === 'SESSION_NOT_FRESH'
    return withCookies(json(reply.ok ? reply.body : { stale }, reply.status), reply)
  })
  app.post('/account/passkeys', async (c) => {
    const sent = (await c.req.json().catch(() => ({}))) as { response?: unknown; name?: unknown }
    const who = await signedIn(c)
    const reply = await deeds.addPasskey(callerOf(c), who, sent.response, String(sent.name ?? ''))
    const next = localHref(langOf(c), '/account?done=passkey')
    return withCookies(json(reply.ok ? { next } : {}, reply.status), reply)
  })
}

function areaOf(c: Context, { name, role, organisation }: Member): Area {
  const { service } = accountWords[langOf(c)]
  const home = homeOf(role)
  return { service, home, who: `${organisation.name} ${name}`, tabs: [], help: '/help' }
}
