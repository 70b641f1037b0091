import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fromBase64 } from '../base/bytes.ts'
import { type Instant, isInstant } from '../base/time.ts'
import { sync } from './sync.ts'

/** One secret of a list that rotates by adding. */
export interface Secret {
  id: string
  /** When its use begins: each start takes the newest that has begun. */
  from: Instant
  /** 32 bytes or more. */
  value: Uint8Array
}

interface Written {
  id: string
  from: string
  value: string
}

const LEAST_BYTES = 32
const ID = /^[A-Za-z0-9_-]+$/
const FILE_CURE =
  '. Put your copy of it back; while the log has no entry you may also remove it, and the next start makes a new one.'

export class SecretsError extends Error {
  override name = 'SecretsError'
}

/**
 * The secrets by name: from `given` (JSON lists, one by one), else from the file; absent ones are
 * undefined. Values are base64.
 * @throws SecretsError naming the list that cannot be read, never its content
 */
export function readSecrets<Name extends string>(
  names: readonly Name[],
  path: string,
  given: Partial<Record<Name, string>>,
): Partial<Record<Name, Secret[]>> {
  const file = existsSync(path) ? parsed(readFileSync(path, 'utf8'), path, FILE_CURE) : {}
  const secrets: Partial<Record<Name, Secret[]>> = {}
  for (const name of names) {
    const text = given[name]
    const list = text === undefined ? file[name] : parsed(text, name)
    if (list !== undefined) secrets[name] = readList(list, name)
  }
  return secrets
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
  const made = names.map(
    (name) => [name, [{ id: '1', from, value: randomBytes(LEAST_BYTES) }]] as const,
  )
  const written = made.map(([name, list]) => [
    name,
    list.map(({ value, ...rest }): Written => ({ ...rest, value: value.toString('base64') })),
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

function parsed(text: string, where: string, cure = ''): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // Said below; the text itself is a secret and stays out of every message.
  }
  throw new SecretsError(`${where} is not a JSON object or list${cure}`)
}

function readList(list: unknown, name: string): Secret[] {
  const wrong = new SecretsError(
    `${name} is a list of {id, from, value}: ids [A-Za-z0-9_-]+, each once; from YYYY-MM-DDThh:mm:ss.sssZ; value base64 of ${LEAST_BYTES} bytes or more`,
  )
  if (!Array.isArray(list) || list.length === 0) throw wrong
  const secrets = list.map((item: Partial<Written>) => {
    const value = typeof item?.value === 'string' ? fromBase64(item.value) : undefined
    if (
      typeof item?.id !== 'string' ||
      !ID.test(item.id) ||
      typeof item.from !== 'string' ||
      !isInstant(item.from) ||
      !value ||
      value.length < LEAST_BYTES
    ) {
      throw wrong
    }
    return { id: item.id, from: item.from, value }
  })
  if (new Set(secrets.map(({ id }) => id)).size < secrets.length) throw wrong
  return secrets
}
