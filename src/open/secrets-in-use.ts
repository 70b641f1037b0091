import { base64url, sha256, utf8 } from '../base/bytes.ts'
import { type Instant, instant } from '../base/time.ts'
import { ConfigError, SECRET_NAMES, type SecretName } from '../config.ts'
import type { Secret } from '../outside/secrets.ts'
import { checkFingerprints, forgetFingerprints } from '../platform/settings.ts'
import type { Clock } from '../ports.ts'
import type { Store } from '../store/store.ts'

/** Each list in the order of use, the last one in use now. */
export type Secrets = Record<SecretName, Secret[]>

/** How an installation comes by secrets that it was not given. */
export interface SecretsSource {
  /** Makes all of them; undefined where none may or can be made. */
  make: (() => Secrets) | undefined
  /** Where missing ones are to be given. */
  cure: string
}

/**
 * The secrets that were found, in the order of use, held against the fingerprints of the database.
 * They are made only while the log is empty: a lost one must never be replaced in silence.
 * @throws ConfigError, Fault state_conflict with the cure
 */
export async function secretsInUse(
  store: Store,
  found: Partial<Secrets>,
  { make, cure }: SecretsSource,
  clock: Clock,
): Promise<Secrets> {
  const missing = SECRET_NAMES.filter((name) => !found[name])
  const entries = store.db.selectFrom('logEntry').select('position').limit(1).compile()
  const none = make && missing.length === SECRET_NAMES.length
  const fresh = none && (await store.all(entries)).length === 0 ? make() : undefined
  if (!fresh && missing.length > 0) {
    throw new ConfigError(`Secrets are missing: ${missing.join(', ')}. ${cure}`)
  }
  const complete = inOrderOfUse(fresh ?? (found as Secrets), instant(clock.now()))
  if (fresh) await forgetFingerprints(store)
  await checkFingerprints(store, fingerprints(complete))
  return complete
}

/** What is planned for later first, then by `from`. */
function inOrderOfUse(secrets: Secrets, now: Instant): Secrets {
  if (secrets.LOG_KEY.length > 1) {
    throw new ConfigError(
      'LOG_KEY is one key. It signs the log for as long as the log has its origin. Take out all but the one in use.',
    )
  }
  const ordered = SECRET_NAMES.map((name) => {
    const begun = ({ from }: Secret) => from <= now
    if (!secrets[name].some(begun)) {
      throw new ConfigError(
        `${name}: none of them has begun. It is ${now} here: set the clock, or give one that is from before.`,
      )
    }
    const list = secrets[name].toSorted(
      (a, b) => Number(begun(a)) - Number(begun(b)) || a.from.localeCompare(b.from),
    )
    return [name, list]
  })
  return Object.fromEntries(ordered)
}

function fingerprints(secrets: Secrets): Map<string, string> {
  const prints = new Map<string, string>()
  for (const name of SECRET_NAMES) {
    for (const { id, value } of secrets[name]) {
      const labelled = utf8(`akashi-fingerprint/v1\n${name}\n${id}\n${base64url(value)}`)
      prints.set(`${name}:${id}`, base64url(sha256(labelled)).slice(0, 22))
    }
  }
  return prints
}
