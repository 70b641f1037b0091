import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { Instant } from '../base/time.ts'
import { writeNew } from './new-file.ts'
import { parseSecrets, readSecretLists, type Secret, writtenSecrets } from './secrets.ts'

const BYTES = 32
const FILE_CURE =
  '. Put your copy of it back; while the log has no entry you may also remove it, and the next start makes a new one.'

/**
 * The secrets by name: from `given` (JSON lists, one by one), else from the file; absent ones are
 * undefined.
 * @throws SecretsError naming the list that cannot be read, never its content
 */
export function readSecrets<Name extends string>(
  names: readonly Name[],
  path: string,
  given: Partial<Record<Name, string>>,
): Partial<Record<Name, Secret[]>> {
  const file = existsSync(path) ? parseSecrets(readFileSync(path, 'utf8'), path, FILE_CURE) : {}
  return readSecretLists(names, file, given)
}

/**
 * Makes one fresh secret for each name and writes them to a file that only its owner reads. When it
 * returns they survive a power cut: what they sign may be kept for ever.
 * @throws Error EEXIST where the file is there already, left as it was
 */
export function makeSecrets<Name extends string>(
  names: readonly Name[],
  path: string,
  from: Instant,
): Record<Name, Secret[]> {
  const made = names.map((name) => [name, [{ id: '1', from, value: randomBytes(BYTES) }]] as const)
  const secrets = Object.fromEntries(made) as unknown as Record<Name, Secret[]>
  writeNew(path, writtenSecrets(secrets))
  return secrets
}
