import { Fault } from '../../base/fault.ts'
import { type Instant, instant } from '../../base/time.ts'
import { judgeKey } from '../../guarantee/issuer-key.ts'
import type { Identity, Ports } from '../../ports.ts'
import type { Tables } from '../../store/tables.ts'
import { createOpenSigned, type Signed } from './open-signed.ts'

/** Seconds that a request may be old: it is never stored, so its time must bound its use. */
const OLDEST = 300

/**
 * Checks who signed a request that counts once and at once: as {@link createOpenSigned}, then
 * fresh → under a key that may sign now. That its jti was not used is the caller's to see.
 * @throws Fault from kid_unknown to iat_in_future, then iat_too_old, key_…
 */
export function createOpenRequest(ports: Ports, identity: Identity) {
  const openSigned = createOpenSigned(ports, identity)

  return async function openRequest(
    signed: Signed,
  ): Promise<{ issuer: Tables['issuer']; at: Instant }> {
    const { issuer, key } = await openSigned(signed)
    const now = ports.clock.now()
    if (signed.payload.iat < now / 1000 - OLDEST) {
      throw new Fault('iat_too_old', `iat is more than ${OLDEST} s ago. Sign a new request.`)
    }
    const at = instant(now)
    const judgement = judgeKey(key, at)
    if (judgement !== 'ok') {
      throw new Fault(judgement, 'The key cannot sign requests now. Sign with a valid key.')
    }
    return { issuer, at }
  }
}

/** A request whose jti was taken before. */
export function jtiUsed(jti: string): Fault {
  return new Fault('jti_reused', `The jti ${jti} was used by another request. Make a new one.`)
}
