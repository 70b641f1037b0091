import { base64, fromBase64 } from '../base/bytes.ts'
import { type Instant, isInstant } from '../base/time.ts'

/** One secret of a list that rotates by adding. */
export interface Secret {
  id: string
  /** When its use begins: each start takes the newest that has begun. */
  from: Instant
  /** 32 bytes or more. */
  value: Uint8Array
}

/** A secret as it is written down; `value` is base64. */
interface WrittenSecret {
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
 * The secrets by name: from `given` (JSON lists, one by one), else from `file`, what a secrets file
 * holds; absent ones are undefined. Values are base64.
 * @throws SecretsError naming the list that cannot be read, never its content
 */
export function readSecretLists<Name extends string>(
  names: readonly Name[],
  file: Record<string, unknown>,
  given: Partial<Record<Name, string>>,
): Partial<Record<Name, Secret[]>> {
  const secrets: Partial<Record<Name, Secret[]>> = {}
  for (const name of names) {
    const text = given[name]
    const list = text === undefined ? file[name] : parseSecrets(text, name)
    if (list !== undefined) secrets[name] = readList(list, name)
  }
  return secrets
}

/** What a secrets file holds, to be read back by {@link readSecretLists}. */
export function writtenSecrets(secrets: Readonly<Record<string, readonly Secret[]>>): string {
  const lists = Object.entries(secrets).map(([name, list]) => [
    name,
    list.map(({ value, ...rest }): WrittenSecret => ({ ...rest, value: base64(value) })),
  ])
  return `${JSON.stringify(Object.fromEntries(lists), null, 2)}\n`
}

/** JSON of secrets. @throws SecretsError naming `where` it stands, with the cure */
export function parseSecrets(text: string, where: string, cure = ''): Record<string, unknown> {
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
  const secrets = list.map((item: Partial<WrittenSecret>) => {
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
