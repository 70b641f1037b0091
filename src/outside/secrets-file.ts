import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fromBase64 } from '../base/bytes.ts'
import { isInstant } from '../base/time.ts'

/** One secret of a list that rotates by adding; `from` says since when it is used. */
export interface Secret {
  id: string
  from: string
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
  const file = existsSync(path) ? parsed(readFileSync(path, 'utf8'), path) : {}
  const secrets: Partial<Record<Name, Secret[]>> = {}
  for (const name of names) {
    const text = given[name]
    const list = text === undefined ? file[name] : parsed(text, name)
    if (list !== undefined) secrets[name] = readList(list, name)
  }
  return secrets
}

/** Makes one fresh secret for each name and writes them to a file that only its owner reads. */
export function makeSecrets<Name extends string>(
  names: readonly Name[],
  path: string,
  from: string,
): Record<Name, Secret[]> {
  const made = names.map(
    (name) => [name, [{ id: '1', from, value: randomBytes(LEAST_BYTES) }]] as const,
  )
  const written = made.map(([name, list]) => [
    name,
    list.map(({ value, ...rest }): Written => ({ ...rest, value: value.toString('base64') })),
  ])
  const text = `${JSON.stringify(Object.fromEntries(written), null, 2)}\n`
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' })
  return Object.fromEntries(made) as unknown as Record<Name, Secret[]>
}

function parsed(text: string, where: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // Said below; the text itself is a secret and stays out of every message.
  }
  throw new SecretsError(`${where} is not a JSON object or list`)
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
