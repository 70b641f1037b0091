import { foldWidth, isPlainText } from '../../base/text.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import { effectiveVersions } from '../../guarantee/history.ts'
import type { RecordPayload } from '../../guarantee/record.ts'
import { readDay, readYen } from '../../web/amount.ts'
import type { FieldError } from '../../web/form.ts'
import { showInteger } from '../../web/show.ts'
import { keyFault } from '../application/free-text.ts'
import type { LifeWish } from './life.ts'
import { AMOUNT_TERMS, LIFE_TERMS, type LifeEvent, type LifeTerm } from './life-events.ts'
import { LIFE, LIFE_ERRORS, REASON_CODES, stagesOf, TERMS } from './life-words.ts'
import type { PaperEvent } from './paper/paper-events.ts'
import type { PaperWish } from './paper/paper-plan.ts'
import { historyOf, type Known } from './version-rows.ts'

/** What stands in the fields, as typed. */
export type LifeFields = Partial<Record<LifeTerm | 'reason' | 'reasonCode' | 'stage', string>>

const DAYS: readonly LifeTerm[] = ['coverage.end', 'worksPeriod.end']
const NEEDED: readonly LifeTerm[] = [
  'guaranteedAmount',
  'contractPrice',
  'coverage.end',
  'worksName',
]
const REASONED: readonly LifeEvent[] = [
  'correct',
  'cancel_amendment',
  'cancel',
  'to_paper',
  'reissue',
]
/** Characters of a reason, at most. */
export const REASON_LIMIT = 400

/** The terms of now, as they first stand in the form of a 変更 or 訂正. */
export function fieldsOf(certificate: Certificate): LifeFields {
  const { guaranteedAmount, contractPrice, fiscalYearAmount, coverage, worksPeriod } = certificate
  return {
    guaranteedAmount: showInteger(guaranteedAmount),
    contractPrice: showInteger(contractPrice),
    fiscalYearAmount: fiscalYearAmount === undefined ? '' : showInteger(fiscalYearAmount),
    'coverage.end': coverage.end,
    'worksPeriod.end': worksPeriod?.end ?? '',
    worksName: certificate.worksName,
    worksPlace: certificate.worksPlace ?? '',
    depositBank: certificate.depositBank ?? '',
  }
}

/**
 * The wish of a form, or everything that is wrong with it, in the words of the page. A 訂正 is of
 * what is in force now; a 変更取消 of the latest that is effective.
 */
export function readLifeForm(
  event: Exclude<LifeEvent, 'rekey' | 'reissue'>,
  sent: LifeFields,
  { versions }: Known,
  documentDate: string,
): { wish: LifeWish; errors: FieldError[] } {
  const errors: FieldError[] = []
  const reason = readReason(REASONED.includes(event), sent, errors)
  const said = reason === '' ? {} : { reason }
  const history = historyOf(versions)
  const latest = effectiveVersions(history).at(-1)?.version
  const targetSeq = latest ? { targetSeq: latest.seq } : {}
  const current = history.at(-1)?.certificate as Certificate
  switch (event) {
    case 'amend': {
      const certificate = { ...readTerms(sent, current, errors), documentDate }
      return { wish: { event, certificate, ...said }, errors }
    }
    case 'correct':
      return {
        wish: { event, certificate: readTerms(sent, current, errors), ...targetSeq, ...said },
        errors,
      }
    case 'cancel_amendment':
      return { wish: { event, ...targetSeq, ...said }, errors }
    case 'to_paper':
      return { wish: { event: 'cancel', reasonCode: 'converted_to_paper', ...said }, errors }
    case 'cancel':
      readChoices(sent, current, errors)
      return { wish: { event, reasonCode: reasonCodeOf(sent), ...said }, errors }
    case 'release':
      return { wish: { event, ...said }, errors }
  }
}

/** The same of a guarantee on paper, whose 変更 says its reason on the certificate. */
export function readPaperForm(
  event: PaperEvent,
  sent: LifeFields,
  current: Certificate,
  documentDate: string,
): { wish: PaperWish; errors: FieldError[] } {
  const errors: FieldError[] = []
  const reason = readReason(event === 'amend' || REASONED.includes(event), sent, errors)
  const said = reason === '' ? {} : { reason }
  if (event === 'cancel') {
    readChoices(sent, current, errors)
    return { wish: { event, reasonCode: reasonCodeOf(sent), ...said }, errors }
  }
  if (event !== 'amend' && event !== 'correct') return { wish: { event, ...said }, errors }
  const terms = readTerms(sent, current, errors)
  const certificate = event === 'amend' ? { ...terms, documentDate } : terms
  return { wish: { event, certificate, ...said }, errors }
}

/** Why it ends, and how far things are: what is given back hangs on it, so nothing is chosen beforehand. */
function readChoices(sent: LifeFields, { kind }: Certificate, errors: FieldError[]): void {
  const lists = [
    { field: 'reasonCode', label: LIFE.reasonCode, choices: REASON_CODES },
    { field: 'stage', ...stagesOf(kind) },
  ] as const
  for (const { field, label, choices } of lists) {
    if (choices.some(({ value }) => value === sent[field])) continue
    errors.push({ field, text: LIFE_ERRORS.notChosen(label) })
  }
}

function reasonCodeOf({ reasonCode }: LifeFields): NonNullable<RecordPayload['reasonCode']> {
  return reasonCode === 'contract_terminated' || reasonCode === 'replaced' ? reasonCode : 'other'
}

function readReason(needed: boolean, sent: LifeFields, errors: FieldError[]): string {
  const reason = sent.reason?.trim() ?? ''
  if (reason === '' && needed) {
    errors.push({ field: 'reason', text: LIFE_ERRORS.reasonMissing })
  } else if ([...reason].length > REASON_LIMIT || !isPlainText(reason)) {
    errors.push({ field: 'reason', text: LIFE_ERRORS.reasonForm })
  } else {
    const text = keyFault(LIFE_ERRORS.reason, reason)
    if (text !== undefined) errors.push({ field: 'reason', text })
  }
  return reason
}

/** Whether a certificate cannot be without a term; a period of works that it has keeps its end. */
export function isNeeded(term: LifeTerm, { worksPeriod }: Certificate): boolean {
  return NEEDED.includes(term) || (term === 'worksPeriod.end' && worksPeriod !== undefined)
}

/** Terms whose field is left empty fall away, where the certificate can be without them. */
function readTerms(sent: LifeFields, current: Certificate, errors: FieldError[]): Certificate {
  const next: Certificate = structuredClone(current)
  const flat = next as unknown as Record<string, unknown>
  for (const term of LIFE_TERMS) {
    // Texts are kept byte for byte: blanks at their ends are the certificate's own.
    const typed = sent[term] ?? ''
    const text = typed.trim()
    const value = text === '' ? undefined : termValue(term, typed)
    if (text === '' && isNeeded(term, next)) {
      errors.push({ field: term, text: LIFE_ERRORS.missing(TERMS[term]) })
    } else if (text !== '' && value === undefined) {
      errors.push({ field: term, text: LIFE_ERRORS.form(TERMS[term], kindOf(term)) })
    } else if (term === 'coverage.end') {
      next.coverage = { ...next.coverage, end: String(value) }
    } else if (term === 'worksPeriod.end') {
      if (next.worksPeriod) next.worksPeriod.end = String(value)
      else if (value !== undefined) errors.push({ field: term, text: LIFE_ERRORS.noWorksPeriod })
    } else if (value === undefined) delete flat[term]
    else flat[term] = value
  }
  checkOrder(next, errors)
  return next
}

function checkOrder({ coverage, worksPeriod, ...sums }: Certificate, errors: FieldError[]): void {
  if (errors.length > 0) return
  if (sums.guaranteedAmount > sums.contractPrice) {
    errors.push({ field: 'guaranteedAmount', text: LIFE_ERRORS.abovePrice })
  }
  if (coverage.start !== undefined && coverage.end < coverage.start) {
    errors.push({ field: 'coverage.end', text: LIFE_ERRORS.beforeStart(TERMS['coverage.end']) })
  }
  if (worksPeriod && worksPeriod.end < worksPeriod.start) {
    errors.push({
      field: 'worksPeriod.end',
      text: LIFE_ERRORS.beforeStart(TERMS['worksPeriod.end']),
    })
  }
}

function termValue(term: LifeTerm, text: string): string | number | undefined {
  if (AMOUNT_TERMS.includes(term)) return readYen(text)
  if (DAYS.includes(term)) return readDay(foldWidth(text))
  return isPlainText(text) && [...text].length <= 200 ? text : undefined
}

function kindOf(term: LifeTerm): 'amount' | 'day' | 'text' {
  return AMOUNT_TERMS.includes(term) ? 'amount' : DAYS.includes(term) ? 'day' : 'text'
}
