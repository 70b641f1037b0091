import { isDeepStrictEqual } from 'node:util'
import { parseEvidence, parseReceipt, parseTrust } from '../../../src/log/bundle.ts'
import { verifyEd25519Node, verifyJwsNode } from '../../../src/outside/crypto-node.ts'
import {
  checkEvidence,
  checkReceipt,
  checkVerificationReceipt,
} from '../../../src/verifier/check.ts'
import type { EvidenceFacts } from '../../../src/verifier/evidence.ts'
import { recognise } from '../../../src/verifier/recognise.ts'
import { type Report, reportOf, type Tools } from '../../../src/verifier/report.ts'
import { openVerificationReceipt } from '../../../src/verifier/verification-receipt.ts'
import { mutateJson, mutateJws } from '../mutate.ts'
import { jsonOf, must, type Target } from '../target.ts'
import { FILES, SCENE } from './files.ts'

const MOST = 262_144
const TRUST = SCENE.trust
const TOOLS: Tools = {
  verifyJws: verifyJwsNode,
  verifyEd25519: verifyEd25519Node,
  now: '2026-11-14T02:00:00.000Z',
}

const EVIDENCE = parseEvidence(JSON.parse(FILES.evidence))!
const RECEIPT = parseReceipt(JSON.parse(FILES.receipt))!
const GENUINE = await checkEvidence(EVIDENCE, TRUST, TOOLS)
const FACTS = GENUINE.facts as EvidenceFacts
const CLAIMS = FACTS.verificationReceipt

/** What is called valid may leave out, where it says so; it may not say anything else. */
function checkFacts({ outcome, facts }: Report<EvidenceFacts>): void {
  if (outcome !== 'valid' || facts === undefined) return
  const { versions, partial } = facts
  const genuine = FACTS.versions.slice(-versions.length)
  must(versions.length > 0 && isDeepStrictEqual(versions, genuine), 'other versions')
  must(partial || versions.length === FACTS.versions.length, 'a part that says it is whole')
  for (const name of ['contractNumber', 'issuer', 'status', 'checkpoint'] as const) {
    must(isDeepStrictEqual(facts[name], FACTS[name]), `another ${name}`)
  }
  must(isDeepStrictEqual(facts.verificationReceipt, CLAIMS), 'another verification receipt')
}

const evidence: Target = {
  covers: [],
  seeds: [FILES.evidence],
  mutate: mutateJson,
  most: MOST,
  async read(text) {
    const report = await checkEvidence(jsonOf(text), TRUST, TOOLS)
    checkFacts(report)
    return codesOf(report)
  },
}

const receipts: Target = {
  covers: [],
  seeds: [FILES.receipt],
  mutate: mutateJson,
  most: MOST,
  async read(text) {
    const report = await checkReceipt(jsonOf(text), FILES.record, TRUST, TOOLS)
    if (report.outcome === 'valid') {
      const { proof: _, ...said } = report.facts!
      const { proof: __, ...genuine } = RECEIPT
      must(isDeepStrictEqual(said, genuine), 'a receipt of something else')
    }
    return codesOf(report)
  },
}

const verificationReceipts: Target = {
  covers: ['openVerificationReceipt'],
  seeds: [FILES.verificationReceipt, FILES.record],
  mutate: mutateJws,
  most: 32_768,
  async read(text) {
    const { claims } = await openVerificationReceipt(text, TRUST, TOOLS)
    must(claims === undefined || isDeepStrictEqual(claims, CLAIMS), 'claims that nobody signed')
    return codesOf(await checkVerificationReceipt(text, TRUST, EVIDENCE, TOOLS))
  },
}

/** Any file as `akashi verify` takes it, and as a trust document. */
const files: Target = {
  covers: ['recognise'],
  seeds: [
    FILES.verificationReceipt,
    FILES.trust,
    `{"receipt":${FILES.receipt},"warnings":[]}`,
    `{"verdict":"verified","evidence":${FILES.evidence}}`,
    `{"verificationReceipt":"${FILES.verificationReceipt}"}`,
  ],
  mutate: mutateJson,
  most: MOST,
  async read(text) {
    const found = recognise(text)
    if (found === undefined) return 'nothing'
    if (found.kind === 'verification-receipt') {
      return codesOf(await checkVerificationReceipt(found.jws, TRUST, undefined, TOOLS))
    }
    if (found.kind === 'trust') {
      // Whoever is trusted may say anything of himself; he may not break the check.
      const trust = parseTrust(found.value)
      return trust ? codesOf(await checkEvidence(EVIDENCE, trust, TOOLS)) : 'no trust'
    }
    if (found.kind === 'receipt') {
      return codesOf(await checkReceipt(found.value, undefined, TRUST, TOOLS))
    }
    const report = await checkEvidence(found.value, TRUST, TOOLS)
    checkFacts(report)
    return codesOf(report)
  },
}

function codesOf(report: Report<unknown>): string {
  must(reportOf(report.findings).outcome === report.outcome, 'an outcome that does not follow')
  return [...new Set(report.findings.map(({ code }) => code))].sort().join(' ')
}

export const VERIFIER_TARGETS: Record<string, Target> = {
  evidence,
  receipt: receipts,
  'verification-receipt': verificationReceipts,
  file: files,
}
