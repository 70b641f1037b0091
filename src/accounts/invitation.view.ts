import { button, errorSummary, type FieldError, hiddenField, textField } from '../web/form.ts'
import { type Html, html } from '../web/html.ts'
import { type Lang, localHref } from '../web/lang.ts'
import type { Invitation } from './invitations.ts'
import { accountWords } from './words/account.ts'

/**
 * `/invitation`: where a one-time link leads. Its secret stands in the fragment, which a script moves
 * into the field; without one the whole link is pasted.
 */
export function invitationView(
  lang: Lang,
  { origin, link, errors = [] }: { origin: string; link?: string; errors?: readonly FieldError[] },
): Html {
  const words = accountWords[lang]
  const field = {
    name: 'link',
    label: words.link,
    support: words.linkSupport(origin),
    value: link,
    need: 'required',
    manner: 'code',
  } as const
  return html`${errorSummary(lang, errors)}
<h1>${words.invitation}</h1>
<p class="lead" data-with-link hidden>${words.invitationLead}</p>
<p class="lead" data-without-link>${words.invitationNoLink}</p>
<form class="form" method="post" action="${localHref(lang, '/invitation/open')}" data-share>
  <div data-without-link>${textField(lang, field, errors)}</div>
  <p class="buttons">${button(words.begin)}</p>
</form>`
}

export interface JoinPage {
  secret: string
  invitation: Invitation
  organisation: string
  name: string
  errors?: readonly FieldError[]
}

/** Name and password of who was invited; of who has them already, the new password. */
export function joinView(lang: Lang, page: JoinPage): Html {
  const words = accountWords[lang]
  const { secret, invitation, organisation, name, errors = [] } = page
  const joins = invitation.purpose === 'join'
  const need = 'required' as const
  return html`${errorSummary(lang, errors)}
<h1>${joins ? words.invitation : words.resetTitle}</h1>
<p class="lead">${joins ? words.joinLead(organisation, words.roles[invitation.role]) : words.resetLead}</p>
<dl class="facts"><div><dt>${words.email}</dt><dd>${invitation.email}</dd></div></dl>
<form class="form" method="post" action="${localHref(lang, '/invitation')}">
  ${hiddenField('secret', secret)}
  ${joins && textField(lang, { name: 'name', label: words.name, value: name, width: 'half', need, autocomplete: 'name' }, errors)}
  ${textField(lang, { name: 'password', label: words.newPassword, support: words.passwordSupport, secret: true, width: 'half', manner: 'verbatim', need, autocomplete: 'new-password' }, errors)}
  <p class="buttons">${button(joins ? words.join : words.passwordSubmit)}</p>
</form>`
}
