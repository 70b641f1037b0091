import type { Access, Identity, Ports } from '../ports.ts'
import type { Authenticate, KnownGuarantee, Pair } from './authenticate.ts'
import { createPresent, type LookupOptions, type Presented } from './present.ts'
import type { Right } from './ticket.ts'

export type LookedUp = Presented & { guarantee: KnownGuarantee; right: Right }

/**
 * An officer's look-up: right pair → everything verified again from the stored bytes → the verdict,
 * signed → noted in the access log.
 * @throws Fault not_found_or_key_mismatch
 */
export function createLookup(
  ports: Ports,
  identity: Identity,
  authenticate: Authenticate,
  access: Access,
) {
  const present = createPresent(ports, identity)

  async function known(
    guarantee: KnownGuarantee,
    { right, ...options }: LookupOptions & { right: Right },
  ): Promise<LookedUp> {
    const answer = await present(guarantee, { ...options, partial: right === 'current' })
    await access.note({
      kind: 'lookup',
      issuer: guarantee.issuer,
      numberKey: guarantee.numberKey,
      detail: { receipt: answer.receiptId, verdict: answer.verdict, ...options.checker },
    })
    return { ...answer, guarantee, right }
  }

  return {
    /** For a guarantee to which a right has been shown. */
    known,
    byPair: async (pair: Pair, options: LookupOptions): Promise<LookedUp> =>
      known(await authenticate(pair), { ...options, right: 'holder' }),
  }
}
