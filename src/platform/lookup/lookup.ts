import { checkLookupOptions } from '../../guarantee/lookup-options.ts'
import type { Access, Identity, Ports } from '../../ports.ts'
import type { Authenticate, KnownGuarantee, Pair, Right } from '../access/authenticate.ts'
import { UNKNOWN, type Visitor } from '../access/budget.ts'
import { createPresent, type LookupWish, type Presented } from './present.ts'

/** By what a guarantee is shown: number and key, or a share link, by its id. */
interface Shown {
  right: Right
  share?: string | undefined
}

export type LookedUp = Presented & { guarantee: KnownGuarantee; right: Right }

/**
 * An officer's look-up: right pair → everything verified again from the stored bytes → the verdict,
 * signed → noted in the access log.
 * @throws Fault body_invalid for what it is asked to record or to compare, not_found_or_key_mismatch,
 *   rate_limited
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
    { right, share, ...options }: LookupWish & Shown,
    { source }: Visitor,
  ): Promise<LookedUp> {
    const answer = await present(guarantee, { ...options, partial: right === 'current' })
    const { department, name } = options.checker ?? {}
    await access.note({
      kind: 'lookup',
      issuer: guarantee.issuer,
      numberKey: guarantee.numberKey,
      source,
      detail: {
        receipt: answer.receiptId,
        verdict: answer.verdict,
        ...(share !== undefined && { share }),
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
      options: LookupWish & Shown,
      visitor: Visitor = UNKNOWN,
    ): Promise<LookedUp> {
      checkLookupOptions(options)
      return shown(guarantee, options, visitor)
    },

    async byPair(pair: Pair, options: LookupWish, visitor: Visitor = UNKNOWN): Promise<LookedUp> {
      checkLookupOptions(options)
      const guarantee = await authenticate(pair, visitor)
      return shown(guarantee, { ...options, right: 'holder' }, visitor)
    },

    /** The whole of it, for a caller who has asked for a right of another kind and notes it. */
    unnoted: (guarantee: KnownGuarantee): Promise<Presented> =>
      present(guarantee, { evidence: true, partial: false }),
  }
}
