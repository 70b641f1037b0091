import { checkLookupOptions } from '../../guarantee/lookup-options.ts'
import type { Access, Identity, Ports } from '../../ports.ts'
import type { Authenticate, KnownGuarantee, Pair, Right } from '../access/authenticate.ts'
import { createPresent, type LookupWish, type Presented } from './present.ts'

export type LookedUp = Presented & { guarantee: KnownGuarantee; right: Right }

/**
 * An officer's look-up: right pair → everything verified again from the stored bytes → the verdict,
 * signed → noted in the access log.
 * @throws Fault body_invalid for what it is asked to record or to compare, not_found_or_key_mismatch
 */
export function createLookup(
  ports: Ports,
  identity: Identity,
  authenticate: Authenticate,
  access: Access,
) {
  const present = createPresent(ports, identity)

  async function shown(
    guarantee: KnownGuarantee,
    { right, ...options }: LookupWish & { right: Right },
  ): Promise<LookedUp> {
    const answer = await present(guarantee, { ...options, partial: right === 'current' })
    const { department, name } = options.checker ?? {}
    await access.note({
      kind: 'lookup',
      issuer: guarantee.issuer,
      numberKey: guarantee.numberKey,
      detail: {
        receipt: answer.receiptId,
        verdict: answer.verdict,
        ...(department !== undefined && { department }),
        ...(name !== undefined && { name }),
      },
    })
    return { ...answer, guarantee, right }
  }

  return {
    /** For a guarantee to which a right has been shown. */
    async known(
      guarantee: KnownGuarantee,
      options: LookupWish & { right: Right },
    ): Promise<LookedUp> {
      checkLookupOptions(options)
      return shown(guarantee, options)
    },

    async byPair(pair: Pair, options: LookupWish): Promise<LookedUp> {
      checkLookupOptions(options)
      return shown(await authenticate(pair), { ...options, right: 'holder' })
    },
  }
}
