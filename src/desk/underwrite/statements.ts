import type { Day, Instant } from '../../base/time.ts'
import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'
import type { ApplicationContent, AppliedKind, LineStatus } from '../application/content.ts'
import type { Payment, StatementQuote } from '../company/bills.ts'
import {
  isOpen,
  type OpenStatement,
  openBeside,
  openStatements,
} from '../company/open-statements.ts'
import { lastSent } from './last-sent.ts'

/** A 保証料計算書 or 保証料返還計算書 with the guarantee that it is about. */
export interface StatementSeen {
  issuer: string
  number: string
  branch: string | null
  kind: AppliedKind
  contractNumber: string | null
  type: 'charge' | 'refund'
  yen: number
  quote: StatementQuote
  paymentMethod: Payment['paymentMethod']
  billTo: Payment['billTo']
  madeAt: Instant
  settledAt: Instant | null
  settledBy: string | null
  /** The day on which it was received or given back; none of those noted before it was asked for. */
  settledOn: Day | null
  /** 支払期限; none where the company had set no days, and by the month. */
  dueOn: Day | null
  /** Its record has not arrived yet: nothing of it is due, and nothing is noted as settled. */
  isPending: boolean
  /** How far its guarantee has come; none where it is gone. */
  lineStatus: LineStatus | null
  /** Its change was dropped before it took effect. */
  voidedAt: Instant | null
  /** The statement that gave it back whole, or itself if it gave others back. */
  givenBackBy: string | null
  /** What else of its guarantee is open, while it is itself. */
  beside: readonly OpenStatement[]
  contractor: string
  ownerName: string
  worksName: string
}

/** Whose statements: those for a contractor, or those of a company. */
export type StatementSide = { org: string } | { issuer: string }

/**
 * Whether its settlement is noted on its own row: of what came after the issue, and of what is paid
 * by the month. The first premium that is paid by the case is a step of its application.
 */
export function isMarkable(statement: StatementSeen): boolean {
  const { quote, paymentMethod, lineStatus, settledAt, voidedAt, isPending } = statement
  if (settledAt !== null || voidedAt !== null || isPending) return false
  if (quote.for !== 'issue') return true
  return paymentMethod === 'monthly_lump' && lineStatus === 'issued'
}

/** Whether a note that it was settled can be taken back: one of its own row, on which nothing hangs. */
export function isUndoable(statement: StatementSeen): boolean {
  const { quote, paymentMethod, settledAt, voidedAt, givenBackBy } = statement
  if (settledAt === null || voidedAt !== null) return false
  if (quote.for === 'issue') return paymentMethod === 'monthly_lump' && givenBackBy === null
  return true
}

const PAGE = 50

/** All statements of a side. */
function rowsOf({ db }: Store, side: StatementSide) {
  const all = db
    .selectFrom('premiumStatement as statement')
    .innerJoin('application', 'application.id', 'statement.application')
  return 'org' in side
    ? all.where('statement.org', '=', side.org)
    : all.where('statement.issuer', '=', side.issuer)
}

/** With what a list shows of its application, its guarantee and its record. */
const withAll = (store: Store, side: StatementSide) =>
  rowsOf(store, side)
    .selectAll('statement')
    .select(['application.branch', 'application.worksName'])
    .leftJoin('applicationLine as line', (join) =>
      join
        .onRef('line.application', '=', 'statement.application')
        .onRef('line.kind', '=', 'statement.kind'),
    )
    .select(['line.contractNumber as given', 'line.status as lineStatus'])
    .leftJoin('issuedVersion as version', (join) =>
      join
        .onRef('version.issuer', '=', 'statement.issuer')
        .onRef('version.statement', '=', 'statement.number'),
    )
    .select(['version.seq', 'version.arrivedAt'])

/** 保証料計算書一覧 for both sides, newest first. */
export function createStatements(store: Store) {
  async function seen(found: readonly Row[]): Promise<StatementSeen[]> {
    const sent = await lastSent(
      store,
      found.map(({ application }) => application),
    )
    const open = await openStatements(
      store,
      found.filter(isOpen).map(({ application }) => application),
    )
    return found.map((row) => ({
      ...statementOf(row, sent.get(row.application)?.content),
      beside: isOpen(row) ? openBeside(open, row) : [],
    }))
  }

  return {
    async page(side: StatementSide, page: number) {
      const counted = rowsOf(store, side).select((eb) => eb.fn.countAll<number>().as('count'))
      const [total] = await store.all(counted.compile())
      const pages = Math.max(1, Math.ceil(Number(total?.count ?? 0) / PAGE))
      const at = Math.min(Math.max(1, page), pages)
      const newest = withAll(store, side)
        .orderBy('statement.madeAt', 'desc')
        .orderBy('statement.number', 'desc')
        .limit(PAGE)
        .offset((at - 1) * PAGE)
      return { rows: await seen(await store.all(newest.compile())), page: at, pages }
    },

    /** @returns undefined where there is none (any more), or it is another firm's */
    async byNumber(side: StatementSide, issuer: string, number: string) {
      const one = withAll(store, side)
        .where('statement.issuer', '=', issuer)
        .where('statement.number', '=', number)
        .where('statement.voidedAt', 'is', null)
      const [found] = await seen(await store.all(one.compile()))
      return found
    },
  }
}

type Row = Tables['premiumStatement'] & {
  branch: string | null
  worksName: string
  given: string | null
  lineStatus: string | null
  /** Of the record that it belongs to; none of a first premium, and of what is done on paper. */
  seq: number | null
  arrivedAt: string | null
}

function statementOf(
  row: Row,
  content: ApplicationContent | undefined,
): Omit<StatementSeen, 'beside'> {
  const { given, contractNumber, kind, quote, billTo, paymentMethod, settledOn, dueOn } = row
  const { issuer, number, branch, type, yen, madeAt, settledAt, settledBy, voidedAt, worksName } =
    row
  return {
    ...{ issuer, number, branch, type, yen, madeAt, settledAt, settledBy, voidedAt, worksName },
    lineStatus: row.lineStatus as LineStatus | null,
    kind: kind as AppliedKind,
    contractNumber: contractNumber ?? given,
    settledOn,
    dueOn,
    isPending: row.seq !== null && row.arrivedAt === null,
    givenBackBy: row.givenBackBy,
    quote: JSON.parse(quote) as StatementQuote,
    paymentMethod: paymentMethod as Payment['paymentMethod'],
    billTo: JSON.parse(billTo) as Payment['billTo'],
    contractor: content?.contractor.name ?? '',
    ownerName: content?.works.ownerName ?? '',
  }
}
