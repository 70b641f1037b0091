import { type Version, versionOf } from '../../guarantee/history.ts'
import type { Check } from '../../guarantee/verdict.ts'
import type { Identity, Ports } from '../../ports.ts'
import type { Tables } from '../../store/tables.ts'
import type { KnownGuarantee } from '../access/authenticate.ts'
import { createIssuerQueries, type KeyEvent } from '../directory/issuer-keys.ts'
import { createStoredVersions } from '../intake/chain.ts'
import { createNewestHead } from '../log/log-reader.ts'
import { createTreeCheck, type TreeCheck } from './tree-check.ts'
import {
  type CheckedVersion,
  chainProblems,
  createVersionCheck,
  type Problem,
} from './version-check.ts'

/** What was found when everything stored of a guarantee was verified again from its bytes. */
export interface Proof {
  /** Undefined when its row is lost. */
  issuer: Tables['issuer'] | undefined
  /** integrity, issuer, log, in this order. */
  checks: Check[]
  /** The versions whose records could be read, ascending. */
  versions: Version[]
  /** Those whose rows were found, ascending. */
  checked: CheckedVersion[]
  /** How many the guarantee's own row counts. */
  newestSeq: number
  /** The newest; undefined unless as many were found: which one is the newest, nobody can say. */
  last: CheckedVersion | undefined
  /** The same, read; undefined also when it could not be. */
  newest: Version | undefined
  keyEvents: KeyEvent[]
  tree: TreeCheck
}

/**
 * Verifies all versions of a guarantee from the stored bytes: each record's signature, each record
 * against its log entry, each entry and each key event against the signed head. What an earlier
 * look-up found counts only under the very bytes that it found it in. `proofs`: whether the
 * inclusion proofs are wanted as well, of the key events too.
 */
export function createProve(ports: Ports, identity: Identity) {
  const { store } = ports
  const storedVersions = createStoredVersions(store)
  const issuers = createIssuerQueries(store)
  const newestHead = createNewestHead(store)
  const treeCheck = createTreeCheck(ports, identity)
  const versionCheck = createVersionCheck(ports)

  return async function prove(
    { issuer: id, numberKey, contractNumber }: KnownGuarantee,
    { proofs }: { proofs: boolean },
  ): Promise<Proof> {
    // As of one moment: a head read later could stand for a version that the rows lack.
    const [[issuer], events, rows, [newest]] = await store.snapshot([
      issuers.row(id),
      issuers.events(id),
      storedVersions.query(id, numberKey),
      newestHead(),
    ])
    const keyEvents = issuers.read(id, events)
    const { versions: stored, newestSeq } = await storedVersions.complete(id, numberKey, rows)
    const positions = stored.flatMap(({ position, erasure }) =>
      erasure?.at === undefined ? position : [position, erasure.at],
    )
    const tree = await treeCheck(stored.length > 0 ? newest : undefined, {
      positions,
      keys: keyEvents,
      proofs,
    })
    const context = { issuer: { id, iss: issuer?.iss }, contractNumber, keyEvents, tree }
    const checked: CheckedVersion[] = []
    for (const version of stored) checked.push(await versionCheck(version, context))
    const versions = checked.map(({ record, entry, stored }) =>
      record && entry ? versionOf(record.payload, entry.arrived, stored.position) : undefined,
    )
    const isWhole = checked.length === newestSeq
    return {
      issuer,
      checks: checksOf(checked, newestSeq, tree, issuer),
      versions: versions.filter((version) => version !== undefined),
      checked,
      newestSeq,
      last: isWhole ? checked.at(-1) : undefined,
      newest: isWhole ? versions.at(-1) : undefined,
      keyEvents,
      tree,
    }
  }
}

/** The versions that somebody may see: all that were found, or the newest alone. */
export function shownOf({ checked, last }: Proof, newestAlone: boolean): readonly CheckedVersion[] {
  if (!newestAlone) return checked
  return last ? [last] : []
}

/** The first three checks: a failure outweighs what could not be checked, and that outweighs a pass. */
function checksOf(
  checked: readonly CheckedVersion[],
  newestSeq: number,
  tree: TreeCheck,
  issuer: Proof['issuer'],
): Check[] {
  const problems = [
    ...checked.flatMap((version) => version.problems),
    ...chainProblems(checked, newestSeq),
  ]
  if (!issuer) problems.push({ id: 'issuer', result: 'fail', code: 'ISSUER_UNTRUSTED' })
  if (!tree.head) problems.push({ id: 'log', result: 'fail', code: 'CHECKPOINT_SIG_INVALID' })
  const laterRevoked = checked.some(({ key }) => key?.compromisedSince !== undefined)
  return [
    worst('integrity', problems),
    worst('issuer', problems, laterRevoked ? 'KEY_LATER_REVOKED' : 'OK'),
    worst('log', problems),
  ]
}

function worst(id: Problem['id'], problems: readonly Problem[], passing = 'OK'): Check {
  const own = problems.filter((problem) => problem.id === id)
  return (
    own.find(({ result }) => result === 'fail') ??
    own.find(({ result }) => result === 'unknown') ?? { id, result: 'pass', code: passing }
  )
}
