import { base64 } from '../base/bytes.ts'
import { instant } from '../base/time.ts'
import { type Finding, findings } from '../guarantee/sufficiency.ts'
import {
  type ContractData,
  type LookupAnswer,
  matchFields,
  verdictOf,
} from '../guarantee/verdict.ts'
import type { Evidence } from '../log/bundle.ts'
import type { Identity, Ports } from '../ports.ts'
import type { KnownGuarantee } from './authenticate.ts'
import { matchCheck, statusCheck, sufficiencyCheck } from './checks.ts'
import { evidenceOf } from './evidence.ts'
import { createOwnerPolicy } from './owner-policy.ts'
import { createProve, type Proof } from './prove.ts'
import { newReceiptId, verificationReceipt } from './verification-receipt.ts'

/** What a look-up may carry beside the pair. */
export interface LookupOptions {
  /** Who looks, as they say themselves. */
  checker?: { department?: string; name?: string } | undefined
  /** The works contract to compare with. */
  contract?: ContractData | undefined
  evidence?: boolean | undefined
}

export type PresentOptions = LookupOptions & {
  /** The head alone in history and evidence: a share of scope `current`. */
  partial: boolean
}

export interface Presented extends LookupAnswer {
  /** The compact JWS of each shown version, by seq. */
  records: ReadonlyMap<number, string>
  evidence?: Evidence
}

/** The whole answer about a guarantee, signed, for whoever has shown a right to see it. */
export function createPresent(ports: Ports, identity: Identity) {
  const prove = createProve(ports, identity)
  const warningsOf = createWarnings(ports)

  return async function present(
    guarantee: KnownGuarantee,
    options: PresentOptions,
  ): Promise<Presented> {
    const { contractNumber } = guarantee
    const { contract, partial } = options
    const asOf = instant(ports.clock.now())
    const proof = await prove(guarantee)
    const warnings = await warningsOf(proof, contract)
    const { check, status } = statusCheck(proof, asOf)
    const certificate = proof.head?.payload.certificate
    const fields = contract && certificate && matchFields(contract, certificate)
    const compared = fields ? [matchCheck(fields), sufficiencyCheck(warnings)] : []
    const checks = [...proof.checks, check, ...compared]
    const answer = {
      verdict: verdictOf(checks, warnings),
      checks,
      contractNumber,
      status,
      warnings,
      partial,
      receiptId: newReceiptId(ports.random),
      ...factsOf(proof, options),
      ...(fields && { match: { fields } }),
    }
    const receipt = await verificationReceipt(answer, proof, identity.platform, ports.receiptSigner)
    const facts = { contractNumber, generatedAt: asOf, verificationReceipt: receipt, partial }
    const bundle = options.evidence ? evidenceOf(proof, identity, facts) : undefined
    return { ...answer, verificationReceipt: receipt, ...(bundle && { evidence: bundle }) }
  }
}

/** What the rules of the owner say of the newest version; nothing blocks any more once it stands. */
function createWarnings({ store }: Ports) {
  const ownerPolicy = createOwnerPolicy(store)

  return async ({ versions }: Proof, contract: ContractData | undefined): Promise<Finding[]> => {
    const head = versions.at(-1)
    if (!head) return []
    const { event, targetSeq, certificate } = head
    const owner = await ownerPolicy(certificate.owner)
    const found = findings({
      event,
      targetSeq,
      certificate,
      versions: versions.slice(0, -1),
      owner,
      contract,
    })
    return found.map((one) => (one.severity === 'block' ? { ...one, severity: 'warn' } : one))
  }
}

/** The parts of the answer that the proof gives as they are. */
function factsOf({ issuer, versions, checked, tree }: Proof, { checker, partial }: PresentOptions) {
  const shown = partial ? checked.slice(-1) : checked
  const seqs = new Set(shown.map(({ stored }) => stored.seq))
  const { id, name, phone, url, hours } = issuer
  const key = checked.at(-1)?.key
  const { head } = tree
  return {
    issuer: {
      id,
      name,
      ...(phone !== null && { phone }),
      ...(url !== null && { url }),
      ...(hours !== null && { hours }),
    },
    versions: versions.filter(({ seq }) => seqs.has(seq)),
    records: new Map(
      shown.flatMap(({ stored: { seq, jws } }) => (jws === null ? [] : [[seq, jws] as const])),
    ),
    erased: shown.flatMap(({ stored }) => (stored.jws === null ? stored.seq : [])),
    ...(key && { signature: { kid: key.kid, alg: key.alg } }),
    ...(head && { checkpoint: { origin: head.origin, size: head.size, root: base64(head.root) } }),
    ...(checker && { checker: { ...checker, basis: 'self_declared' as const } }),
  }
}
