import { expect, test } from 'vitest'
import { base64, concat, fromBase64 } from '../../src/base/bytes.ts'
import {
  checkpointText,
  type NoteVerifier,
  openCheckpoint,
  parseVkey,
  signNote,
  vkey,
} from '../../src/log/checkpoint.ts'
import { COSIGNATURE_TYPE, cosignedMessage, witnessedAt } from '../../src/log/cosignature.ts'
import { keyPair, verifyEd25519 } from './keys.ts'
import { flipBit, sampleLeaf } from './trees.ts'

const log = keyPair(1)
const own = keyPair(2)
const name = 'witness.example'
const witness = parseVkey(
  vkey(name, own.publicKey, COSIGNATURE_TYPE),
  COSIGNATURE_TYPE,
) as NoteVerifier
const text = checkpointText({ origin: 'log.example', size: 7, root: sampleLeaf(7) })
const note = await signNote(text, 'log.example', log.publicKey, log.sign)

/** A cosignature line over `text` at a time, in seconds. */
function line(time: number, over = text): string {
  const seconds = new Uint8Array(8)
  new DataView(seconds.buffer).setBigUint64(0, BigInt(time))
  const signature = own.sign(cosignedMessage(over, time))
  return `— ${name} ${base64(concat(witness.keyId, seconds, signature))}\n`
}
const seenAt = (text: string) => witnessedAt(text, witness, verifyEd25519)

test('a cosigned checkpoint tells when the witness saw it', async () => {
  expect(await seenAt(note + line(1_800_000_000))).toBe('2027-01-15T08:00:00.000Z')
  const opened = await openCheckpoint(
    note + line(1_800_000_000),
    parseVkey(vkey('log.example', log.publicKey)) as NoteVerifier,
    verifyEd25519,
  )
  expect(opened?.size).toBe(7)
})

test('the signed bytes are those of c2sp.org/tlog-cosignature', () => {
  const bytes = cosignedMessage('origin\n7\nroot\n', 1_679_315_147)
  const expected = 'cosignature/v1\ntime 1679315147\norigin\n7\nroot\n'
  expect(Buffer.from(bytes).toString()).toBe(expected)
})

test('without a valid cosignature of that witness there is no time', async () => {
  const good = line(1_800_000_000)
  const encoded = good.split(' ')[2]?.trimEnd() as string
  const changed = (bytes: Uint8Array) => note + good.replace(encoded, base64(bytes))
  const bytes = fromBase64(encoded) as Uint8Array
  expect(await seenAt(changed(bytes))).toBeDefined()
  expect(await seenAt(note)).toBeUndefined()
  // Valid, but of another checkpoint.
  expect(await seenAt(note + line(1_800_000_000, text.replace('\n7\n', '\n8\n')))).toBeUndefined()
  expect(await seenAt(changed(flipBit(bytes, 8 * 11)))).toBeUndefined()
  expect(await seenAt(changed(flipBit(bytes, 8 * 40)))).toBeUndefined()
  expect(await witnessedAt(changed(bytes.subarray(0, -1)), witness, () => true)).toBeUndefined()
  // A plain note signature of the same key is no cosignature.
  const plain = await signNote(text, name, own.publicKey, own.sign)
  expect(await seenAt(plain)).toBeUndefined()
})

test('a time past what a calendar can hold is refused', async () => {
  expect(await seenAt(note + line(8_640_000_000_000))).toBe('+275760-09-13T00:00:00.000Z')
  expect(await seenAt(note + line(8_640_000_000_001))).toBeUndefined()
  expect(await seenAt(note + line(2 ** 53))).toBeUndefined()
})
