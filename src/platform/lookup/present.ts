import { base64 } from '../../base/bytes.ts'
import { instant } from '../../base/time.ts'
import { shownHistory, type Version } from '../../guarantee/history.ts'
import type { LookupOptions } from '../../guarantee/lookup-options.ts'
import { type Finding, findings } from '../../guarantee/sufficiency.ts'
import {
  type ContractData,
  type LookupAnswer,
  matchFields,
  verdictOf,
} from '../../guarantee/verdict.ts'
import type { Evidence } from '../../log/bundle.ts'
import type { Identity, Ports } from '../../ports.ts'
import type { KnownGuarantee } from '../access/authenticate.ts'
import { createOwnerPolicy } from '../directory/owner-policy.ts'
import { matchCheck, statusCheck, sufficiencyCheck } from './checks.ts'
import { evidenceOf } from './evidence.ts'
import { createProve, type Proof, shownOf } from './prove.ts'
import { newReceiptId, verificationReceipt } from './verification-receipt.ts'

/** What a look-up may ask for beside the pair. */
export type LookupWish = LookupOptions & { evidence?: boolean | undefined }

export type PresentOptions = LookupWish & {
  /** The head alone in history and evidence: a share of scope `current`. */
  partial: boolean
}

export interface Presented extends LookupAnswer {
  /** The compact JWS of each shown version, by seq. */
  records: ReadonlyMap<number, string>
  /** All that could be read, ascending, whatever part of them is shown. */
  versions: readonly Version[]
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
    const proof = await prove(guarantee, { proofs: options.evidence ?? false })
    const warnings = await warningsOf(proof, undefined)
    const { check, status } = statusCheck(proof, asOf)
    const certificate = proof.newest?.certificate ?? null
    const fields = contract && certificate ? matchFields(contract, certificate) : undefined
    // Held against what the officer read; the warnings speak of the certificate alone.
    const judged = contract && certificate ? await warningsOf(proof, contract) : undefined
    const compared = contract ? [matchCheck(fields), sufficiencyCheck(judged)] : []
    const checks = [...proof.checks, check, ...compared]
    const answer = {
      verdict: verdictOf(checks, warnings),
      checks,
      contractNumber,
      status,
      warnings,
      partial,
      certificate,
      versions: proof.versions,
      history: shownHistory(proof.versions, status.seq, partial),
      receiptId: newReceiptId(ports.random),
      issuer: issuerFacts(guarantee.issuer, proof.issuer),
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
function createWarnings(ports: Ports) {
  const ownerPolicy = createOwnerPolicy(ports)

  return async (
    { versions, newest }: Proof,
    contract: ContractData | undefined,
  ): Promise<Finding[]> => {
    if (!newest) return []
    const { event, targetSeq, certificate } = newest
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

/** Whom to call; the id alone when the issuer's row is lost. */
function issuerFacts(id: string, issuer: Proof['issuer']): LookupAnswer['issuer'] {
  if (!issuer) return { id, name: id }
  const { name, phone, url, hours } = issuer
  return {
    id,
    name,
    ...(phone !== null && { phone }),
    ...(url !== null && { url }),
    ...(hours !== null && { hours }),
  }
}

/** The parts of the answer that the proof gives as they are. */
function factsOf(proof: Proof, { checker, partial }: PresentOptions) {
  const shown = shownOf(proof, partial)
  const key = proof.last?.key
  const { head } = proof.tree
  return {
    records: new Map(
      shown.flatMap(({ stored: { seq, jws } }) => (jws === null ? [] : [[seq, jws] as const])),
    ),
    erased: shown.flatMap(({ stored, problems }) =>
      problems.some(({ code }) => code === 'BODY_ERASED') ? stored.seq : [],
    ),
    ...(key && { signature: { kid: key.kid, alg: key.alg } }),
    ...(head && { checkpoint: { origin: head.origin, size: head.size, root: base64(head.root) } }),
    ...(checker && { checker: { ...checker, basis: 'self_declared' as const } }),
  }
}
