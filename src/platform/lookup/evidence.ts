import { base64 } from '../../base/bytes.ts'
import type { Instant } from '../../base/time.ts'
import type { Evidence } from '../../log/bundle.ts'
import type { Identity } from '../../ports.ts'
import { type Proof, shownOf } from './prove.ts'

/**
 * What a look-up verified, to be verified again by anybody, offline and without us.
 * Undefined when something of it is missing: half a proof would only read as a forgery.
 */
export function evidenceOf(
  proof: Proof,
  identity: Identity,
  facts: {
    contractNumber: string
    generatedAt: Instant
    verificationReceipt: string
    partial: boolean
  },
): Evidence | undefined {
  const { issuer, tree } = proof
  const { head } = tree
  const shown = shownOf(proof, facts.partial)
  const kids = new Set(shown.map(({ record }) => record?.header.kid))
  const included = (position: number) => tree.inclusion(position)?.map(base64)
  const versions = shown.flatMap(({ stored: { seq, jws, entry, position } }) => {
    const inclusion = included(position)
    if (!inclusion || !entry) return []
    const placed = { seq, entry: base64(entry), index: position, inclusion }
    return jws === null ? placed : { ...placed, record: jws }
  })
  const events = proof.keyEvents.filter(({ kid }) => kids.has(kid))
  const keys = events.flatMap(({ kid, bytes, entry, position }) => {
    const inclusion = included(position)
    if (!inclusion || !bytes || !entry) return []
    return { kid, event: entry.kind, entry: base64(bytes), index: position, inclusion }
  })
  const whole = versions.length === shown.length && keys.length === events.length
  if (!proof.last || !head || !issuer || !whole) return undefined
  return {
    format: 'akashi-evidence/v1',
    platform: identity.platform,
    origin: identity.origin,
    issuer: { id: issuer.id, iss: issuer.iss },
    contractNumber: facts.contractNumber,
    generatedAt: facts.generatedAt,
    partial: facts.partial,
    versions,
    checkpoint: head.note,
    keys,
    timestamps: [],
    verificationReceipt: facts.verificationReceipt,
  }
}
