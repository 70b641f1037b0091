import { foldName } from '../../base/text.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import { type Finding, findings, type OwnerPolicy } from '../../guarantee/sufficiency.ts'
import type { OwnerSeen, PlatformPort } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { ApplicationContent, AppliedKind } from '../application/content.ts'
import type { SentApplication } from '../application/sent/sent-application.ts'
import { lastSent } from './last-sent.ts'

/** Another guarantee of the same works, owner, contractor and kind. */
export interface Duplicate {
  id: string
  number: string
  status: string
}

/** What is seen of a guarantee before it is accepted. */
export interface Checks {
  /** The sum in thousandths of 今年度対象額, where given, or 請負金額; cut off. */
  ratioPermille: number
  ratioBase: 'fiscalYearAmount' | 'contractPrice'
  owner:
    | { state: 'known'; name: string; start: string }
    | { state: 'unknown' }
    /** The platform did not answer, so nobody knows; `seconds` since it was asked. */
    | { state: 'unreachable'; seconds: number | undefined }
  duplicates: Duplicate[]
  findings: Finding[]
}

const CANCELLED = ['withdrawn', 'declined']

interface CheckParts {
  store: Store
  platform: Pick<PlatformPort, 'owners' | 'unanswered'>
}

/**
 * Checks a guarantee that was applied for by the certificate that it would have: ratio, owner,
 * duplicates and the rules of domain.md §9.
 */
export function createChecks({ store, platform }: CheckParts) {
  // Whole applications are read only of works of the same name: a firm may have thousands.
  const othersOf = kept(store.db, (db, org: string, issuer: string, id: string, kind: string) =>
    db
      .selectFrom('application')
      .innerJoin('applicationLine as line', 'line.application', 'application.id')
      .select(['application.id', 'application.number', 'application.worksName', 'line.status'])
      .where('application.org', '=', org)
      .where('application.issuer', '=', issuer)
      .where('application.id', '!=', id)
      .where('application.sentAt', 'is not', null)
      .where('line.kind', '=', kind)
      .where('line.status', 'not in', CANCELLED),
  )

  async function ownerOf({ ownerCode, ownerName }: ApplicationContent['works']) {
    try {
      const owners = await platform.owners(ownerName)
      const folded = foldName(ownerName)
      return owners.find(({ code, name, aliases }) =>
        ownerCode === undefined
          ? [name, ...aliases].some((one) => foldName(one) === folded)
          : code === ownerCode,
      )
    } catch {
      return 'unreachable'
    }
  }

  async function duplicatesOf({ id, org, issuer, content }: SentApplication, kind: AppliedKind) {
    const others = await store.all(othersOf(org, issuer, id, kind))
    const name = foldName(content.works.worksName)
    const named = others.filter(({ worksName }) => foldName(worksName) === name)
    const sent = await lastSent(
      store,
      named.map((other) => other.id),
    )
    return named
      .filter((other) => sameWorks(content, sent.get(other.id)?.content))
      .map((other) => ({ id: other.id, number: other.number ?? '', status: other.status }))
  }

  return async function checks(
    application: SentApplication,
    kind: AppliedKind,
    certificate: Certificate,
  ): Promise<Checks> {
    const owner = await ownerOf(application.content.works)
    return {
      ...ratioOf(certificate),
      owner: seen(owner, platform.unanswered()),
      duplicates: await duplicatesOf(application, kind),
      findings: found(certificate, owner),
    }
  }
}

export type CheckLine = ReturnType<typeof createChecks>

function sameWorks({ works }: ApplicationContent, other: ApplicationContent | undefined): boolean {
  return (
    other !== undefined &&
    foldName(other.works.worksName) === foldName(works.worksName) &&
    foldName(other.works.ownerName) === foldName(works.ownerName)
  )
}

function ratioOf({ guaranteedAmount, fiscalYearAmount, contractPrice }: Certificate) {
  const base = fiscalYearAmount ?? contractPrice
  return {
    ratioPermille: Number((BigInt(guaranteedAmount) * 1000n) / BigInt(base)),
    ratioBase: fiscalYearAmount === undefined ? 'contractPrice' : 'fiscalYearAmount',
  } as const
}

function seen(
  owner: OwnerSeen | 'unreachable' | undefined,
  seconds: number | undefined,
): Checks['owner'] {
  if (owner === 'unreachable') return { state: 'unreachable', seconds }
  if (!owner) return { state: 'unknown' }
  return { state: 'known', name: owner.name, start: owner.start.date }
}

/** The rules by the usual values: an owner's own rates are known to the platform alone. */
function found(certificate: Certificate, owner: OwnerSeen | 'unreachable' | undefined): Finding[] {
  const judged = { event: 'issue', versions: [], certificate } as const
  if (owner === 'unreachable') return findings({ ...judged, owner: 'unreadable' })
  return findings({ ...judged, owner: owner && policyOf(owner) })
}

function policyOf({ code, name, aliases, start, kinds }: OwnerSeen): OwnerPolicy {
  return {
    names: [name, ...aliases],
    ...(code !== undefined && { code }),
    start: start as OwnerPolicy['start'],
    kinds: kinds as OwnerPolicy['kinds'],
    rules: [],
  }
}
