import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { base64 } from '../../src/base/bytes.ts'
import { type Secret, SecretsError } from '../../src/outside/secrets.ts'
import { makeSecrets, readSecrets } from '../../src/outside/secrets-file.ts'

const NAMES = ['ONE', 'TWO'] as const
const FROM = '2026-02-03T05:00:00.000Z'
const VALUE = Buffer.alloc(32, 7).toString('base64')

function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-secrets-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'secrets.json')
}

const written = (secrets: Partial<Record<string, Secret[]>>) =>
  Object.entries(secrets).map(([name, of]) => [
    name,
    of?.map(({ value, ...rest }) => ({ ...rest, value: base64(value) })),
  ])

const list = (...items: object[]) => JSON.stringify(items)

describe('secrets', () => {
  test('that were made are the ones that are read, by their owner alone', () => {
    const path = newPath()
    const made = makeSecrets(NAMES, path, FROM)
    expect(written(readSecrets(NAMES, path, {}))).toEqual(written(made))
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(made.ONE[0]?.value).not.toEqual(made.TWO[0]?.value)
  })

  test('are never written over others', () => {
    const path = newPath()
    const made = makeSecrets(NAMES, path, FROM)
    expect(() => makeSecrets(NAMES, path, FROM)).toThrow(/EEXIST/)
    expect(written(readSecrets(NAMES, path, {}))).toEqual(written(made))
  })

  test('given one by one stand before the file; what is nowhere is undefined', () => {
    const path = newPath()
    expect(readSecrets(NAMES, path, {})).toEqual({})
    makeSecrets(NAMES, path, FROM)
    const { ONE, TWO } = readSecrets(NAMES, path, {
      ONE: list({ id: 'a', from: FROM, value: VALUE }),
    })
    expect(ONE).toEqual([{ id: 'a', from: FROM, value: new Uint8Array(32).fill(7) }])
    expect(TWO?.[0]?.id).toBe('1')
  })

  test.each([
    ['no JSON', '{'],
    ['no list', '{}'],
    ['an empty list', '[]'],
    ['no id', list({ from: FROM, value: VALUE })],
    [
      'an id of other symbols, by which pepper ids are told apart',
      list({ id: '1/scrypt', from: FROM, value: VALUE }),
    ],
    [
      'an id twice',
      list({ id: '1', from: FROM, value: VALUE }, { id: '1', from: FROM, value: VALUE }),
    ],
    ['a day for an instant', list({ id: '1', from: '2026-02-03', value: VALUE })],
    ['31 bytes', list({ id: '1', from: FROM, value: Buffer.alloc(31, 7).toString('base64') })],
    [
      'base64url',
      list({ id: '1', from: FROM, value: Buffer.alloc(32, 255).toString('base64url') }),
    ],
    ['no value', list({ id: '1', from: FROM })],
    ['null', list(null as never)],
  ])('with %s are refused by name, never with their content', (_, text) => {
    const path = newPath()
    const refused = () => readSecrets(NAMES, path, { ONE: text })
    expect(refused).toThrow(SecretsError)
    expect(refused).toThrow(/^ONE /)
    expect(refused).not.toThrow(VALUE)
    expect(
      readSecrets(NAMES, path, { ONE: list({ id: '1', from: FROM, value: VALUE }) }).ONE,
    ).toHaveLength(1)
  })

  test.each([['LOG_KEY=abc'], ['']])(
    'in a file that is no JSON are refused with the name of the file and the cure: %j',
    (text) => {
      const path = newPath()
      writeFileSync(path, text)
      const refused = () => readSecrets(NAMES, path, {})
      expect(refused).toThrow(path)
      expect(refused).toThrow(/while the log has no entry.*remove it/)
      expect(refused).not.toThrow('abc')
    },
  )
})
