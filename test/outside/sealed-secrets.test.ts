import { beforeAll, describe, expect, test } from 'vitest'
import { openSecrets, sealSecrets } from '../../src/outside/sealed-secrets.ts'
import { SecretsError } from '../../src/outside/secrets.ts'

const PASSPHRASE = '正しい馬 電池 ホチキス correct 42'
const TEXT = '{"LOG_KEY":[{"id":"1"}]}\n'

describe('secrets under a passphrase', () => {
  let sealed: string

  beforeAll(async () => {
    sealed = await sealSecrets(TEXT, PASSPHRASE)
  })

  const open = (text: string, passphrase = PASSPHRASE) => openSecrets(text, passphrase, 'a.secrets')
  /** The file with one member changed, by its path. */
  function changed(path: string, value: unknown): string {
    const file = JSON.parse(sealed)
    const [parent, member] = path.includes('.') ? path.split('.') : [undefined, path]
    const holder = parent === undefined ? file : file[parent]
    holder[member as string] = value
    return JSON.stringify(file)
  }

  test('come back, however the passphrase was typed, and say how they are sealed', async () => {
    expect(sealed).not.toContain('LOG_KEY')
    expect(JSON.parse(sealed)).toMatchObject({
      format: 'akashi-secrets/v1',
      kdf: { name: 'scrypt', N: 131072, r: 8, p: 1 },
      cipher: { name: 'aes-256-gcm' },
    })
    expect(await open(sealed)).toBe(TEXT)
    // Another input method: ４２ for 42, a combined mark for が.
    expect(await open(sealed, '正しい馬 電池 ホチキス correct ４２')).toBe(TEXT)
  })

  test('stay shut for another passphrase, and for another byte', async () => {
    const { sealed: bytes, kdf, cipher } = JSON.parse(sealed)
    const other = (text: string) =>
      text.startsWith('A') ? `B${text.slice(1)}` : `A${text.slice(1)}`
    for (const refused of [
      () => open(sealed, `${PASSPHRASE}.`),
      () => open(changed('sealed', other(bytes))),
      () => open(changed('kdf.salt', other(kdf.salt))),
      () => open(changed('cipher.iv', other(cipher.iv))),
    ]) {
      await expect(refused()).rejects.toThrow('is not opened by this passphrase, or was changed')
    }
  })

  test.each([
    ['of another version', 'format', 'akashi-secrets/v2'],
    ['that ask for a weaker key', 'kdf.N', 2],
    ['that ask for all of the memory', 'kdf.N', 2 ** 30],
    ['with another cipher', 'cipher.name', 'aes-256-cbc'],
    ['with a short salt', 'kdf.salt', 'AAAA'],
    ['without a tag', 'sealed', 'AAAA'],
    ['that are no text', 'sealed', 1],
  ])('%s are not tried', async (_, path, value) => {
    await expect(open(changed(path, value))).rejects.toThrow('akashi-secrets/v1')
  })

  test.each(['', 'null', '[]', 'x', '{"format":"akashi-secrets/v1"}'])(
    '%j is no such file',
    async (text) => {
      await expect(open(text)).rejects.toThrow(SecretsError)
    },
  )
})

test.each([
  ['fifteen characters', 'abcdefghijklmno'],
  ['few different ones', 'abcdeabcdeabcdeabcde'],
  ['none', ''],
])('a passphrase of %s is refused', async (_, passphrase) => {
  await expect(sealSecrets(TEXT, passphrase)).rejects.toThrow('too weak')
})

test('a passphrase of sixteen characters, six of them different, is taken', async () => {
  expect(
    await openSecrets(await sealSecrets(TEXT, 'abcdefabcdefabcd'), 'abcdefabcdefabcd', 'x'),
  ).toBe(TEXT)
})
