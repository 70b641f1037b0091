import { Fault } from '../base/fault.ts'
import { instant } from '../base/time.ts'
import { checkClaims, fitsKey, readRecord } from '../guarantee/record.ts'
import type { Identity, Ports } from '../ports.ts'
import { createAdmission } from './admission.ts'
import type { Append } from './append.ts'
import { createIssuerOfKey } from './issuer-of-key.ts'
import type { Submission, Submitted } from './submission.ts'

/**
 * Takes a signed record in: open it → known issuer → right signature → meant for us → admitted at
 * the log's head (known content, key valid, owner takes part, follows its history) → appended.
 * @throws Fault in the order of the API's error list
 */
export function createIntake(ports: Ports, identity: Identity, append: Append) {
  const issuerOfKey = createIssuerOfKey(ports)
  const admit = createAdmission(ports)

  return async function intake({ record: jws, authKey }: Submission): Promise<Submitted> {
    const record = readRecord(jws)
    const { issuer, key } = await issuerOfKey(record.header.kid)
    fitsKey(record, key, issuer.numberPattern)
    if (!(await ports.verifyJws(record.jws, key))) {
      throw new Fault(
        'signature_invalid',
        'The signature does not verify under the registered key. Sign header.payload byte for byte.',
      )
    }
    const now = instant(ports.clock.now())
    checkClaims(record, { iss: issuer.iss, platform: identity.platform, now })
    return append((group) => admit({ record, authKey }, group))
  }
}
