import { type Context, Hono } from 'hono'
import type { MemberOf } from '../../accounts/member.ts'
import { type MemberEnv, requireMember } from '../../accounts/require-member.ts'
import { Fault } from '../../base/fault.ts'
import { isMailAddress } from '../../base/mail-address.ts'
import type { Ports } from '../../ports.ts'
import { readForm } from '../../web/body.ts'
import type { FieldError } from '../../web/form.ts'
import { answerPage, type Site } from '../../web/site.ts'
import { areaOf } from '../company/area.ts'
import { mailWords } from './mail-words.ts'
import { createMails } from './mails.ts'
import { type MailsPage, mailsView } from './mails.view.ts'

const MOST = 50
const PATH = '/desk/mails'

export interface MailPagesParts {
  ports: Pick<Ports, 'store' | 'clock' | 'random'>
  site: Site
  memberOf: MemberOf
}

/** メール送信箱 of a company. */
export function mailsPages({ ports, site, memberOf }: MailPagesParts): Hono<MemberEnv> {
  const mails = createMails(ports)
  const app = new Hono<MemberEnv>()
  app.use(`${PATH}/*`, requireMember(memberOf, ['clerk', 'approver']))

  async function show(
    c: Context<MemberEnv>,
    more: Pick<MailsPage, 'done' | 'errors'> = {},
  ): Promise<Response> {
    const member = c.get('member')
    const before = Number(
      /^\d{1,15}$/.exec(c.req.query('before') ?? '')?.[0] ?? Number.MAX_SAFE_INTEGER,
    )
    const found = await mails.list(issuerOf(c), before, MOST + 1)
    const shown = found.slice(0, MOST)
    const next = found.length > MOST ? shown.at(-1)?.id : undefined
    const options = {
      title: mailWords.title,
      error: more.errors !== undefined,
      area: areaOf(member, PATH),
      styles: ['guarantees'],
      scripts: ['/js/result.js'],
      wide: true,
    }
    const press = mails.newPress()
    const page = { mails: shown, press, ...(next !== undefined && { next }), ...more }
    return answerPage(c, site, options, mailsView(page))
  }

  app.get(PATH, (c) => show(c, doneOf(c.req.query('done'))))
  app.post(`${PATH}/resend`, async (c) => {
    const sent = await readForm(c)
    const id = idOf(sent)
    const field = `recipient-${id}`
    const recipient = sent[field]?.trim().normalize('NFKC') ?? ''
    if (!isMailAddress(recipient)) return show(c, wrong(field, mailWords.wrongAddress))
    await mails.resend(issuerOf(c), id, recipient, sent['press'] || mails.newPress())
    return c.redirect(`${PATH}?done=resent`, 303)
  })
  app.post(`${PATH}/bounced`, async (c) => {
    const sent = await readForm(c)
    const id = idOf(sent)
    const field = `reason-${id}`
    const reason = sent[field]?.trim() ?? ''
    if (reason === '') return show(c, wrong(field, mailWords.reasonMissing))
    await mails.markBounced(issuerOf(c), id, reason)
    return c.redirect(`${PATH}?done=marked`, 303)
  })
  app.on('GET', [`${PATH}/resend`, `${PATH}/bounced`], (c) => c.redirect(PATH, 303))
  return app
}

function issuerOf(c: Context<MemberEnv>): string {
  return c.get('member').organisation.issuer ?? ''
}

function idOf({ id = '' }: Record<string, string>): number {
  if (/^\d{1,15}$/.test(id)) return Number(id)
  throw new Fault('not_found', 'There is no such mail.')
}

function doneOf(text: string | undefined): Pick<MailsPage, 'done'> {
  return text === 'resent' || text === 'marked' ? { done: text } : {}
}

function wrong(field: string, text: string): { errors: FieldError[] } {
  return { errors: [{ field, text }] }
}
