import { type Context, Hono } from 'hono'
import { Fault } from '../base/fault.ts'
import { isPlainText } from '../base/text.ts'
import { seeOther } from '../web/answer.ts'
import { readForm } from '../web/body.ts'
import type { FieldError } from '../web/form.ts'
import { localHref } from '../web/lang.ts'
import { answerPage, langOf } from '../web/site.ts'
import { createCallers, withCookies } from './caller.page.ts'
import { invitationView, joinView } from './invitation.view.ts'
import type { Invitation } from './invitations.ts'
import { passwordFault } from './password-rule.ts'
import type { SignInParts } from './sign-in.page.ts'
import { createSignIn } from './sign-in.ts'
import { accountWords } from './words/account.ts'

const LONGEST_NAME = 60

/** `/invitation`: a one-time link, opened by a press and taken with a name and a password. */
export function invitationPages({ accounts, access, site, sourceOf }: SignInParts): Hono {
  const callerOf = createCallers(site, sourceOf)
  const signIn = createSignIn(accounts, access)
  const app = new Hono()

  const landing = (c: Context, link?: string, errors: FieldError[] = []) => {
    const lang = langOf(c)
    const error = errors.length > 0
    const options = { title: accountWords[lang].invitation, path: '/invitation', error }
    const view = invitationView(lang, { origin: site.origin, errors, ...(link && { link }) })
    return answerPage(c, site, { ...options, scripts: ['/js/share.js'] }, view, error ? 404 : 200)
  }
  const gone = (c: Context) =>
    landing(c, '', [{ field: 'link', text: accountWords[langOf(c)].linkGone }])

  async function joining(
    c: Context,
    secret: string,
    invitation: Invitation,
    name: string,
    errors: FieldError[] = [],
  ): Promise<Response> {
    const lang = langOf(c)
    const { name: organisation } = await accounts.organisations.byNameOrId(invitation.organisation)
    const words = accountWords[lang]
    const title = invitation.purpose === 'join' ? words.invitation : words.resetTitle
    const view = joinView(lang, { secret, invitation, organisation, name, errors })
    return answerPage(c, site, { title, error: errors.length > 0 }, view, errors.length ? 400 : 200)
  }

  app.get('/invitation', (c) => landing(c))
  app.get('/invitation/open', (c) => seeOther(localHref(langOf(c), '/invitation')))
  app.post('/invitation/open', async (c) => {
    const secret = secretIn((await readForm(c))['link'] ?? '')
    const invitation = await accounts.invitations.bySecret(secret)
    return invitation ? joining(c, secret, invitation, invitation.name) : gone(c)
  })
  app.post('/invitation', async (c) => {
    const { secret = '', name = '', password = '' } = await readForm(c)
    const invitation = await accounts.invitations.bySecret(secret)
    if (!invitation) return gone(c)
    const person = { name: name.trim(), email: invitation.email }
    const errors = wrongIn(c, invitation, person, password)
    if (errors.length > 0) return joining(c, secret, invitation, name, errors)
    try {
      await accounts.accept(secret, { name: person.name, password })
    } catch (error) {
      if (error instanceof Fault && error.code === 'not_found') return gone(c)
      throw error
    }
    const { state, reply } = await signIn.password(callerOf(c), invitation.email, password)
    const lang = langOf(c)
    if (state === 'in') return withCookies(seeOther(localHref(lang, '/account?welcome=1')), reply)
    // With an authenticator app, which a new password leaves in place.
    const to = state === 'code' ? '/sign-in/code?next=/account' : '/sign-in'
    return withCookies(seeOther(localHref(lang, to)), reply)
  })
  return app
}

/** What a link's fragment is, or what was pasted in its place. */
function secretIn(link: string): string {
  return /(?:^|#)([\w-]{22})\s*$/.exec(link.trim())?.[1] ?? ''
}

function wrongIn(
  c: Context,
  { purpose }: Invitation,
  person: { name: string; email: string },
  password: string,
): FieldError[] {
  const words = accountWords[langOf(c)]
  const { name } = person
  const fault = passwordFault(password, person)
  const isName = name !== '' && name.length <= LONGEST_NAME && isPlainText(name)
  return [
    ...(purpose === 'join' && !isName ? [{ field: 'name', text: words.required(words.name) }] : []),
    ...(fault ? [{ field: 'password', text: words.passwordFaults[fault] }] : []),
  ]
}
