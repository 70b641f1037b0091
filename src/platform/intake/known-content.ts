import { sha256 as sha256Of, utf8 } from '../../base/bytes.ts'
import type { ReadRecord } from '../../guarantee/record.ts'
import type { Identity, Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import { MissingPart } from '../log/log-reader.ts'
import type { Group } from '../log/proposal.ts'
import { createReceiptAgain } from '../log/receipt.ts'
import type { Submitted } from './submission.ts'

/** A record of this group that is not committed yet. */
interface Expected {
  jws: string
  submitted?: Submitted
}

/** Finds what has arrived before, so that sending again is safe: one entry, equal receipts. */
export function createKnownContent(ports: Ports, identity: Identity) {
  const receiptAgain = createReceiptAgain(ports, identity)
  const byContent = kept(ports.store.db, (db, contentId: string) =>
    db
      .selectFrom('version')
      .innerJoin('guarantee', (join) =>
        join
          .onRef('guarantee.issuer', '=', 'version.issuer')
          .onRef('guarantee.numberKey', '=', 'version.numberKey'),
      )
      .leftJoin('recordBody', 'recordBody.position', 'version.position')
      .select(['version.issuer', 'contractNumber', 'seq', 'version.position', 'jws'])
      .where('contentId', '=', contentId),
  )

  return {
    /** What to answer when the content is known; asked for after the group's commit. */
    async find(record: ReadRecord, group: Group): Promise<(() => Submitted) | undefined> {
      const expected = group.memory.get(`content:${record.contentId}`) as Expected | undefined
      if (expected) {
        return () => again(record, expected.jws, (expected.submitted as Submitted).receipt)
      }
      const [stored] = await ports.store.all(byContent(record.contentId))
      if (!stored) return undefined
      const { position, jws, ...place } = stored
      const { sub, seq } = record.payload
      // The same content names the same place: rows that say otherwise are damaged.
      if (place.contractNumber !== sub || place.seq !== seq) {
        throw new MissingPart(`the row of version ${seq} of ${sub}`)
      }
      // What was erased can be asked for by its own bytes alone.
      const sha256 = jws === null ? record.sha256 : sha256Of(utf8(jws))
      const receipt = await receiptAgain({ ...place, index: position, sha256 })
      return () => again(record, jws, receipt)
    },

    /** Notes a record that this group appends; the function it returns completes the note. */
    expect(record: ReadRecord, group: Group): (submitted: Submitted) => Submitted {
      const expected: Expected = { jws: record.jws }
      group.memory.set(`content:${record.contentId}`, expected)
      return (submitted) => {
        expected.submitted = submitted
        return submitted
      }
    },
  }
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
