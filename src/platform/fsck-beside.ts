import { base64, equalBytes, fromBase64url, sha256, utf8 } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { numberKey } from '../guarantee/contract-number.ts'
import { type PublicJwk, thumbprint } from '../guarantee/issuer-key.ts'
import { readRecord } from '../guarantee/record.ts'
import type { Entry, KeyEntry, RecordEntry } from '../log/entry.ts'
import type { Store } from '../store/store.ts'
import type { TellFault } from './fsck-fault.ts'
import { createFsckTables, type KeyEventRow, type VersionRow } from './fsck-tables.ts'

/** One run over everything that stands beside the entries. */
export interface BesidePass {
  /** @param entries of positions from `from` on; unreadable ones are left out */
  page(from: number, entries: ReadonlyMap<number, Entry>): Promise<void>
  /** What no entry of the log's `size` accounts for. */
  end(size: number): Promise<void>
}

/** Holds versions, bodies and key events against the entries that they belong to, both ways. */
export function createFsckBeside(store: Store) {
  const tables = createFsckTables(store)

  async function begin(tell: TellFault): Promise<BesidePass> {
    const issOf = await tables.issuers()
    /** SHA-256 of records without a body, until their erasure is met. */
    const absent = new Map<string, number>()

    function version(at: number, entry: RecordEntry, row: VersionRow | undefined): void {
      if (!row) return tell({ table: 'version', at, detail: 'missing for a record entry' })
      if (row.jws === null) {
        absent.set(base64(entry.sha256), at)
        return
      }
      if (!equalBytes(sha256(utf8(row.jws)), entry.sha256)) {
        const detail = 'another text than the one its entry commits to'
        return tell({ table: 'recordBody', at, detail })
      }
      const wrong = differences(row, row.jws, entry, issOf.get(entry.issuer))
      if (wrong.length > 0) {
        tell({ table: 'version', at, detail: `differs from its record: ${wrong.join(', ')}` })
      }
    }

    function keyEvent(at: number, entry: KeyEntry, row: KeyEventRow | undefined): void {
      if (!row) return tell({ table: 'keyEvent', at, detail: 'missing for a key entry' })
      if (row.kid !== entry.kid || row.issuer !== entry.issuer) {
        return tell({ table: 'keyEvent', at, detail: 'names another key than its entry' })
      }
      const kid = fromBase64url(entry.kid)
      const same = kid && equalBytes(kid, entry.sha256) && thumbprintOf(row.jwk) === entry.kid
      if (!same) tell({ table: 'issuerKey', at, detail: `not the key ${entry.kid}` })
    }

    return {
      async page(from, entries) {
        const to = Math.max(from, ...entries.keys())
        const versions = await tables.versions(from, to)
        const keyEvents = await tables.keyEvents(from, to)
        for (const [at, entry] of entries) {
          if (entry.kind === 'record') version(at, entry, versions.get(at))
          else if ('kid' in entry) keyEvent(at, entry, keyEvents.get(at))
          else if (entry.kind === 'erase') absent.delete(base64(entry.sha256))
          if (entry.kind === 'record') versions.delete(at)
          if ('kid' in entry) keyEvents.delete(at)
        }
        for (const at of versions.keys()) {
          tell({ table: 'version', at, detail: 'no record entry stands here' })
        }
        for (const at of keyEvents.keys()) {
          tell({ table: 'keyEvent', at, detail: 'no key entry stands here' })
        }
      },

      async end(size) {
        for (const at of absent.values()) {
          tell({ table: 'recordBody', at, detail: 'missing, and the log knows of no erasure' })
        }
        for (const fault of await tables.strays(size)) tell(fault)
      },
    }
  }

  return { begin }
}

/** The columns of a version that its own record contradicts. */
function differences(
  row: VersionRow,
  jws: string,
  { issuer }: RecordEntry,
  iss: string | undefined,
): string[] {
  let record: ReturnType<typeof readRecord>
  try {
    record = readRecord(jws)
  } catch (error) {
    if (error instanceof Fault) return [error.message]
    throw error
  }
  const { payload, contentId } = record
  const pairs: Record<string, [stored: unknown, signed: unknown]> = {
    issuer: [row.issuer, issuer],
    iss: [iss, payload.iss],
    seq: [row.seq, payload.seq],
    jti: [row.jti, payload.jti],
    contentId: [row.contentId, contentId],
    numberKey: [row.numberKey, numberKey(payload.sub)],
    contractNumber: [row.contractNumber, payload.sub],
  }
  const wrong = Object.entries(pairs).filter(([, [stored, signed]]) => stored !== signed)
  const names = wrong.map(([name]) => name)
  if (payload.seq === 1 && row.firstPosition !== row.position) names.push('guarantee.position')
  return names
}

function thumbprintOf(jwk: string): string | undefined {
  try {
    return thumbprint(JSON.parse(jwk) as PublicJwk)
  } catch {
    return undefined
  }
}
