import { Fault } from '../../base/fault.ts'
import { type Instant, instant, milliseconds } from '../../base/time.ts'
import { readIssuerRequest } from '../../guarantee/issuer-request.ts'
import type { Identity, Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import { StoreFault } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'
import { createOpenRequest, jtiUsed } from './open-request.ts'

/**
 * Milliseconds that a jti is remembered. No bearer serves for more than ten minutes after its
 * first use; the rest of the day is for clocks that are set back.
 */
const REMEMBERED = 86_400_000

/**
 * The issuer whose program sends a bearer (compact JWS, `typ` issuer-request+jwt). Each serves
 * once: of two equal ones at once the primary key lets one through.
 * @throws Fault token_invalid, with what is wrong as the code in `errors[]`; store_unavailable
 */
export function createIssuerRequest(ports: Ports, identity: Identity) {
  const openRequest = createOpenRequest(ports, identity)
  const use = createUse(ports)

  return async function issuerRequest(bearer: string | undefined): Promise<Tables['issuer']> {
    if (bearer === undefined) throw missing()
    try {
      const request = readIssuerRequest(bearer)
      const { issuer, at } = await openRequest(request)
      await use(issuer.id, request.payload.jti, at)
      return issuer
    } catch (error) {
      throw error instanceof Fault && error.code !== 'store_unavailable' ? refused(error) : error
    }
  }
}

/** Takes a jti for good, and forgets those that no bearer can carry any more. */
function createUse({ store }: Ports) {
  const take = kept(store.db, (db, issuer: string, jti: string, at: Instant) =>
    db.insertInto('issuerRequest').values({ issuer, jti, at }),
  )
  const forget = kept(store.db, (db, before: Instant) =>
    db.deleteFrom('issuerRequest').where('at', '<', before),
  )

  return async (issuer: string, jti: string, at: Instant): Promise<void> => {
    try {
      await store.commit([take(issuer, jti, at), forget(instant(milliseconds(at) - REMEMBERED))])
    } catch (error) {
      if (error instanceof StoreFault && error.reason === 'conflict') throw jtiUsed(jti)
      throw error
    }
  }
}

function missing(): Fault {
  return new Fault(
    'token_invalid',
    'Send Authorization: Bearer with a compact JWS of typ issuer-request+jwt, signed for this call.',
  )
}

/** One code for whatever is wrong with a bearer: the cure is always to sign another one. */
function refused({ code, message, errors }: Fault): Fault {
  return new Fault('token_invalid', `The bearer is refused (${code}): ${message}`, {
    errors: errors ?? [{ field: 'authorization', code, detail: message }],
  })
}
