import { sha256, utf8 } from '../../base/bytes.ts'
import type { ReadRecord } from '../../guarantee/record.ts'
import type { Identity, Ports } from '../../ports.ts'
import { asked } from '../../store/asked.ts'
import { kept } from '../../store/kept.ts'
import { MissingPart } from '../log/log-reader.ts'
import type { Group } from '../log/proposal.ts'
import { createReceiptAgain } from '../log/receipt.ts'
import type { StoredBefore } from './stored-before.ts'
import type { Submitted } from './submission.ts'

/** A record of this group that is not committed yet. */
interface Expected {
  contentId: string
  jws: string
  submitted?: Submitted
}

/** What has arrived before under the jti of a record. */
export interface Before {
  /** What to answer when it was the same content; asked for after the group's commit. */
  answer?: () => Submitted
  /** Whether the jti was used, by this content or another. */
  isUsed: boolean
}

/**
 * Finds what has arrived before, so that sending again is safe: one entry, equal receipts. Equal
 * content has the issuer and the jti in common, so that one look finds the content and the jti.
 */
export function createArrivals(ports: Ports, identity: Identity) {
  const receiptAgain = createReceiptAgain(ports, identity)
  const byJti = kept(ports.store.db, (db, issuer: string, jti: string) =>
    db
      .selectFrom(asked(db, { issuer, jti }))
      .innerJoin('version', (join) =>
        join.onRef('version.issuer', '=', 'asked.issuer').onRef('version.jti', '=', 'asked.jti'),
      )
      .innerJoin('guarantee', (join) =>
        join
          .onRef('guarantee.issuer', '=', 'version.issuer')
          .onRef('guarantee.numberKey', '=', 'version.numberKey'),
      )
      .leftJoin('recordBody', 'recordBody.position', 'version.position')
      .select(['contractNumber', 'seq', 'version.position', 'contentId', 'jws']),
  )

  return {
    /** @param known whether anything stored can have the jti */
    async before(
      issuer: string,
      record: ReadRecord,
      { memory }: Group,
      known: Pick<StoredBefore, 'jti'>,
    ): Promise<Before> {
      const { contentId, payload } = record
      const expected = memory.get(memoryKey(issuer, payload.jti)) as Expected | undefined
      if (expected) {
        if (expected.contentId !== contentId) return { isUsed: true }
        const receipt = () => (expected.submitted as Submitted).receipt
        return { isUsed: true, answer: () => again(record, expected.jws, receipt()) }
      }
      if (!known.jti) return { isUsed: false }
      const [stored] = await ports.store.all(byJti(issuer, payload.jti))
      if (stored?.contentId !== contentId) return { isUsed: stored !== undefined }
      const { contractNumber, seq, position: index, jws } = stored
      // The same content names the same place: rows that say otherwise are damaged.
      if (contractNumber !== payload.sub || seq !== payload.seq) {
        throw new MissingPart(`the row of version ${payload.seq} of ${payload.sub}`)
      }
      // What was erased can be asked for by its own bytes alone.
      const hash = jws === null ? record.sha256 : sha256(utf8(jws))
      const receipt = await receiptAgain({ issuer, contractNumber, seq, index, sha256: hash })
      return { isUsed: true, answer: () => again(record, jws, receipt) }
    },

    /** Notes a record that this group appends; the function it returns completes the note. */
    expect(issuer: string, record: ReadRecord, { memory }: Group) {
      const { contentId, jws, payload } = record
      const expected: Expected = { contentId, jws }
      memory.set(memoryKey(issuer, payload.jti), expected)
      return (submitted: Submitted): Submitted => {
        expected.submitted = submitted
        return submitted
      }
    },
  }
}

function memoryKey(issuer: string, jti: string): string {
  return `jti:${issuer}:${jti}`
}

/** ES256 signs the same content in many ways: the record that counts is the stored one. */
function again(
  record: ReadRecord,
  stored: string | null,
  receipt: Submitted['receipt'],
): Submitted {
  const other = stored !== null && stored !== record.jws
  return { fresh: false, receipt, warnings: [], ...(other && { record: stored }) }
}
