import {
  button,
  errorSummary,
  type FieldError,
  hiddenField,
  refusal,
  textField,
} from '../web/form.ts'
import { type Html, html } from '../web/html.ts'
import { type Lang, localHref } from '../web/lang.ts'
import type { KeptForm } from './kept-forms.ts'
import { passkeyOnly } from './passkey.view.ts'
import { takesPasskeys } from './passkey-place.ts'
import { signInWords } from './words/sign-in.ts'

export interface SignInPage {
  /** Where to go afterwards, a path of this site. */
  next: string
  /** One sentence above the form. */
  note?: string | undefined
  email?: string | undefined
  /** Why nobody was let in. */
  refused?: string | undefined
  errors?: readonly FieldError[]
  hasOidc: boolean
  /** `https://HOST` of the site. */
  origin: string
}

/** `/sign-in`: address and password; beside it a passkey and the single sign-on. */
export function signInView(lang: Lang, page: SignInPage): Html {
  const words = signInWords[lang]
  const { errors = [], next, note, refused, email, hasOidc, origin } = page
  const text = { need: 'required', width: 'half', manner: 'verbatim' } as const
  return html`${errorSummary(lang, errors)}${refusal(refused)}
<h1>${words.title}</h1>
${note && html`<p class="notice" role="status">${note}</p>`}
${!note && html`<p class="lead">${words.lead}</p>`}
<form class="form" method="post" action="${localHref(lang, '/sign-in')}" data-sign-in data-busy="${words.busy}">
  ${hiddenField('next', next)}
  ${textField(lang, { ...text, name: 'email', label: words.email, value: email, inputMode: 'email', autocomplete: 'username webauthn' }, errors)}
  ${textField(lang, { ...text, name: 'password', label: words.password, secret: true, autocomplete: 'current-password' }, errors)}
  <p class="buttons">${button(words.submit)}</p>
</form>
<section class="part"${takesPasskeys(origin) && html` data-passkey-part hidden`}>
  <h2>${words.passkey}</h2>
  ${passkeyOnly(
    lang,
    origin,
    html`<p>${words.passkeyNote}</p>
  <p class="error" role="alert" data-passkey-failed hidden>${words.passkeyFailed}</p>
  <p class="buttons"><button class="button button-plain" type="button" data-passkey-sign-in>${words.passkey}</button></p>`,
  )}
</section>
${hasOidc && oidcForm(lang, next)}
<p class="last">${words.noAccount}</p>`
}

function oidcForm(lang: Lang, next: string): Html {
  const words = signInWords[lang]
  return html`<section class="part">
  <h2>${words.oidc}</h2>
  <p>${words.oidcNote}</p>
  <form method="post" action="${localHref(lang, '/sign-in/oidc')}">
    ${hiddenField('next', next)}
    <p class="buttons">${button(words.oidc, 'plain')}</p>
  </form>
</section>`
}

/** What stands between our page and the provider's, since a form may lead to this site alone. */
export function oidcGoView(lang: Lang, url: string): Html {
  const words = signInWords[lang]
  return html`<h1>${words.oidcGo}</h1>
<p class="lead">${words.oidcGoText}</p>
<p class="buttons"><a class="button button-main" href="${url}" rel="noreferrer">${words.oidcLink}</a></p>`
}

/** `/sign-in/code`: the second step, for who has an authenticator app. */
export function codeView(
  lang: Lang,
  { next, refused, errors = [] }: Omit<SignInPage, 'hasOidc' | 'origin'>,
): Html {
  const words = signInWords[lang]
  const code = { manner: 'code', width: 'number' } as const
  return html`${errorSummary(lang, errors)}${refusal(refused)}
<h1>${words.codeTitle}</h1>
<p class="lead">${words.codeLead}</p>
<form class="form" method="post" action="${localHref(lang, '/sign-in/code')}">
  ${hiddenField('next', next)}
  ${textField(lang, { ...code, name: 'code', label: words.code, support: words.codeSupport, inputMode: 'numeric', autocomplete: 'one-time-code' }, errors)}
  <details class="more"${errors.some(({ field }) => field === 'backup') && html` open`}><summary>${words.backupSummary}</summary>
  ${textField(lang, { ...code, name: 'backup', label: words.backup, support: words.backupSupport }, errors)}
  </details>
  <p class="buttons">${button(words.codeSubmit)}</p>
</form>
<p class="last"><a href="${localHref(lang, '/sign-in')}">${words.startOver}</a></p>`
}

/** `/sign-in/resume`: the form that was sent when the session had ended, to be sent again. */
export function resumeView(lang: Lang, form: KeptForm | undefined, home: string): Html {
  const words = signInWords[lang]
  if (!form) {
    return html`<h1>${words.resumeTitle}</h1>
<p class="lead">${words.resumeGone}</p>
<p class="buttons"><a class="button button-main" href="${home}">${words.resumeHome}</a></p>`
  }
  const fields = form.fields
  return html`<h1>${words.resumeTitle}</h1>
<p class="lead">${words.resumeLead}</p>
<p>${words.resumeCount(fields.length)}</p>
${form.hadFiles && html`<p class="notice">${words.resumeFiles}</p>`}
<form class="form" method="post" action="${form.action}"${form.isMultipart && html` enctype="multipart/form-data"`}>
  ${fields.map(([name, value]) => hiddenField(name, value))}${form.hadFiles && hiddenField('lostFiles', '1')}
  <p class="buttons">${button(words.resumeGo)}</p>
</form>`
}
