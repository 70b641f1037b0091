import { dayInTokyo, type Instant } from '../../base/time.ts'
import { knownStatus, type Status } from '../../guarantee/history.ts'
import type { Finding } from '../../guarantee/sufficiency.ts'
import type { Check, LookupAnswer, MatchField } from '../../guarantee/verdict.ts'
import type { Proof } from './prove.ts'

const STATUS_CODES: Record<Status['state'], string> = {
  in_force: 'IN_FORCE',
  not_started: 'NOT_STARTED',
  expired: 'EXPIRED',
  cancelled: 'CANCELLED',
  released: 'RELEASED',
  on_paper: 'ON_PAPER',
}

/** 現在の効力: whether the guarantee is in force on the day of the look-up, and as of which version. */
export function statusCheck(
  { versions, checked, newestSeq, last }: Proof,
  asOf: Instant,
): { check: Check; status: LookupAnswer['status'] } {
  const newest = Math.max(newestSeq, checked.at(-1)?.stored.seq ?? 0)
  const known = last && knownStatus(versions, newest, dayInTokyo(asOf))
  if (!known) {
    const status = { state: 'unknown', asOf, seq: newest, amendments: 0 } as const
    return { status, check: { id: 'status', result: 'unknown', code: 'UNKNOWN' } }
  }
  const { state, seq, amendments } = known
  const result = state === 'in_force' ? 'pass' : 'fail'
  return {
    status: { state, asOf, seq, amendments },
    check: { id: 'status', result, code: STATUS_CODES[state] },
  }
}

/**
 * 契約内容との照合: a mere variant of a name (髙 and 高) passes, and is said to be one.
 * @param fields undefined without a certificate to compare with
 */
export function matchCheck(fields: readonly MatchField[] | undefined): Check {
  if (!fields) return { id: 'match', result: 'unknown', code: 'NOT_CHECKABLE' }
  const results = fields.map(({ result }) => result)
  if (results.includes('different')) return { id: 'match', result: 'fail', code: 'DIFFERENT' }
  return { id: 'match', result: 'pass', code: results.includes('variant') ? 'VARIANT' : 'SAME' }
}

/** The rules of amount and term; the others speak of other papers, which a look-up does not have. */
const AMOUNT_AND_TERM = new Set(
  ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '13', '14', '15'].map(
    (number) => `V${number}`,
  ),
)

/**
 * 金額と期間: whether the guarantee suffices for the works contract that was given.
 * @param found undefined without a certificate to judge
 */
export function sufficiencyCheck(found: readonly Finding[] | undefined): Check {
  if (!found) return { id: 'sufficiency', result: 'unknown', code: 'NOT_CHECKABLE' }
  const severities = found
    .filter(({ rule }) => AMOUNT_AND_TERM.has(rule))
    .map(({ severity }) => severity)
  if (severities.includes('warn')) {
    return { id: 'sufficiency', result: 'fail', code: 'INSUFFICIENT' }
  }
  return severities.includes('not_checkable')
    ? { id: 'sufficiency', result: 'unknown', code: 'NOT_CHECKABLE' }
    : { id: 'sufficiency', result: 'pass', code: 'OK' }
}
