import { Fault } from '../../base/fault.ts'
import type { Ports } from '../../ports.ts'
import type { Tables } from '../../store/tables.ts'
import { createReopenings } from '../log/reopenings.ts'

/** The issuer whose program makes a call, or why that is not known. */
export type Sender = { issuer: string } | { fault: unknown }

/**
 * Who sends records, in a log that was reopened after a loss; undefined in any other, where the
 * signature in a record is enough. Its auth key is not signed, so that whoever holds a first record
 * that was lost could send it again with a key of their own.
 * @param issuerRequest whose a bearer is, which serves once
 */
export function createSender(
  { store }: Ports,
  issuerRequest: (bearer: string) => Promise<Tables['issuer']>,
) {
  const reopenings = createReopenings(store)
  // A log is reopened while its server stands still.
  let reopened: boolean | undefined

  return async function sender(bearer: string | undefined): Promise<Sender | undefined> {
    reopened ??= (await reopenings()).length > 0
    if (!reopened) return undefined
    if (bearer === undefined) return { fault: missing() }
    try {
      return { issuer: (await issuerRequest(bearer)).id }
    } catch (fault) {
      return { fault }
    }
  }
}

/** @throws Fault token_invalid unless the issuer itself sends its first record */
export function refuseUnlessSentBy(sender: Sender | undefined, issuer: string): void {
  if (sender === undefined) return
  if ('fault' in sender) throw sender.fault
  if (sender.issuer !== issuer) {
    throw new Fault(
      'token_invalid',
      `The bearer is of ${sender.issuer}, the record of ${issuer}. Send it with a bearer of its own issuer.`,
    )
  }
}

function missing(): Fault {
  return new Fault(
    'token_invalid',
    'This log goes on after a loss, and others may hold a record that was lost: with seq 1 send Authorization: Bearer with a compact JWS of typ issuer-request+jwt, signed by its issuer for this call.',
  )
}
