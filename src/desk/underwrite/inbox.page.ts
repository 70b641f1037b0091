import type { Context } from 'hono'
import type { MemberEnv } from '../../accounts/require-member.ts'
import { instant } from '../../base/time.ts'
import { html } from '../../web/html.ts'
import { answerPage, type Site } from '../../web/site.ts'
import { createWishes } from '../application/sent/wish.ts'
import type { UnderwritingParts } from './deed.ts'
import { createInbox, TABS, type Tab } from './inbox.ts'
import { inboxView } from './inbox.view.ts'
import { refusedRowsView, wishRowsView } from './pressing.view.ts'
import { createRefusedRows } from './refused.ts'
import { issuerOf, shell } from './shell.ts'

interface Doors extends Pick<UnderwritingParts, 'store' | 'clock' | 'company'> {
  site: Site
}

/** `/desk/inbox`: 申込一覧, and before it what waits for a person whatever the tab is. */
export function createInboxPage(doors: Doors) {
  const { site, company } = doors
  const inbox = createInbox(doors)
  const refusedRows = createRefusedRows(doors)
  const wishes = createWishes(doors)

  return async (c: Context<MemberEnv>): Promise<Response> => {
    const member = c.get('member')
    const issuer = issuerOf(member)
    const choice = choiceOf(c)
    const { branches } = await company.profileOf(issuer)
    const now = instant(doors.clock.now())
    const said = SAID[c.req.query('done') ?? '']
    const pressing = html`${said && html`<div class="notice" role="status"><p>${said}</p></div>`}${wishRowsView(await wishes.open(issuer), now)}
${refusedRowsView(issuer, await refusedRows(issuer))}`
    const body = inboxView(await inbox(issuer, choice, branches), choice, branches, pressing)
    return answerPage(c, site, { title: '申込一覧', ...shell(member) }, body)
  }
}

const SAID: Record<string, string> = {
  answered: '依頼に回答しました。請負契約者の申込のページに表示されます。',
  taken: 'この依頼には、ほかの人が先に対応しました。あなたの回答は送っていません。',
}

function choiceOf(c: Context) {
  const tab = c.req.query('tab') ?? ''
  const page = Number(c.req.query('page') ?? 1)
  return {
    tab: Object.hasOwn(TABS, tab) ? (tab as Tab) : 'new',
    branch: c.req.query('branch') || undefined,
    page: Number.isSafeInteger(page) ? page : 1,
  }
}
