import { InvalidArgumentError } from 'commander'
import { instantOption, listOption } from '../../../src/cli/input.ts'
import { COLUMNS, readOwners } from '../../../src/cli/owner-csv.ts'
import { ConfigError, readConfig } from '../../../src/config.ts'
import { checkOwner } from '../../../src/guarantee/owner.ts'
import { parseSecrets, readSecretLists, SecretsError } from '../../../src/outside/secrets.ts'
import { formatCursor, parseCursor } from '../../../src/platform/issuer/cursor.ts'
import { mutateJson } from '../mutate.ts'
import { jsonOf, must, reading, type Target } from '../target.ts'

const FILE = 65_536

/** The refusals that an entry tells in a sentence; whatever else is thrown is a crash. */
function refusal(error: unknown, kind: new (...args: never[]) => Error): string {
  if (!(error instanceof kind)) throw error
  return 'refused'
}

const instants: Target = {
  covers: ['readInstant'],
  seeds: [
    '2026-04-01',
    '2026-04-01T09:00:00.5+09:00',
    '2026-02-30T00:00:00Z',
    '9999-12-31T23:59:59-23:59',
    'a, b,,c',
  ],
  most: FILE,
  read(text) {
    must(
      listOption(text).every((item) => item !== '' && item === item.trim()),
      'an empty item',
    )
    try {
      const instant = instantOption(text)
      const [local, utc] = [text.slice(0, 10), instant.slice(0, 10)]
      must(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(instant), 'another form')
      must(new Date(`${local}T00:00:00Z`).toISOString().startsWith(local), 'no such day')
      must(Math.abs(Date.parse(local) - Date.parse(utc)) <= 86_400_000, 'days apart')
      return 'instant'
    } catch (error) {
      return refusal(error, InvalidArgumentError)
    }
  },
}

const environment: Target = {
  covers: ['readConfig'],
  seeds: [
    JSON.stringify({ HOST: '::1', PORT: '8787', PUBLIC_ORIGIN: 'https://hosho.example.lg.jp' }),
    JSON.stringify({ DATABASE_URL: 'sqlite:./a.db', LOG_ORIGIN: 'a.example/akashi', DEMO: '0' }),
    JSON.stringify({
      AUTH_KEY_HASH: 'scrypt',
      TRUST_PROXY: '2',
      LOG_PUBLIC: '0',
      DATA_DIR: '/srv/a',
    }),
  ],
  mutate: mutateJson,
  most: FILE,
  read(text) {
    const values = Object.entries(Object(jsonOf(text)) as object)
    const env = Object.fromEntries(values.map(([name, value]) => [name, String(value)]))
    try {
      const { port, publicOrigin, platformUrl, trustProxy } = readConfig(env)
      must(Number.isInteger(port) && port > 0 && port < 65_536, 'no port')
      must(new URL(publicOrigin).origin === publicOrigin, 'an origin with more to it')
      must(new URL(platformUrl).origin === platformUrl, 'an address with more to it')
      must(Number.isInteger(trustProxy) && trustProxy >= 0 && trustProxy <= 10, 'no hops')
      return 'taken'
    } catch (error) {
      return refusal(error, ConfigError)
    }
  },
}

const SECRET = 'q83vEjRWeJC83vEjRWeJC83vEjRWeJC83vEjRWeJC80='
const LIST = [{ id: '1', from: '2026-01-01T00:00:00.000Z', value: SECRET }]

/** A list out of the environment, and the same text as the file. */
const secrets: Target = {
  covers: ['readSecretLists', 'parseSecrets'],
  seeds: [JSON.stringify(LIST), JSON.stringify([...LIST, { ...LIST[0], id: '2' }]), '{}', '[null]'],
  mutate: mutateJson,
  most: FILE,
  read(text) {
    try {
      const { LOG_KEY = [] } = readSecretLists(['LOG_KEY'], {}, { LOG_KEY: text })
      must(LOG_KEY.length > 0 && LOG_KEY.every(({ value }) => value.length >= 32), 'a weak secret')
      must(new Set(LOG_KEY.map(({ id }) => id)).size === LOG_KEY.length, 'one id twice')
      readSecretLists(['LOG_KEY'], parseSecrets(`{"LOG_KEY":${text}}`, 'a file'), {})
      return `${LOG_KEY.length}`
    } catch (error) {
      must(!String((error as Error).message).includes(SECRET.slice(0, 12)), 'a secret in a message')
      return refusal(error, SecretsError)
    }
  },
}

/** What an issuer's program brings back of its last call. */
const cursors: Target = {
  covers: ['parseCursor'],
  seeds: ['-_-', '12.1764000000000_-', '0.0_9007199254740991.253402300799999'],
  most: FILE,
  read(text) {
    const cursor = reading(() => parseCursor(text))
    if ('refused' in cursor) return cursor.refused
    must(formatCursor(cursor.value) === text, 'a second spelling of a cursor')
    return `${cursor.value.entry !== undefined} ${cursor.value.note !== undefined}`
  },
}

const ROW =
  '富士市長,2025-11-14,contract_date,advance_payment;contract,222101,富士市;ふじし,,"公告, 日"'

const ownerFiles: Target = {
  covers: ['readOwners'],
  seeds: [
    `${COLUMNS.join(',')}\n${ROW}\n`,
    `\ufeffname,start,basis,kinds\r\na,2026-01-01,contract_date,contract\r\n`,
    'name,start',
  ],
  most: 16_384,
  read(text) {
    const read = reading(() => readOwners(text))
    if ('refused' in read) return read.refused
    for (const owner of read.value) checkOwner(owner)
    return `${Math.min(read.value.length, 3)}`
  },
}

export const OPERATOR_TARGETS: Record<string, Target> = {
  'cli-option': instants,
  environment,
  secrets,
  'owner-csv': ownerFiles,
  cursor: cursors,
}
