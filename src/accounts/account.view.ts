import { type Instant, instant } from '../base/time.ts'
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
import { qrSvg } from '../web/qr.ts'
import { showInstant } from '../web/show.ts'
import { dataTable } from '../web/table.ts'
import type { AccountSeen } from './account.ts'
import type { Member } from './member.ts'
import { passkeyOnly } from './passkey.view.ts'
import { accountWords } from './words/account.ts'

export interface AccountPage {
  member: Member
  seen: AccountSeen
  /** `https://HOST` of the site. */
  origin: string
  /** What was just done, by its name in the words. */
  done?: string | undefined
  welcome?: boolean
  /** Why something was not done, which is no fault of a field. */
  refused?: string | undefined
  errors?: readonly FieldError[]
}

/** `/account`: how somebody signs in, and where they are signed in. */
export function accountView(
  lang: Lang,
  { member, seen, origin, done, welcome, refused, errors = [] }: AccountPage,
): Html {
  const words = accountWords[lang]
  const said = welcome ? words.welcome : words.done[done ?? '']
  return html`${errorSummary(lang, errors)}${refusal(refused)}
<h1>${words.title}</h1>
${said && html`<p class="notice notice-done" role="status">${said}</p>`}
<dl class="facts">
  <div><dt>${words.name}</dt><dd>${member.name}</dd></div>
  <div><dt>${words.email}</dt><dd>${member.email}</dd></div>
  <div><dt>${words.organisation}</dt><dd>${member.organisation.name}</dd></div>
  <div><dt>${words.role}</dt><dd>${words.roles[member.role]}</dd></div>
</dl>
${totpPart(lang, seen, errors)}
${passkeyPart(lang, seen, origin)}
${passwordPart(lang, seen, errors)}
${sessionPart(lang, seen)}`
}

function passwordField(
  lang: Lang,
  name: string,
  label: string,
  errors: readonly FieldError[],
): Html {
  const autocomplete = name === 'new' ? 'new-password' : 'current-password'
  const support = name === 'new' ? accountWords[lang].passwordSupport : undefined
  const field = {
    name,
    label,
    secret: true,
    width: 'half',
    manner: 'verbatim',
    autocomplete,
  } as const
  return textField(lang, { ...field, need: 'required', ...(support && { support }) }, errors)
}

function totpPart(
  lang: Lang,
  { hasTotp, hasPassword }: AccountSeen,
  errors: readonly FieldError[],
): Html {
  const words = accountWords[lang]
  if (!hasPassword) return html``
  const [action, name, summary, submit] = hasTotp
    ? ['/account/totp/off', 'totp-off-password', words.totpEnd, words.totpEndSubmit]
    : ['/account/totp', 'totp-password', words.totpStart, words.totpStartSubmit]
  return html`<section class="part">
  <h2>${words.totp}</h2>
  <p>${hasTotp ? words.totpOn : words.totpOff}</p>
  ${folded(
    summary,
    [name],
    errors,
    html`<form class="form" method="post" action="${localHref(lang, action)}">
    ${passwordField(lang, name, words.currentPassword, errors)}
    <p class="buttons">${button(submit, hasTotp ? 'plain' : 'main')}</p>
  </form>`,
  )}
</section>`
}

function passkeyPart(lang: Lang, { passkeys }: AccountSeen, origin: string): Html {
  const words = accountWords[lang]
  const rows = passkeys.map(({ id, name, createdAt }) => [
    name ?? words.passkeyUnnamed,
    createdAt === null ? '' : showInstant(lang, asInstant(createdAt)),
    html`<form method="post" action="${localHref(lang, '/account/passkeys/remove')}">${hiddenField('id', id)}${button(words.passkeyRemove, 'quiet')}</form>`,
  ])
  const name = { name: 'passkey-name', label: words.passkeyName, support: words.passkeyNameSupport }
  return html`<section class="part">
  <h2>${words.passkeys}</h2>
  <p>${words.passkeysLead}</p>
  ${rows.length > 0 ? dataTable(words.passkeys, [words.device, words.added, ''], rows) : html`<p>${words.noPasskeys}</p>`}
  ${passkeyOnly(
    lang,
    origin,
    html`<div class="form">${textField(lang, { ...name, width: 'half' })}
    <p class="error" role="alert" data-passkey-failed hidden>${words.passkeyFailed}</p>
    <p class="error" role="alert" data-passkey-stale hidden>${words.stale}</p>
    <p class="buttons"><button class="button button-plain" type="button" data-passkey-add>${words.passkeyAdd}</button></p></div>`,
  )}
</section>`
}

function passwordPart(
  lang: Lang,
  { hasPassword }: AccountSeen,
  errors: readonly FieldError[],
): Html {
  const words = accountWords[lang]
  if (!hasPassword)
    return html`<section class="part"><h2>${words.password}</h2><p>${words.noPassword}</p></section>`
  return html`<section class="part">
  <h2>${words.password}</h2>
  ${folded(
    words.passwordChange,
    ['current', 'new'],
    errors,
    html`<form class="form" method="post" action="${localHref(lang, '/account/password')}">
    ${passwordField(lang, 'current', words.currentPassword, errors)}
    ${passwordField(lang, 'new', words.newPassword, errors)}
    <p class="buttons">${button(words.passwordSubmit)}</p>
  </form>`,
  )}
</section>`
}

/** A form behind its summary, open where something in it is wrong. */
function folded(
  summary: string,
  fields: readonly string[],
  errors: readonly FieldError[],
  form: Html,
): Html {
  const isWrong = errors.some(({ field }) => fields.includes(field))
  return html`<details class="more"${isWrong && html` open`}><summary>${summary}</summary>${form}</details>`
}

function sessionPart(lang: Lang, { sessions }: AccountSeen): Html {
  const words = accountWords[lang]
  const rows = sessions.map(({ id, agent, createdAt, isThis }) => [
    deviceName(agent) ?? words.unknownDevice,
    showInstant(lang, asInstant(createdAt)),
    isThis
      ? words.thisDevice
      : html`<form method="post" action="${localHref(lang, '/account/sessions/end')}">${hiddenField('id', id)}${button(words.sessionEnd, 'quiet')}</form>`,
  ])
  return html`<section class="part">
  <h2>${words.sessions}</h2>
  ${dataTable(words.sessions, [words.device, words.since, ''], rows)}
  ${sessions.length > 1 && html`<form method="post" action="${localHref(lang, '/account/sessions/end-others')}"><p class="buttons">${button(words.othersEnd, 'plain')}</p></form>`}
</section>`
}

/** The library's dates, as rows have them. */
function asInstant(text: string): Instant {
  return instant(Date.parse(text))
}

const BROWSERS = [/Edg(?=\/)/, /Firefox/, /Chrome/, /Safari/]
const SYSTEMS = [/Windows/, /Android/, /iPhone|iPad/, /Mac OS X/, /Linux/]

/** Browser and system in the words that a browser says of itself. */
function deviceName(agent: string | null): string | undefined {
  const found = [BROWSERS, SYSTEMS].flatMap((kinds) => {
    const kind = kinds.find((one) => one.test(agent ?? ''))
    return kind?.exec(agent ?? '')?.[0].replace('Edg', 'Edge') ?? []
  })
  return found.length === 0 ? undefined : found.join(' / ')
}

export interface TotpPage {
  /** `otpauth://…`; absent where the code was wrong, since it is shown once. */
  uri?: string
  backupCodes?: readonly string[]
  refused?: string | undefined
  errors?: readonly FieldError[]
}

/** The authenticator app's QR code, the backup codes, and the code that proves that it works. */
export function totpView(
  lang: Lang,
  { uri, backupCodes = [], refused, errors = [] }: TotpPage,
): Html {
  const words = accountWords[lang]
  const field = { name: 'code', label: words.totpConfirm, manner: 'code', width: 'number' } as const
  const key = uri === undefined ? undefined : new URL(uri).searchParams.get('secret')
  return html`${errorSummary(lang, errors)}${refusal(refused)}
<h1>${words.totpTitle}</h1>
${
  uri !== undefined &&
  html`<section class="part"><h2>${words.totpScanTitle}</h2><p>${words.totpScan}</p>
<div class="totp-qr">${qrSvg(uri, words.totpQr)}</div>
<p>${words.totpKey}</p>
<p class="code address totp-key">${key?.match(/.{1,4}/g)?.join(' ')}</p></section>
<section class="part"><h2>${words.backupTitle}</h2><p>${words.backupLead}</p>
<ul class="code backup-codes">${backupCodes.map((code) => html`<li>${code}</li>`)}</ul></section>
<h2 class="totp-last">${words.totpConfirmTitle}</h2>`
}
<form class="form" method="post" action="${localHref(lang, '/account/totp/confirm')}">
  ${textField(lang, { ...field, inputMode: 'numeric', autocomplete: 'one-time-code', need: 'required' }, errors)}
  <p class="buttons">${button(words.totpConfirmSubmit)}</p>
</form>
<p class="last"><a href="${localHref(lang, '/account')}">${uri === undefined ? words.totpAgain : words.back}</a></p>`
}
