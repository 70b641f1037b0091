import { numberKey } from '../../guarantee/contract-number.ts'
import type { ReadRecord } from '../../guarantee/record.ts'
import type { EntryFacts } from '../log/log-facts.ts'

/** What an auditor's list says of a record. @param owner id of the registered owner that it names */
export function recordFacts({ header, payload }: ReadRecord, owner: number | undefined) {
  const { sub, seq, jti, event, targetSeq, reasonCode, reason, certificate } = payload
  return {
    kid: header.kid,
    contractNumber: sub,
    numberKey: numberKey(sub),
    seq,
    jti,
    event,
    targetSeq: targetSeq ?? null,
    reasonCode: reasonCode ?? null,
    reason: reason ?? null,
    kind: certificate.kind,
    owner: owner ?? null,
    ownerCode: certificate.owner.code ?? null,
    ownerName: certificate.owner.name,
    contractorName: certificate.contractor.name,
    worksName: certificate.worksName,
    contractPrice: certificate.contractPrice,
    guaranteedAmount: certificate.guaranteedAmount,
    coverageEnd: certificate.coverage.end,
  } satisfies EntryFacts
}
