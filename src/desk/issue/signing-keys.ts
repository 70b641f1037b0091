import { fromUtf8, utf8 } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import { type Instant, instant } from '../../base/time.ts'
import { uuid } from '../../base/uuid.ts'
import {
  checkPublicKey,
  judgeKey,
  type PublicJwk,
  type PublicKey,
} from '../../guarantee/issuer-key.ts'
import { ISSUER_REQUEST_TYP } from '../../guarantee/issuer-request.ts'
import { KEY_CHANGE_TYP } from '../../guarantee/key-change.ts'
import { signCompact, verifyWithJose } from '../../guarantee/record.ts'
import type { TrustDocument } from '../../log/bundle.ts'
import type { DeskPorts } from '../../ports.ts'
import { kept } from '../../store/kept.ts'

type PrivateJwk = PublicJwk & { d: string }

/** A company's key that may sign now. */
export interface Signing {
  kid: string
  /** A compact JWS of `claims` beside who signs, for which platform, and when. */
  sign(typ: string, claims: object | ((jti: string) => object)): Promise<{ jws: string }>
  /** A request for a new auth key (key-change+jwt); what stands for the key is made with its jti. */
  signKeyChange(contractNumber: string, digestOf: (jti: string) => string): Promise<string>
}

/** `iss` of the company, and the platform that it signs for. */
interface Names {
  iss: string
  aud: string
}

type SealingPorts = Pick<DeskPorts, 'store' | 'clock' | 'random' | 'sealer'>

/** How a key that was imported stands with the platform. */
export type Standing = 'registered' | 'not_registered' | 'unknown'

/**
 * The companies' private signing keys, sealed under the KEK. The newest one that may sign now is
 * used; a company's keys are those that the platform has under its name.
 */
export function createSigningKeys(ports: SealingPorts, trust: () => Promise<TrustDocument>) {
  const { store, clock, random, sealer } = ports
  const ofIssuer = kept(store.db, (db, issuer: string) =>
    db
      .selectFrom('signingKey')
      .select(['kid', 'sealed'])
      .where('issuer', '=', issuer)
      .orderBy('importedAt', 'desc'),
  )
  const at = (): Instant => instant(clock.now())

  /**
   * The key with which a company signs now.
   * @throws Fault kid_unknown without any key, key_retired, key_revoked, key_not_yet_valid when
   *   none may sign now
   */
  async function signing(issuer: string): Promise<Signing> {
    const rows = await store.all(ofIssuer(issuer))
    if (rows.length === 0) throw noKey(issuer)
    const { platform, issuers } = await trust()
    const company = issuers.find(({ id }) => id === issuer)
    if (!company) throw noKey(issuer)
    let refusal: Fault | undefined
    for (const { kid, sealed } of rows) {
      const registered = company.keys.find((key) => key.kid === kid)
      const judgement = registered ? judgeKey(registered, at()) : 'kid_unknown'
      if (judgement === 'ok') {
        return signingWith(kid, sealed, issuer, { iss: company.iss, aud: platform })
      }
      refusal ??= new Fault(judgement, CURES[judgement].replace('KID', kid))
    }
    throw refusal as Fault
  }

  function signingWith(kid: string, sealed: Uint8Array, issuer: string, names: Names): Signing {
    const sign: Signing['sign'] = async (typ, claims) => {
      const jwk = JSON.parse(fromUtf8(await sealer.open(sealed, about(issuer, kid))))
      const jti = uuid(random(16))
      const envelope = { ...names, iat: Math.floor(clock.now() / 1000), jti }
      const own = typeof claims === 'function' ? claims(jti) : claims
      return { jws: await signCompact({ typ }, { ...envelope, ...own }, jwk) }
    }
    return {
      kid,
      sign,
      async signKeyChange(sub, digestOf) {
        const claims = (jti: string) => ({ sub, authKeySha256: digestOf(jti) })
        return (await sign(KEY_CHANGE_TYP, claims)).jws
      },
    }
  }

  return {
    importKey: createImport(ports, trust),
    signing,
    /** Whether a key may sign for a company now, whoever has it. */
    async maySign(issuer: string, kid: string): Promise<boolean> {
      const company = (await trust()).issuers.find(({ id }) => id === issuer)
      const key = company?.keys.find((one) => one.kid === kid)
      return key !== undefined && judgeKey(key, at()) === 'ok'
    },
    /** A bearer for one call of the platform's API under the company's name. */
    async bearer(issuer: string): Promise<string> {
      const { sign } = await signing(issuer)
      return (await sign(ISSUER_REQUEST_TYP, {})).jws
    },
  }
}

/**
 * Seals a private key into the desk.
 * @param jwk a private JWK, Ed25519 or P-256
 * @returns its thumbprint, and whether the platform has its public half under the company's name
 * @throws Fault claim_invalid for no such key or halves that do not match, state_conflict for one
 *   that is another company's
 */
function createImport({ store, clock, sealer }: SealingPorts, trust: () => Promise<TrustDocument>) {
  return async (issuer: string, jwk: Record<string, unknown>) => {
    const { d, ...half } = jwk
    if (typeof d !== 'string') throw noPrivateKey()
    const key = checkPublicKey(half)
    const privateJwk: PrivateJwk = { ...key.jwk, d }
    await checkHalves(privateJwk, key)
    const standing = standingOf(await trust(), issuer, key.kid)
    const sealed = await sealer.seal(utf8(JSON.stringify(privateJwk)), about(issuer, key.kid))
    const row = { sealed, importedAt: instant(clock.now()) }
    await store.commit([
      store.db
        .insertInto('signingKey')
        .values({ issuer, kid: key.kid, alg: key.alg, ...row })
        .onConflict((conflict) => conflict.columns(['issuer', 'kid']).doUpdateSet(row))
        .compile(),
    ])
    return { kid: key.kid, alg: key.alg, standing }
  }
}

export type SigningKeys = ReturnType<typeof createSigningKeys>

/** What the operator does about a key that does not sign. */
const CURES = {
  key_retired:
    'The signing key KID of the company was retired. Make a new one (akashi key new), have it registered (akashi issuer key-add), and import it (akashi desk key-import).',
  key_revoked:
    'The signing key KID of the company was revoked. Make a new one (akashi key new), have it registered (akashi issuer key-add), and import it (akashi desk key-import).',
  key_not_yet_valid:
    'The signing key KID of the company is not valid yet. Wait for its day, or register it from an earlier one (akashi issuer key-add --from).',
  kid_unknown:
    'The platform does not have the signing key KID under the name of the company. Have its public half registered (akashi issuer key-add).',
}

function standingOf({ issuers }: TrustDocument, issuer: string, kid: string): Standing {
  const holder = issuers.find(({ keys }) => keys.some((key) => key.kid === kid))
  if (holder && holder.id !== issuer) {
    throw new Fault('state_conflict', `The key ${kid} is registered as that of ${holder.id}.`)
  }
  if (holder) return 'registered'
  return issuers.some(({ id }) => id === issuer) ? 'not_registered' : 'unknown'
}

/** The text under which a key is sealed, so that none can be put in the place of another. */
function about(issuer: string, kid: string): string {
  return `signing-key\n${issuer}\n${kid}`
}

/** By a signature, for runtimes take a private JWK whose halves do not belong together. */
async function checkHalves(privateJwk: PrivateJwk, key: PublicKey): Promise<void> {
  const probe = await signCompact({ typ: 'probe' }, {}, privateJwk).catch(() => undefined)
  if (probe !== undefined && (await verifyWithJose(probe, key))) return
  throw new Fault('claim_invalid', 'The private and the public half of the key do not match.')
}

function noPrivateKey(): Fault {
  return new Fault(
    'claim_invalid',
    'There is no private key in it: give the file of akashi key new, not the .pub.jwk.',
  )
}

function noKey(issuer: string): Fault {
  return new Fault(
    'kid_unknown',
    `The desk has no signing key of ${issuer}. Import it (akashi desk key-import), and register its public half (akashi issuer key-add).`,
  )
}
