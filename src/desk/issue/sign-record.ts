import { Fault } from '../../base/fault.ts'
import { type ReadRecord, type RecordPayload, readRecord } from '../../guarantee/record.ts'
import type { Signing } from './signing-keys.ts'

const RECORD_TYP = 'guarantee-record+jwt'

/** What a record says beside who signs it, for whom and when. */
export type Content = Omit<RecordPayload, 'iss' | 'aud' | 'iat' | 'jti' | 'ver'>

/**
 * A signed record, past the gate that the platform has.
 * @throws Fault claim_invalid, claim_missing, jws_too_large
 */
export async function signRecord({ sign }: Signing, content: Content): Promise<ReadRecord> {
  const { jws } = await sign(RECORD_TYP, { ver: 1, ...content })
  const record = readRecord(jws)
  const { guaranteedAmount, contractPrice } = content.certificate
  if (guaranteedAmount > contractPrice) {
    throw new Fault('amount_invalid', 'The guaranteed amount exceeds the price of the works.')
  }
  return record
}
