import { type Day, dayInTokyo, type Instant, instant } from '../../base/time.ts'
import type { Clock } from '../../ports.ts'
import type { Store } from '../../store/store.ts'
import type { AppliedKind, Format, LineStatus } from '../application/content.ts'
import { type Office, receptionDay } from '../company/office.ts'
import { lastSent } from './last-sent.ts'

/** The tabs of 申込一覧, and which 手続状況 each holds (pages.md §6.8). */
export const TABS = {
  new: ['submitted'],
  review: ['received', 'reviewing'],
  waiting: ['accepted', 'premium_settled', 'issuing', 'issue_failed'],
  issued: ['issued', 'delivered'],
  returned: ['returned'],
  ended: ['declined', 'withdrawn'],
} as const satisfies Record<string, readonly LineStatus[]>

export type Tab = keyof typeof TABS

export interface InboxRow {
  id: string
  /** 受付番号. */
  number: string
  kind: AppliedKind
  format: Format
  status: LineStatus
  guaranteedAmount: number
  contractor: string
  worksName: string
  branch: string | null
  /** Of the newest sending. */
  sentAt: Instant
  /** 経過日数: days in Tokyo since it was received, or sent where no office says on which day it was. */
  days: number
  since: 'reception' | 'sending'
}

export interface Inbox {
  rows: InboxRow[]
  counts: Record<Tab, number>
  page: number
  pages: number
}

const PAGE = 50

export interface InboxChoice {
  tab: Tab
  branch?: string | undefined
  page: number
}

/**
 * 申込一覧 of a company, oldest first, by tab and branch. Days are counted from what was sent last: what
 * waits for the company is that, and not what it had sent back.
 */
export function createInbox({ store, clock }: { store: Store; clock: Pick<Clock, 'now'> }) {
  return async function inbox(
    issuer: string,
    choice: InboxChoice,
    offices: readonly Office[],
  ): Promise<Inbox> {
    const counts = await countsOf(store, issuer, choice.branch)
    const pages = Math.max(1, Math.ceil(counts[choice.tab] / PAGE))
    const page = Math.min(Math.max(1, choice.page), pages)
    const rows = await store.all(rowsQuery(store, issuer, { ...choice, page }).compile())
    const ids = rows.map(({ id }) => id)
    const sent = await lastSent(store, ids)
    const today = dayInTokyo(instant(clock.now()))
    return {
      rows: rows.map(({ number, sentAt: first, kind, status, ...row }) => {
        const { content, at: sentAt = first ?? '' } = sent.get(row.id) ?? {}
        const office = offices.find(({ id }) => id === row.branch)
        return {
          ...row,
          number: number ?? '',
          kind: kind as AppliedKind,
          status: status as LineStatus,
          contractor: content?.contractor.name ?? '',
          sentAt,
          ...age(sentAt, office, today),
        }
      }),
      counts,
      page,
      pages,
    }
  }
}

function lines({ db }: Store, issuer: string, branch: string | undefined) {
  const all = db
    .selectFrom('applicationLine as line')
    .innerJoin('application', 'application.id', 'line.application')
    .where('application.issuer', '=', issuer)
    .where('application.sentAt', 'is not', null)
  return branch === undefined ? all : all.where('application.branch', '=', branch)
}

function rowsQuery(store: Store, issuer: string, { tab, branch, page }: InboxChoice) {
  return lines(store, issuer, branch)
    .where('line.status', 'in', TABS[tab])
    .select(['line.kind', 'line.format', 'line.status', 'line.guaranteedAmount'])
    .select(['application.id', 'application.number', 'application.worksName'])
    .select(['application.branch', 'application.sentAt'])
    .orderBy('application.sentAt')
    .orderBy('application.id')
    .orderBy('line.kind')
    .limit(PAGE)
    .offset((page - 1) * PAGE)
}

async function countsOf(store: Store, issuer: string, branch: string | undefined) {
  const counted = lines(store, issuer, branch)
    .select(['line.status', (eb) => eb.fn.countAll<number>().as('count')])
    .groupBy('line.status')
  const rows = await store.all(counted.compile())
  const of = (statuses: readonly string[]) =>
    rows.reduce((all, row) => all + (statuses.includes(row.status) ? Number(row.count) : 0), 0)
  const tabs = Object.entries(TABS).map(([tab, statuses]) => [tab, of(statuses)])
  return Object.fromEntries(tabs) as Record<Tab, number>
}

/** What was sent after hours is received on a day to come, from which nothing has passed yet. */
function age(sentAt: Instant, office: Office | undefined, today: Day) {
  const since = office ? ('reception' as const) : ('sending' as const)
  const from = office ? receptionDay(office, sentAt) : dayInTokyo(sentAt)
  return { since, days: Math.max(0, daysBetween(from, today)) }
}

function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}
