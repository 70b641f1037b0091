import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Instant } from '../base/time.ts'
import { parseSecrets, readSecretLists, type Secret, type WrittenSecret } from './secrets.ts'
import { sync } from './sync.ts'

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
  const written = made.map(([name, list]) => [
    name,
    list.map(({ value, ...rest }): WrittenSecret => ({ ...rest, value: value.toString('base64') })),
  ])
  const text = `${JSON.stringify(Object.fromEntries(written), null, 2)}\n`
  writeWhole(path, text)
  return Object.fromEntries(made) as unknown as Record<Name, Secret[]>
}

/** The whole file under its name or none: a link, unlike a rename, takes no other's place. */
function writeWhole(path: string, text: string): void {
  const next = `${path}.${randomUUID()}.tmp`
  try {
    writeFileSync(next, text, { mode: 0o600, flag: 'wx' })
    sync(next)
    linkSync(next, path)
  } finally {
    rmSync(next, { force: true })
  }
  sync(dirname(path))
}
