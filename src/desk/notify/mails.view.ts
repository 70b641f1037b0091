import { listTime } from '../../base/time.ts'
import { errorSummary, type FieldError, hiddenField, textField } from '../../web/form.ts'
import { type Html, html } from '../../web/html.ts'
import { dataTable } from '../../web/table.ts'
import type { MailSeen } from './mail-rows.ts'
import { mailStateText, mailWords as words } from './mail-words.ts'

export interface MailsPage {
  mails: readonly MailSeen[]
  /** Stands for the next press of a button of this page. */
  press: string
  /** The id behind which older ones stand. */
  next?: number
  done?: 'resent' | 'marked'
  errors?: readonly FieldError[]
}

/** `/desk/mails`: what was sent to contractors and what became of it. */
export function mailsView({ mails, press, next, done, errors = [] }: MailsPage): Html {
  const rows = mails.map((mail) => [
    listTime(mail.madeAt),
    html`${mail.subject}${mail.resentFrom !== null && html`<br><span class="aside-note">${words.again}</span>`}`,
    mail.recipient,
    html`${mailStateText(mail)}${mail.fault && html`<br><span class="aside-note">${words.said(mail.fault)}</span>`}`,
    acts(mail, press, errors),
  ])
  return html`${errorSummary('ja', errors)}
<h1>${words.title}</h1>
<p class="lead">${words.lead}</p>
${done && html`<p class="notice notice-done" role="status">${words[done]}</p>`}
${mails.length === 0 ? html`<p class="notice">${words.empty}</p>` : dataTable(words.title, words.columns, rows)}
${next !== undefined && html`<p class="last"><a href="/desk/mails?before=${next}">${words.next}</a></p>`}`
}

function acts(mail: MailSeen, press: string, errors: readonly FieldError[]): Html {
  const { id, recipient, subject, state } = mail
  const recipientField = `recipient-${id}`
  const reasonField = `reason-${id}`
  const wrong = errors.some(({ field }) => field === recipientField || field === reasonField)
  return html`<details class="more mail-act"${wrong && html` open`}><summary aria-label="${words.act(subject, recipient)}">${words.open}</summary>
<form method="post" action="/desk/mails/resend">${hiddenField('id', String(id))}${hiddenField('press', press)}
${textField('ja', { name: recipientField, label: words.recipient, value: recipient, width: 'half' }, errors)}
<p class="buttons"><button class="button button-small" type="submit">${words.resend}</button></p></form>
${
  (state === 'sent' || state === 'bounced') &&
  html`<form method="post" action="/desk/mails/bounced">${hiddenField('id', String(id))}
${textField('ja', { name: reasonField, label: words.reason, width: 'half' }, errors)}
<p class="buttons"><button class="button button-small" type="submit">${words.bounced}</button></p></form>`
}</details>`
}
