import type { Day } from '../base/time.ts'
import type { Certificate, Kind } from './certificate.ts'
import { effectiveVersions, type Version } from './history.ts'
import type { EventKind } from './record.ts'
import { AMOUNT_RULES } from './rules/amount.ts'
import { OWNER_RULES, PARTICULARS_RULES } from './rules/particulars.ts'
import type { Breach, Facts, Inputs, Known, Rule } from './rules/rule.ts'
import { type RuleValues, valuesOn } from './rules/values.ts'

/** An owner (発注者) as far as the rules ask for it. */
export interface OwnerPolicy {
  /** Name, titles and aliases, as spelled. */
  names: string[]
  code?: string
  /** The first date, on its basis, from which electronic guarantees are taken. */
  start: {
    date: Day
    basis: 'contract_date' | 'tender_notice_date' | 'planned_contract_notice_date'
  }
  kinds: Kind[]
  /** By-law values with the day from which they count. */
  rules: { from: Day; values: Partial<RuleValues> }[]
}

/** What a rule says about an event; words for `rule` and `code` live with the pages. */
export interface Finding extends Breach {
  /** `V01` … `V23` of domain.md §9. */
  rule: string
  code: string
  /** `not_checkable`: `field` names the first input that is missing. */
  severity: 'block' | 'warn' | 'info' | 'not_checkable'
}

/** What an officer may read in the works contract that bears on the rules. */
export interface WorksFacts {
  worksName?: string | undefined
  worksNumber?: string | undefined
  contractPrice?: number | undefined
  worksContractDate?: Day | undefined
  worksPeriod?: { start?: Day | undefined; end?: Day | undefined } | undefined
}

/** An event to be judged, `versions` being all before it, ascending. */
export interface Judged {
  event: EventKind
  /** What a `correct` or `cancel_amendment` takes out of force. */
  targetSeq?: number | undefined
  versions: readonly Version[]
  certificate: Certificate
  /** `unreadable` where what is stored of the owner is damaged. */
  owner?: OwnerPolicy | 'unreadable' | undefined
  /** Another certificate for the same works, such as the advance behind an interim advance. */
  related?: Certificate | undefined
  hasPaperOriginal?: boolean | undefined
  contract?: WorksFacts | undefined
}

type JudgedByOwner = Judged & { owner: OwnerPolicy | undefined }

/** What blocks stands first, in the order of interface.md "Errors". */
const RULES: readonly Rule[] = [...OWNER_RULES, ...AMOUNT_RULES, ...PARTICULARS_RULES]

/**
 * Every rule V01–V23 that applies to the kind answers: nothing when it holds, a finding when not,
 * `not_checkable` when its inputs are absent. The by-law in force is that of the works contract's
 * date if known, else of the document's date. What the officer read in the contract outweighs the
 * certificate, since the question is whether the guarantee suffices for that contract. Without the
 * owner's values no rule can be checked.
 */
export function findings({ owner, ...rest }: Judged): Finding[] {
  const { kind } = rest.certificate
  const rules = RULES.filter((row) => row.kinds.length === 0 || row.kinds.includes(kind))
  if (owner === 'unreadable') {
    return rules.map(({ rule, code }) => ({
      rule,
      code,
      severity: 'not_checkable',
      field: 'owner',
    }))
  }
  const judged = { ...rest, owner }
  const facts = { ...knownOf(judged), ...inputsOf(judged) }
  return rules.filter((row) => row.applies(facts)).flatMap((row) => answer(row, facts) ?? [])
}

function answer(row: Rule, facts: Facts): Finding | undefined {
  const { rule, code, severity } = row
  const missing = row.needs.find((input) => facts[input] === undefined)
  if (missing !== undefined) return { rule, code, severity: 'not_checkable', field: missing }
  const breach = row.breach(facts)
  return breach && { rule, code, severity, ...breach }
}

function knownOf(judged: JudgedByOwner): Known {
  const { event, certificate, versions, owner, contract } = judged
  const values = valuesOn(owner?.rules ?? [], contractDateOf(judged) ?? certificate.documentDate)
  const price = contract?.contractPrice ?? certificate.contractPrice
  const prices = effectiveVersions(versions)
    .filter(({ version }) => version.seq !== judged.targetSeq)
    .map(({ version }) => version.certificate.contractPrice)
  return {
    event,
    certificate,
    versions,
    values,
    price,
    base: values.base === 'fiscalYear' ? (certificate.fiscalYearAmount ?? price) : price,
    decreased: Math.max(certificate.contractPrice, ...prices) > price,
    compared: contract !== undefined,
  }
}

function inputsOf(judged: JudgedByOwner): Inputs {
  const { certificate, owner, related, contract, hasPaperOriginal } = judged
  const worksContractDate = contractDateOf(judged)
  const isSecurity = related?.kind === 'contract' || related?.kind === 'performance_bond'
  return {
    owner,
    startBasisDate: owner?.start.basis === 'contract_date' ? worksContractDate : undefined,
    worksCategory: certificate.worksCategory,
    worksContractDate,
    'worksPeriod.start': contract?.worksPeriod?.start ?? certificate.worksPeriod?.start,
    'worksPeriod.end': contract?.worksPeriod?.end ?? certificate.worksPeriod?.end,
    'coverage.start': certificate.coverage.start,
    lowBid: certificate.lowBid,
    finalYear: certificate.finalYear,
    interimApprovalDate: certificate.interimApprovalDate,
    related,
    contractGuarantee: isSecurity ? related : undefined,
    initial: initialOf(judged),
    hasPaperOriginal,
    'contract.worksName': contract?.worksName,
    'contract.worksNumber': contract?.worksNumber,
  }
}

function contractDateOf({ contract, certificate }: Judged): Day | undefined {
  return contract?.worksContractDate ?? certificate.worksContractDate
}

/** The certificate that stands as the 新規; undefined where its body is gone. */
function initialOf({ event, versions, targetSeq, certificate }: Judged): Certificate | undefined {
  if (event === 'issue') return certificate
  const [first] = effectiveVersions(versions)
  if (first?.root.event !== 'issue') return undefined
  return first.version.seq === targetSeq ? certificate : first.version.certificate
}
