import type { Certificate } from '../../guarantee/certificate.ts'
import { effectiveVersions, type Version } from '../../guarantee/history.ts'
import type { EventKind } from '../../guarantee/record.ts'

/** An ending keeps the terms; a 変更取消 brings back those before what it takes back. */
export function snapshotFor(
  { event }: { event: EventKind },
  versions: readonly Version[],
): Certificate {
  const [before, latest] = effectiveVersions(versions).slice(-2)
  const current = versions.at(-1)?.certificate as Certificate
  return event === 'cancel_amendment' && latest && before ? before.version.certificate : current
}
