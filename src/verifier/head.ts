import { base64 } from '../base/bytes.ts'
import type { Instant } from '../base/time.ts'
import type { SealedLog, TrustDocument } from '../log/bundle.ts'
import {
  type Checkpoint,
  type NoteVerifier,
  openCheckpoint,
  parseCheckpoint,
  parseVkey,
} from '../log/checkpoint.ts'
import { COSIGNATURE_TYPE, witnessedAt } from '../log/cosignature.ts'
import { finding, type ReportFinding, type Tools } from './report.ts'

export interface CheckedHead {
  /** What the note says, trusted only as far as the findings allow; undefined: unreadable. */
  head: Checkpoint | undefined
  findings: ReportFinding[]
}

/**
 * A signed tree head against the pinned log key, then against the pinned witnesses.
 *
 * @param note signed note
 * @param origin the log that it is said to be of
 */
export async function checkHead(
  note: string,
  origin: string,
  trust: TrustDocument,
  tools: Tools,
): Promise<CheckedHead> {
  const claimed = parseCheckpoint(note)
  const log = [trust.log, ...trust.log.previous].find((pinned) => pinned.origin === origin)
  const verifier = log && parseVkey(log.vkey)
  if (log === undefined || verifier === undefined) {
    const detail = `the trust document knows no log ${origin}; get that of its platform`
    return { head: claimed, findings: [finding('LOG_UNTRUSTED', detail)] }
  }
  const head = await openCheckpoint(note, verifier, tools.verifyEd25519)
  if (head === undefined) {
    const detail = `the checkpoint is not signed by the pinned key of ${origin}`
    return { head: claimed, findings: [finding('CHECKPOINT_SIG_INVALID', detail)] }
  }
  const beyond = sealFinding({ ...head, root: base64(head.root) }, trust)
  if (beyond !== undefined) return { head, findings: [beyond] }
  const signed = finding('OK', `${origin} signed its head of ${head.size} entries`)
  return { head, findings: [signed, ...(await checkWitnesses(note, trust, tools))] }
}

/** What a head of a log that was sealed after a loss is worth, wherever its size was signed. */
export function sealFinding(
  head: { origin: string; size: number; root: string } | undefined,
  trust: TrustDocument,
): ReportFinding | undefined {
  const log = trust.log.previous.find(({ origin }) => origin === head?.origin)
  return head && log && beyondSeal(head, log)
}

/** A log that was reopened after a loss is bound only by what it had kept at that moment. */
function beyondSeal(
  head: { size: number; root: string },
  log: SealedLog,
): ReportFinding | undefined {
  if (head.size > log.size) {
    const detail = `${log.origin} lost what it had past ${log.size} entries; this head has ${head.size}`
    return finding('PAST_SEAL_UNTRUSTED', `${detail}; ask the platform what became of the rest`)
  }
  if (head.size === log.size && head.root !== log.root) {
    return finding('LOG_FORKED', `${log.origin} signed two heads of ${head.size} entries`)
  }
  return undefined
}

async function checkWitnesses(
  note: string,
  trust: TrustDocument,
  tools: Tools,
): Promise<ReportFinding[]> {
  const times: Instant[] = []
  for (const vkey of trust.witnesses) {
    const witness = parseVkey(vkey, COSIGNATURE_TYPE) as NoteVerifier
    const time = await witnessedAt(note, witness, tools.verifyEd25519)
    if (time !== undefined) times.push(time)
  }
  const [first] = times.sort()
  const findings = [
    first === undefined
      ? finding('NO_EXTERNAL_TIME', 'no outside clock stands behind the times of arrival')
      : finding('OK', `a witness saw the head at ${first}`),
  ]
  if (trust.quorum !== 'none' && times.length < trust.quorum) {
    const detail = `${times.length} of the ${trust.quorum} required witnesses cosigned the head`
    findings.push(finding('WITNESS_QUORUM_MISSING', detail))
  }
  return findings
}
