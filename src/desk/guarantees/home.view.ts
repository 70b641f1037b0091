import type { Member } from '../../accounts/member.ts'
import { listTime } from '../../base/time.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import type { LineStatus } from '../application/content.ts'
import { proposalName } from '../issue/life-words.ts'
import { MOST_PROPOSALS, type OpenProposal, type SentBack } from '../issue/open-proposals.ts'
import type { Waiting } from './home.ts'
import { detailPath } from './list.view.ts'

const words = {
  title: 'ようこそ、ネットデスクへ',
  service: 'インターネット保証サービス Net Desk',
  menu: 'メニュー',
  waiting: 'ご確認いただきたいこと',
  nothing: 'いま、お待ちしている手続きはありません。',
  count: (count: number) => `${count}件`,
  proposal: (event: string, number: string) => `承認待ち：${event}（保証契約番号 ${number}）`,
  asked: (who: string, at: string) => `${who}さんが ${at} に承認を依頼しました。`,
  sentBack: (event: string, number: string) =>
    `差し戻された依頼：${event}（保証契約番号 ${number}）`,
  reason: (reason: string, at: string) => `理由（${at}）：${reason}`,
  own: 'ご自身の依頼です。別の承認者の承認を待っています。',
  forApprover: '承認者の承認を待っています。',
  moreProposals: `承認待ちの手続は、依頼の古いものから${MOST_PROPOSALS}件を表示しています。`,
}

type Entry = readonly [path: string, name: string, note: string]

const CONTRACTOR_MENU: readonly Entry[] = [
  ['/desk/guarantees', '保証契約一覧', '発行した保証の内容、電子保証（認証キー）、履歴'],
  ['/desk/applications', '保証申込', '新しい申込、作成中の申込、手続状況'],
  ['/desk/statements', '保証料計算書一覧', '保証料計算書と保証料返還計算書'],
]

const COMPANY_MENU: readonly Entry[] = [
  ['/desk/inbox', '申込一覧', '受付、審査、発行'],
  ['/desk/guarantees', '保証契約一覧', '発行した保証の内容と履歴、到着の状況'],
  ['/desk/statements', '保証料計算書一覧', '保証料計算書と保証料返還計算書'],
]

type Task = readonly [path: string, name: string, of: (waiting: Waiting) => number]

const at =
  (...statuses: LineStatus[]): Task[2] =>
  ({ lines }) =>
    statuses.reduce((sum, status) => sum + (lines[status] ?? 0), 0)

const CONTRACTOR_TASKS: readonly Task[] = [
  [
    '/desk/applications',
    '差し戻された申込（内容を直して、もう一度送信してください）',
    at('returned'),
  ],
  ['/desk/statements', '保証料をご案内している申込', at('accepted')],
  [
    '/desk/applications',
    '審査中の申込',
    at('submitted', 'received', 'reviewing', 'premium_settled'),
  ],
  ['/desk/guarantees', '発行手続き中の保証', at('issuing', 'issue_failed')],
]

const COMPANY_TASKS: readonly Task[] = [
  [
    '/desk/inbox',
    '認証キーが漏えいしたおそれの連絡（優先して対応してください）',
    ({ wishes }) => wishes.leaked,
  ],
  ['/desk/inbox', '認証キーの再発行の依頼', ({ wishes }) => wishes.rekey],
  ['/desk/inbox?tab=new', '受付前の申込', at('submitted')],
  ['/desk/inbox?tab=review', '審査中の申込', at('received', 'reviewing')],
  ['/desk/inbox?tab=waiting', '保証料の確認を待つ申込', at('accepted')],
  ['/desk/inbox?tab=waiting', '発行を待つ申込', at('premium_settled')],
  ['/desk/guarantees', 'プラットフォームに未到着の記録', ({ notArrived }) => notArrived],
  ['/desk/mails', '届かなかったメール', ({ lostMails }) => lostMails],
]

/** `/desk`: the menu of the leaflet, its first entry first, and what waits. */
export function homeView(member: Member, waiting: Waiting): Html {
  const ofCompany = member.organisation.kind !== 'contractor'
  const menu = ofCompany ? COMPANY_MENU : CONTRACTOR_MENU
  const tasks = (ofCompany ? COMPANY_TASKS : CONTRACTOR_TASKS)
    .map(([path, name, of]) => ({ path, name, count: of(waiting) }))
    .filter(({ count }) => count > 0)
  const { proposals, sentBack } = waiting
  return html`<p class="aside-note">${words.service}</p><h1>${words.title}</h1>
<section aria-labelledby="menu"><h2 class="unseen" id="menu">${words.menu}</h2>
<ul class="menu">${menu.map(([path, name, note]) => html`<li><a href="${path}"><span class="menu-name">${name}</span> <span class="menu-note">${note}</span></a></li>`)}</ul></section>
<section aria-labelledby="waiting"><h2 id="waiting">${words.waiting}</h2>
${
  tasks.length + proposals.length + sentBack.length === 0
    ? html`<p>${words.nothing}</p>`
    : html`<ul class="waiting">${sentBack.map(sentBackItem)}${proposals.slice(0, MOST_PROPOSALS).map((one) => proposalItem(one, member))}
${tasks.map(({ path, name, count }) => html`<li><a href="${path}">${name}</a> <strong>${words.count(count)}</strong></li>`)}</ul>`
}
${proposals.length > MOST_PROPOSALS && html`<p class="aside-note">${words.moreProposals}</p>`}</section>`
}

function sentBackItem(one: SentBack): Content {
  const { event, contractNumber, contractorName, worksName, at, reason } = one
  return html`<li><a href="${detailPath(one)}/life">${words.sentBack(proposalName(event), contractNumber)}</a>
<p class="aside-note">${contractorName}　${worksName}<br>${words.reason(reason ?? '', listTime(at))}</p></li>`
}

/** Who may agree to it finds it here; who may not reads whom it waits for. */
function proposalItem(one: OpenProposal, { user, role }: Member): Content {
  const { event, contractNumber, contractorName, worksName, madeBy, madeByName, madeAt } = one
  const whose = madeBy === user ? words.own : role !== 'approver' && words.forApprover
  return html`<li><a href="${detailPath(one)}/life">${words.proposal(proposalName(event), contractNumber)}</a>
<p class="aside-note">${contractorName}　${worksName}<br>${words.asked(madeByName, listTime(madeAt))}${whose && html`<br>${whose}`}</p></li>`
}
