import { Fault } from '../base/fault.ts'
import type { Day, Instant } from '../base/time.ts'
import type { Certificate } from './certificate.ts'
import type { EventKind, RecordPayload } from './record.ts'
import { isJsonObject } from './strict-json.ts'

/** One entry of a guarantee's history: what the issuer signed, with when and where it was kept. */
export interface Version {
  seq: number
  event: EventKind
  targetSeq?: number
  reason?: string
  reasonCode?: string
  /** The full snapshot after the event. */
  certificate: Certificate
  arrivedAt: Instant
  /** Position in the log. */
  index: number
}

/** What a record says, with when it arrived and the place that the log gave it. */
export function versionOf(
  { seq, event, targetSeq, reason, reasonCode, certificate }: RecordPayload,
  arrivedAt: Instant,
  index: number,
): Version {
  return {
    seq,
    event,
    certificate,
    arrivedAt,
    index,
    ...(targetSeq !== undefined && { targetSeq }),
    ...(reason !== undefined && { reason }),
    ...(reasonCode !== undefined && { reasonCode }),
  }
}

/** One particular that differs; `field` is its path, `owner.name`; an absent side is null. */
export interface Change {
  field: string
  from: unknown
  to: unknown
}

/** A version as a list shows it. */
export interface HistoryRow {
  seq: number
  event: EventKind
  /** The 対象 label: the event itself; for a `correct` the event that it corrects. */
  label: string
  arrivedAt: Instant
  index: number
  hidden: boolean
  hiddenReason?: 'corrected' | 'cancelled' | 'is_cancellation'
  /** The seq of the entry that hides this one. */
  hiddenBy?: number
  reason?: string
  /** Against the previous row of the same view; none for the first. */
  changes: Change[]
  certificate: Certificate
}

/** A history as a look-up shows it. */
export interface ShownHistory {
  /** Every row, hidden ones too, ascending. */
  all: HistoryRow[]
  /** The effective rows, each with what changed since the effective one before it. */
  effective: HistoryRow[]
  /** 電子保証発行日時 of the content in force; absent when a version that could hold it is missing. */
  arrivedAt?: Instant
}

export interface Status {
  state: 'in_force' | 'not_started' | 'expired' | 'cancelled' | 'released' | 'on_paper'
  seq: number
  amendments: number
}

/** An effective version with the entry in whose stead it stands: itself, unless it is a `correct`. */
interface Standing {
  version: Version
  root: Version
}

const ENDINGS: readonly EventKind[] = ['cancel', 'release']

/**
 * The rows of a view, ascending. Versions are all of one guarantee, ascending by seq. `contractor`
 * and `owner` see effective rows only (the leaflet: ※訂正、変更取消された履歴は表示されません), `owner_all`
 * and `auditor` see all. Hiding is the list's manner, not a protection (decisions.md "History").
 */
export function history(
  versions: readonly Version[],
  view: 'contractor' | 'owner' | 'owner_all' | 'auditor',
): HistoryRow[] {
  const all = view === 'owner_all' || view === 'auditor'
  const rows = versions
    .map((version) => ({ version, hiding: hidingOf(version, versions) }))
    .filter(({ hiding }) => all || !hiding.hidden)
  return rows.map(({ version, hiding }, at) => {
    const previous = rows[at - 1]?.version
    const { seq, event, arrivedAt, index, reason, certificate } = version
    return {
      seq,
      event,
      label: rootOf(version, versions).event,
      arrivedAt,
      index,
      ...hiding,
      ...(reason !== undefined && { reason }),
      changes: previous ? changesBetween(previous.certificate, certificate) : [],
      certificate,
    }
  })
}

/**
 * The rows that a look-up shows, judged over the whole chain whatever part of it is shown.
 * @param versions the readable ones, ascending
 * @param newest seq of the newest version, readable or not
 * @param presentOnly the newest row among all and the row in force among the effective ones, both
 *   without changes, since those tell what was before
 */
export function shownHistory(
  versions: readonly Version[],
  newest: number,
  presentOnly: boolean,
): ShownHistory {
  const all = history(versions, 'owner_all')
  const effective = history(versions, 'owner')
  const last = effective.at(-1)
  const since = versions.filter(({ seq }) => last !== undefined && seq >= last.seq)
  const inForce = last && since.length === newest - last.seq + 1 ? last : undefined
  const arrived = inForce && { arrivedAt: inForce.arrivedAt }
  if (!presentOnly) return { all, effective, ...arrived }
  const bare = (row: HistoryRow): HistoryRow => ({ ...row, changes: [] })
  return {
    all: all.filter(({ seq }) => seq === newest).map(bare),
    effective: inForce ? [bare(inForce)] : [],
    ...arrived,
  }
}

function hidingOf(
  version: Version,
  versions: readonly Version[],
): Pick<HistoryRow, 'hidden' | 'hiddenReason' | 'hiddenBy'> {
  if (version.event === 'cancel_amendment') return { hidden: true, hiddenReason: 'is_cancellation' }
  const by = versions.find(({ seq, targetSeq }) => seq > version.seq && targetSeq === version.seq)
  if (!by) return { hidden: false }
  const hiddenReason = by.event === 'correct' ? 'corrected' : 'cancelled'
  return { hidden: true, hiddenReason, hiddenBy: by.seq }
}

/** Follows corrections down to what was corrected; only downwards, so that no forged loop is walked. */
function rootOf(version: Version, versions: readonly Version[]): Version {
  if (version.event !== 'correct') return version
  const target = versions.find(({ seq }) => seq === version.targetSeq && seq < version.seq)
  return target ? rootOf(target, versions) : version
}

/**
 * The effective versions in the order of what they stand for: a `correct` takes the turn of the
 * entry it corrects, so that "the latest" and "the one before" mean the same after a correction of
 * something earlier (an ending can then still be cancelled, and restores the corrected terms).
 */
export function effectiveVersions(versions: readonly Version[]): Standing[] {
  return versions
    .filter((version) => !hidingOf(version, versions).hidden)
    .map((version) => ({ version, root: rootOf(version, versions) }))
    .sort((a, b) => a.root.seq - b.root.seq)
}

/**
 * Whether an event may follow a history (decisions.md "History"); `seq` and `prev` are the
 * platform's to check. `warnings` holds `no_change` for an amend that changes nothing.
 * @throws Fault state_conflict
 */
export function follows(
  versions: readonly Version[],
  next: Pick<RecordPayload, 'seq' | 'event' | 'targetSeq' | 'certificate'>,
): { warnings: string[] } {
  const current = versions.at(-1)
  if (!current) {
    if (next.event !== 'issue') throw conflict('a guarantee begins with an issue; send that first')
    return { warnings: [] }
  }
  const effective = effectiveVersions(versions)
  if (next.event === 'correct') checkCorrection(effective, next.targetSeq)
  else if (next.event === 'cancel_amendment') checkCancellation(effective, next)
  else checkOpen(effective, next.event)

  const unchanged =
    next.event === 'amend' && changesBetween(current.certificate, next.certificate).length === 0
  return { warnings: unchanged ? ['no_change'] : [] }
}

function checkCorrection(effective: readonly Standing[], targetSeq: number | undefined): void {
  if (effective.some(({ version }) => version.seq === targetSeq)) return
  throw conflict(`seq ${targetSeq} is not effective; correct one of ${seqsOf(effective)}`)
}

function checkCancellation(
  effective: readonly Standing[],
  next: Pick<RecordPayload, 'targetSeq' | 'certificate'>,
): void {
  const latest = effective.at(-1)
  const before = effective.at(-2)
  if (!latest || !before) throw conflict('there is no effective amend, cancel or release to cancel')
  if (latest.version.seq !== next.targetSeq) {
    throw conflict(`only the latest can be cancelled: targetSeq must be ${latest.version.seq}`)
  }
  const [change] = changesBetween(before.version.certificate, next.certificate)
  if (change) {
    throw conflict(
      `the certificate must equal that of seq ${before.version.seq}, which takes effect again; ` +
        `${change.field} differs`,
    )
  }
}

function checkOpen(effective: readonly Standing[], event: EventKind): void {
  if (event === 'issue') throw conflict('the guarantee is issued already; send an amend')
  const ending = effective.find(({ root }) => ENDINGS.includes(root.event))
  if (ending) {
    throw conflict(
      `the guarantee ended with seq ${ending.version.seq}; only correct and cancel_amendment may follow`,
    )
  }
}

function seqsOf(effective: readonly Standing[]): string {
  return effective.map(({ version }) => version.seq).join(', ')
}

function conflict(detail: string): Fault {
  return new Fault('state_conflict', detail)
}

/**
 * The status of a guarantee on a day of Asia/Tokyo. `amendments` counts effective 変更 rows. An
 * ending outweighs the term; the terms are those of the highest seq.
 * @throws Error without versions
 */
export function statusOf(versions: readonly Version[], today: Day): Status {
  const current = versions.at(-1)
  if (!current) throw new Error('a status needs at least one version')
  const effective = effectiveVersions(versions)
  const amendments = effective.filter(({ root }) => root.event === 'amend').length
  const ending = effective.find(({ root }) => ENDINGS.includes(root.event))?.root
  const state = ending ? stateAfter(ending) : stateWithin(current.certificate.coverage, today)
  return { state, seq: current.seq, amendments }
}

/**
 * {@link statusOf} where every version up to seq `newest` is known. Else undefined: any of them,
 * an old one too, may be the one that ended the guarantee.
 */
export function knownStatus(
  versions: readonly Version[],
  newest: number,
  today: Day,
): Status | undefined {
  const whole = versions.length === newest && versions.every(({ seq }, i) => seq === i + 1)
  return whole && newest > 0 ? statusOf(versions, today) : undefined
}

function stateAfter(ending: Version): Status['state'] {
  if (ending.event === 'release') return 'released'
  return ending.reasonCode === 'converted_to_paper' ? 'on_paper' : 'cancelled'
}

function stateWithin(coverage: Certificate['coverage'], today: Day): Status['state'] {
  if (coverage.start !== undefined && today < coverage.start) return 'not_started'
  return today > coverage.end ? 'expired' : 'in_force'
}

/** What differs between two certificates, leaf by leaf; a list is one leaf. Member order is nothing. */
function changesBetween(from: Certificate, to: Certificate): Change[] {
  const before = leaves(from)
  const after = leaves(to)
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((field) => ({ field, from: before.get(field) ?? null, to: after.get(field) ?? null }))
    .filter((change) => JSON.stringify(change.from) !== JSON.stringify(change.to))
}

function leaves(value: object, path = ''): Map<string, unknown> {
  const found = new Map<string, unknown>()
  for (const [name, member] of Object.entries(value)) {
    if (!isJsonObject(member)) found.set(path + name, member)
    else for (const [field, leaf] of leaves(member, `${path}${name}.`)) found.set(field, leaf)
  }
  return found
}
