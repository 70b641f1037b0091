import { base64url } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { follows, type Version, versionOf } from '../guarantee/history.ts'
import type { ReadRecord } from '../guarantee/record.ts'
import type { RecordEntry } from '../log/entry.ts'
import { finding, type ReportFinding } from './report.ts'

/** One version as far as it could be read. */
export interface Link {
  seq: number
  index: number
  entry: RecordEntry | undefined
  record: ReadRecord | undefined
}

/**
 * Whether versions form one chain: from 1 (unless `partial`) without gap, each naming the hash of
 * the one before, each later in the log and no earlier in time, each allowed after those before.
 * The hash of an erased version is still in its entry, so the chain holds across it.
 */
export function checkChain(links: readonly Link[], partial: boolean): ReportFinding[] {
  const findings: ReportFinding[] = []
  const broken = (detail: string, seq: number) =>
    findings.push(finding('CHAIN_BROKEN', detail, seq))
  links.forEach(({ seq, index, entry, record }, i) => {
    const before = links[i - 1]
    if (before === undefined) {
      if (seq !== 1 && !partial) broken(`the history begins with version ${seq}`, seq)
      return
    }
    if (seq !== before.seq + 1) broken(`version ${before.seq} is followed by ${seq}`, seq)
    if (index <= before.index) broken('the version stands before the one that it follows', seq)
    if (entry === undefined || before.entry === undefined) return
    if (entry.arrived < before.entry.arrived) broken('it arrived before the one it follows', seq)
    if (record !== undefined && record.payload.prev !== base64url(before.entry.sha256)) {
      broken('the record names another one as the one before', seq)
    }
  })
  return findings.length > 0 || partial ? findings : checkHistory(links)
}

/** Versions of the readable links, ascending, as guarantee/history.ts takes them. */
export function versionsOf(links: readonly Link[]): Version[] {
  return links.flatMap(({ index, entry, record }) => {
    if (entry === undefined || record === undefined) return []
    return [versionOf(record.payload, entry.arrived, index)]
  })
}

/** The platform is bound by the rules of history as well; only a whole history can be judged. */
function checkHistory(links: readonly Link[]): ReportFinding[] {
  const versions = versionsOf(links)
  if (versions.length < links.length) return []
  return versions.flatMap((version, i) => {
    try {
      follows(versions.slice(0, i), version)
      return []
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      const detail = `the event was not possible here: ${error.message}`
      return [finding('CHAIN_BROKEN', detail, version.seq)]
    }
  })
}
