import { type Certificate, KINDS } from '../../../src/guarantee/certificate.ts'
import type { Version } from '../../../src/guarantee/history.ts'
import { findings, type Judged, type OwnerPolicy } from '../../../src/guarantee/sufficiency.ts'
import { certificate, without } from '../sample.ts'

export const FUJI: OwnerPolicy = {
  names: ['富士市', '富士市長'],
  code: '222101',
  start: { date: '2025-11-14', basis: 'contract_date' },
  kinds: [...KINDS],
  rules: [],
}

export const CONTRACT_GUARANTEE = without(
  certificate({ kind: 'contract', guaranteedAmount: 5_000_000, documentDate: '2025-11-18' }),
  'depositBank',
)

export const ADVANCE = certificate()

export const INTERIM = certificate({
  kind: 'interim_advance_payment',
  contractNumber: '12345-678999',
  guaranteedAmount: 10_000_000,
  documentDate: '2026-02-01',
  interimApprovalDate: '2026-01-30',
  relatedContractNumber: '12345-678901',
})

/** What the officer reads in the contract, as in the certificate. */
export const WORKS = { worksName: ADVANCE.worksName, worksNumber: '第25-101号' }

export const ofTwoYears: Partial<Certificate> = {
  multiYear: true,
  worksPeriod: { start: '2025-11-21', end: '2027-02-26' },
}

/** All inputs present and every rule held. */
export function judged(own: Certificate, changes: Partial<Judged> = {}): Judged {
  const related = own.kind === 'advance_payment' ? CONTRACT_GUARANTEE : ADVANCE
  return {
    event: 'issue',
    versions: [],
    certificate: own,
    owner: FUJI,
    related,
    hasPaperOriginal: false,
    ...changes,
  }
}

export const advance = (changes: Partial<Certificate>, more: Partial<Judged> = {}) =>
  judged(certificate(changes), more)
export const security = (changes: Partial<Certificate>, more: Partial<Judged> = {}) =>
  judged({ ...CONTRACT_GUARANTEE, ...changes }, more)
export const interim = (changes: Partial<Certificate>, more: Partial<Judged> = {}) =>
  judged({ ...INTERIM, ...changes }, more)
export const lacking = (own: Certificate, name: keyof Certificate, more: Partial<Judged> = {}) =>
  judged(without(own, name) as Certificate, more)
export const withRules = (values: OwnerPolicy['rules'][number]['values']): Partial<Judged> => ({
  owner: { ...FUJI, rules: [{ from: '2020-04-01', values }] },
})
export const version = (
  seq: number,
  changes: Partial<Certificate>,
  more: Partial<Version> = {},
): Version => ({
  seq,
  event: seq === 1 ? 'issue' : 'amend',
  certificate: certificate(changes),
  arrivedAt: `2025-11-2${seq}T00:00:00.000Z`,
  index: seq,
  ...more,
})
export const amended = (own: Certificate, ...versions: Version[]) =>
  judged(own, { event: 'amend', versions })

export const said = (input: Judged) =>
  findings(input).map(({ rule, severity, code }) => `${rule} ${severity} ${code}`)
