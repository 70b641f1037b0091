import type { Day, Instant } from '../base/time.ts'
import type { Certificate } from './certificate.ts'
import type { ShownHistory, Status } from './history.ts'
import type { Algorithm } from './issuer-key.ts'
import { compareNames } from './name-variants.ts'
import type { Finding, WorksFacts } from './sufficiency.ts'

/** 署名, 発行者, 記録台帳, 現在の効力, then, when contract data was given, 照合 and 金額と期間. */
export type CheckId = 'integrity' | 'issuer' | 'log' | 'status' | 'match' | 'sufficiency'

/** `unknown` (確認できません) is never shown as pass and never as fail. */
export interface Check {
  id: CheckId
  result: 'pass' | 'fail' | 'unknown'
  code: string
}

export type Verdict = 'verified' | 'attention' | 'failed' | 'indeterminate'

/** What an officer reads in the works contract; every member may be left out. */
export interface ContractData extends WorksFacts {
  ownerName?: string | undefined
  contractorName?: string | undefined
}

/** Who looks. */
export interface Checker {
  /** 所属 */
  department?: string | undefined
  /** 氏名 */
  name?: string | undefined
}

/** One particular side by side; `ours` is the certificate's, null where it has none. */
export interface MatchField {
  field: keyof ContractData | 'worksPeriod.start' | 'worksPeriod.end'
  result: 'same' | 'variant' | 'different'
  theirs: string | number
  ours: string | number | null
}

/** The whole answer of a look-up, as doors and views take it. */
export interface LookupAnswer {
  verdict: Verdict
  checks: Check[]
  issuer: { id: string; name: string; phone?: string; url?: string; hours?: string }
  contractNumber: string
  /** `unknown` when a version cannot be read. */
  status: Omit<Status, 'state'> & { state: Status['state'] | 'unknown'; asOf: Instant }
  /** Severities `info`, `warn`, `not_checkable`. */
  warnings: Finding[]
  match?: { fields: MatchField[] }
  /** The newest snapshot; null when the newest version cannot be read. */
  certificate: Certificate | null
  /** Of the readable versions; of a share of scope `current` the present alone. */
  history: ShownHistory
  signature?: { kid: string; alg: Algorithm }
  /** Whether a share of scope `current` was opened: the head alone. */
  partial: boolean
  /** The seqs whose body was erased. */
  erased: number[]
  /** `root` in standard base64. */
  checkpoint?: { origin: string; size: number; root: string }
  /** 照会番号, `KX-` and ten Crockford base32 symbols. */
  receiptId: string
  checker?: Checker & { basis: 'self_declared' | 'signed_in' }
  verificationReceipt: string
}

const CORE: readonly CheckId[] = ['integrity', 'issuer', 'log']

/**
 * The verdict over checks (decisions.md "Verdicts"). A check that should be there and is not counts
 * as unknown, so that forgetting one can never verify.
 */
export function verdictOf(
  checks: readonly Check[],
  warnings: readonly { severity: string }[],
): Verdict {
  const core = checks.filter(({ id }) => CORE.includes(id))
  const present = (id: CheckId) => checks.some((check) => check.id === id)
  if (core.some(({ result }) => result === 'fail')) return 'failed'
  if (!CORE.every(present) || core.some(({ result }) => result === 'unknown'))
    return 'indeterminate'
  const allPass = present('status') && checks.every(({ result }) => result === 'pass')
  return allPass && warnings.every(({ severity }) => severity !== 'warn') ? 'verified' : 'attention'
}

/** Compares what an officer gave of the works contract with a certificate, field by field. */
export function matchFields(contract: ContractData, certificate: Certificate): MatchField[] {
  const { owner, contractor, worksPeriod } = certificate
  const period = contract.worksPeriod
  return [
    ...name('worksName', contract.worksName, [certificate.worksName]),
    ...name('worksNumber', contract.worksNumber, [certificate.worksNumber]),
    ...exact('contractPrice', contract.contractPrice, certificate.contractPrice),
    ...exact('worksContractDate', contract.worksContractDate, certificate.worksContractDate),
    ...exact('worksPeriod.start', period?.start, worksPeriod?.start),
    ...exact('worksPeriod.end', period?.end, worksPeriod?.end),
    ...name('ownerName', contract.ownerName, [owner.name, owner.title]),
    ...name('contractorName', contract.contractorName, [contractor.name, certificate.jvName]),
  ]
}

/** A name fits when it fits one of the certificate's (富士市 and 富士市長, a company and its JV). */
function name(
  field: MatchField['field'],
  theirs: string | undefined,
  names: readonly (string | undefined)[],
): MatchField[] {
  if (theirs === undefined) return []
  const compared = names
    .filter((ours) => ours !== undefined)
    .map((ours) => ({ field, theirs, ours, result: compareNames(theirs, ours) }))
  const best =
    compared.find(({ result }) => result === 'same') ??
    compared.find(({ result }) => result === 'variant') ??
    compared[0]
  return [best ?? { field, theirs, ours: null, result: 'different' }]
}

function exact(
  field: MatchField['field'],
  theirs: Day | number | undefined,
  ours: Day | number | undefined,
): MatchField[] {
  if (theirs === undefined) return []
  return [{ field, theirs, ours: ours ?? null, result: theirs === ours ? 'same' : 'different' }]
}
