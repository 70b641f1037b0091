import fc from 'fast-check'
import { expect, test } from 'vitest'
import { equalBytes, utf8 } from '../../src/base/bytes.ts'
import { secureRandom } from '../../src/outside/crypto-node.ts'
import { createSealer, type Kek } from '../../src/outside/kek.ts'

const kek = (id: string): Kek => ({ id, value: secureRandom(32) })
const first = kek('1')
const sealer = createSealer([first], secureRandom)
const ABOUT = 'auth-key east 12345-678901'
const KEY = utf8('Z28YUE4J3Bux')

test('what was sealed is opened about the same thing, whatever it is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), fc.string(), async (plain, about) => {
      const opened = await sealer.open(await sealer.seal(plain, about), about)
      expect(equalBytes(opened, plain)).toBe(true)
    }),
    { numRuns: 50 },
  )
})

test('it does not hold the plain bytes, and no two sealings are alike', async () => {
  const [one, two] = await Promise.all([sealer.seal(KEY, ABOUT), sealer.seal(KEY, ABOUT)])
  expect(Buffer.from(one).includes(Buffer.from(KEY))).toBe(false)
  expect(Buffer.from(one).equals(Buffer.from(two))).toBe(false)
})

test('one altered byte, anywhere, is refused', async () => {
  const sealed = await sealer.seal(KEY, ABOUT)
  for (const at of sealed.keys()) {
    const altered = Uint8Array.from(sealed)
    altered[at] = (altered[at] as number) ^ 1
    await expect(sealer.open(altered, ABOUT), `byte ${at}`).rejects.toThrow()
  }
  expect(await sealer.open(sealed, ABOUT)).toEqual(KEY)
})

test('a shortened one is refused at every length', async () => {
  const sealed = await sealer.seal(KEY, ABOUT)
  for (let length = 0; length < sealed.length; length++) {
    await expect(sealer.open(sealed.subarray(0, length), ABOUT)).rejects.toThrow()
  }
})

test('the key of another guarantee cannot be put in its place', async () => {
  const sealed = await sealer.seal(KEY, ABOUT)
  await expect(sealer.open(sealed, 'auth-key east 12345-678902')).rejects.toThrow('something else')
})

test('a KEK rotates by adding: the new one seals, the old one still opens', async () => {
  const second = kek('2')
  const both = createSealer([first, second], secureRandom)
  const old = await sealer.seal(KEY, ABOUT)
  const fresh = await both.seal(KEY, ABOUT)
  expect(await both.open(old, ABOUT)).toEqual(KEY)
  expect(await both.open(fresh, ABOUT)).toEqual(KEY)
  await expect(sealer.open(fresh, ABOUT)).rejects.toThrow('the KEK 2 is not among the secrets')
})

test('another KEK under the same id opens nothing', async () => {
  const other = createSealer([kek('1')], secureRandom)
  await expect(other.open(await sealer.seal(KEY, ABOUT), ABOUT)).rejects.toThrow('was altered')
})

test('a KEK longer than a key is used whole', async () => {
  const value = secureRandom(48)
  const long = createSealer([{ id: '1', value }], secureRandom)
  const short = createSealer([{ id: '1', value: value.subarray(0, 32) }], secureRandom)
  await expect(short.open(await long.seal(KEY, ABOUT), ABOUT)).rejects.toThrow('was altered')
})
