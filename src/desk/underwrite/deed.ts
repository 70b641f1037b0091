import type { CompiledQuery } from 'kysely'
import type { Day, Instant } from '../../base/time.ts'
import type { Clock } from '../../ports.ts'
import type { Store } from '../../store/store.ts'
import type { AppliedKind, LineStatus } from '../application/content.ts'
import type { StatementRow } from '../company/bills.ts'
import type { Company } from '../company/company.ts'
import type { Premiums } from '../company/premiums.ts'
import type { IssueLine } from '../issue/issue-line.ts'
import type { CheckLine } from './checks.ts'

/** What a clerk or approver does with one guarantee of an application. */
export type Action = 'receive' | 'review' | 'return' | 'accept' | 'decline' | 'settle' | 'issue'

/** From which 手続状況 a deed may be done. */
const FROM: Record<Action, readonly LineStatus[]> = {
  receive: ['submitted'],
  review: ['received'],
  return: ['submitted', 'received', 'reviewing', 'accepted', 'premium_settled'],
  accept: ['received', 'reviewing'],
  decline: ['received', 'reviewing'],
  settle: ['accepted'],
  issue: ['premium_settled'],
}

export interface Deed {
  issuer: string
  application: string
  kind: AppliedKind
  action: Action
  /** The line's newest step as the person saw it. */
  seen: number
  byUser: string
  /** Of 差し戻し and 引受不可. */
  reason?: string
  /** Of 差し戻し: all other lines that are still open go back with it. */
  all?: boolean
  /** Of 保証料の受領: the day on which it came; today unless given. */
  on?: Day
  /** Of 発行: of the draft that was shown. */
  digest?: string
}

/** What had been done before; `own`: it was this very deed of the same person, who pressed twice. */
export interface Taken {
  status: LineStatus
  at: Instant
  byUser: string | null
  own: boolean
}

/** The 手続状況 that each deed brings about. */
export const BRINGS: Record<Action, LineStatus> = {
  receive: 'received',
  review: 'reviewing',
  return: 'returned',
  accept: 'accepted',
  decline: 'declined',
  settle: 'premium_settled',
  issue: 'issuing',
}

export interface About {
  issuer: string
  org: string
  application: string
  number: string
}

/** Mails about a deed, as queries for its commit (desk/notify). */
export interface Tell {
  returned(about: About, kind: AppliedKind, reason: string): Promise<CompiledQuery[]>
  declined(about: About, kind: AppliedKind, reason: string): Promise<CompiledQuery[]>
  /** What was paid is given back whole. */
  givenBack(about: About, statement: StatementRow): Promise<CompiledQuery[]>
  premium(
    about: About,
    premium: {
      kind: AppliedKind
      statement: string
      yen: number
      mark: string | undefined
      payment: 'monthly_lump' | 'per_case'
      dueOn: Day | undefined
    },
  ): Promise<CompiledQuery[]>
}

export interface UnderwritingParts {
  store: Store
  clock: Pick<Clock, 'now'>
  company: Company
  premiums: Premiums
  tell: Tell
  issueLine: Pick<IssueLine, 'draft' | 'issue'>
  /** What was found about a guarantee by the rules of domain.md §9. */
  checks: CheckLine
}

/** While nothing is billed yet: such lines go back together. */
const JUDGED: readonly LineStatus[] = ['submitted', 'received', 'reviewing']

/** Whether a line goes back with another one, where that is wished. */
export function isJudged(status: LineStatus): boolean {
  return JUDGED.includes(status)
}

/** What may be done with a line now, by its status and the way its premium is paid. */
export function mayDo(action: Action, status: LineStatus, monthly: boolean): boolean {
  if (monthly && status === 'accepted') return action === 'issue' || action === 'return'
  return FROM[action].includes(status)
}
