import { describe, expect, test } from 'vitest'
import { base64, concat, fromBase64, hex, utf8 } from '../../src/base/bytes.ts'
import {
  type Checkpoint,
  checkpointText,
  type NoteVerifier,
  noteVerifier,
  openCheckpoint,
  parseCheckpoint,
  parseVkey,
  signNote,
  splitNote,
  vkey,
} from '../../src/log/checkpoint.ts'
import { EMPTY_ROOT, MAX_SIZE } from '../../src/log/tree.ts'
import { keyPair, verifyEd25519 } from './keys.ts'
import { flipBit, sampleLeaf } from './trees.ts'

const origin = 'log.example.jp/akashi'
const own = keyPair(1)
const other = keyPair(2)
const verifier = parseVkey(vkey(origin, own.publicKey)) as NoteVerifier
const head: Checkpoint = { origin, size: 7, root: sampleLeaf(7) }
const note = await signNote(checkpointText(head), origin, own.publicKey, own.sign)
const open = (text: string, by = verifier) => openCheckpoint(text, by, verifyEd25519)
const resigned = (text: string) => signNote(text, origin, own.publicKey, own.sign)

test('a signed checkpoint has the form of c2sp.org/tlog-checkpoint', async () => {
  const [first, size, root, empty, signature, end] = note.split('\n')
  expect([first, size, root, empty, end]).toEqual([origin, '7', base64(head.root), '', ''])
  expect(signature).toMatch(/^— log\.example\.jp\/akashi [A-Za-z0-9+/]{91}=$/)
  expect(await open(note)).toEqual({ origin, size: 7, root: fromBase64(root as string) })
  expect(parseCheckpoint(note)).toEqual(await open(note))
})

test('the largest and the empty tree have checkpoints', async () => {
  for (const [size, root] of [
    [0, EMPTY_ROOT],
    [MAX_SIZE, sampleLeaf(1)],
  ] as const) {
    const text = await resigned(checkpointText({ origin, size, root }))
    expect((await open(text))?.size).toBe(size)
  }
})

test('the public key is read back from its vkey', () => {
  expect(vkey(origin, own.publicKey)).toMatch(/^log\.example\.jp\/akashi\+[0-9a-f]{8}\+A/)
  expect(hex(verifier.publicKey)).toBe(hex(own.publicKey))
  expect(verifier.name).toBe(origin)
  // The example of golang.org/x/mod/sumdb/note, whose key id is published with it.
  const peter = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
  expect(hex(parseVkey(peter)?.keyId as Uint8Array)).toBe('c74f20a3')
})

test.each([
  ['a key id that is not the key’s', vkey(origin, own.publicKey).replace(/\+.{8}\+/, '+00000000+')],
  ['another signature type', vkey(origin, own.publicKey, 4)],
  [
    'another signature type under the key id of this one',
    `${origin}+${hex(verifier.keyId)}+${base64(concat(Uint8Array.of(4), own.publicKey))}`,
  ],
  ['a key of 31 bytes', vkey(origin, own.publicKey.subarray(1))],
  ['a name with a space', vkey('log example', own.publicKey)],
  ['no name', vkey('', own.publicKey)],
  ['upper-case hex', vkey(origin, own.publicKey).replace(/\+.{8}\+/, (id) => id.toUpperCase())],
  ['nothing', ''],
])('a vkey with %s is refused', (_, text) => {
  expect(parseVkey(text)).toBeUndefined()
})

test('the verifier of a key is that of its vkey, and a name that no key can have is refused', () => {
  expect(noteVerifier(origin, own.publicKey)).toEqual(parseVkey(vkey(origin, own.publicKey)))
  for (const name of ['', 'log example', 'a+b']) {
    expect(() => noteVerifier(name, own.publicKey)).toThrow(RangeError)
  }
})

test('the note of the example in golang.org/x/mod/sumdb/note verifies', async () => {
  const peter = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
  const text =
    'If you think cryptography is the answer to your problem,\n' +
    "then you don't know what your problem is.\n"
  const line =
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
  const split = splitNote(`${text}\n${line}`)
  const { publicKey, keyId } = parseVkey(peter) as NoteVerifier
  const [signature] = split?.signatures ?? []
  expect(split?.text).toBe(text)
  expect(hex(signature?.keyId as Uint8Array)).toBe(hex(keyId))
  const bytes = signature?.signature as Uint8Array
  expect(await verifyEd25519(utf8(text), bytes, publicKey)).toBe(true)
  expect(await verifyEd25519(utf8(text), flipBit(bytes, 3), publicKey)).toBe(false)
})

describe('a checkpoint is refused', () => {
  test('when one bit of text or signature is changed', async () => {
    const bytes = utf8(note)
    for (let bit = 0; bit < bytes.length * 8; bit += 5) {
      const changed = Buffer.from(flipBit(bytes, bit)).toString('utf8')
      expect(await open(changed), changed).toBeUndefined()
    }
  })

  test('when it is valid but of another log of the same key', async () => {
    const foreign = { ...head, origin: 'log.example.jp/other' }
    const text = await resigned(checkpointText(foreign))
    expect(parseCheckpoint(text)?.origin).toBe(foreign.origin)
    expect(await open(text)).toBeUndefined()
  })

  test('when another key signed it, under its own name or under that of the log', async () => {
    const stranger = await signNote(checkpointText(head), origin, other.publicKey, other.sign)
    expect(await open(stranger, parseVkey(vkey(origin, other.publicKey)))).toBeDefined()
    expect(await open(stranger)).toBeUndefined()
    const posing = await signNote(checkpointText(head), origin, own.publicKey, other.sign)
    expect(await open(posing)).toBeUndefined()
  })

  test('when the signature is valid but of another checkpoint', async () => {
    const later = await resigned(checkpointText({ ...head, size: 8 }))
    const swapped = `${note.split('\n\n')[0]}\n\n${later.split('\n\n')[1]}`
    expect(await open(later)).toBeDefined()
    expect(await open(swapped)).toBeUndefined()
  })

  test('when a second line under the same key does not verify', async () => {
    const line = note.split('\n\n')[1] as string
    expect(await open(note + line)).toBeDefined()
    const later = (await resigned(checkpointText({ ...head, size: 8 }))).split('\n\n')[1]
    expect(await open(note + later)).toBeUndefined()
  })

  test('when the signature is cut off, before the verifier is asked', async () => {
    const line = base64(concat(verifier.keyId, new Uint8Array(63)))
    const cut = `${checkpointText(head)}\n— ${origin} ${line}\n`
    expect(parseCheckpoint(cut)).toBeDefined()
    expect(await openCheckpoint(cut, verifier, () => true)).toBeUndefined()
  })

  const body = `${origin}\n7\n${base64(head.root)}\n`
  test.each([
    ['with a leading zero in its size', body.replace('\n7\n', '\n07\n')],
    ['with a sign in its size', body.replace('\n7\n', '\n+7\n')],
    ['with a size past 2^53 − 1', body.replace('\n7\n', '\n9007199254740992\n')],
    ['with a size of 20 digits', body.replace('\n7\n', '\n99999999999999999999\n')],
    ['with a root of 31 bytes', body.replace(base64(head.root), base64(head.root.subarray(1)))],
    ['with a root without padding', body.replace('=\n', '\n')],
    ['without a root', `${origin}\n7\n`],
    ['without an origin', body.replace(origin, '')],
    ['with an empty line in its text', body.replace('\n7\n', '\n\n7\n')],
    ['with an empty line at the end of its text', `${body}\n`],
  ])('%s, even if its signature is valid', async (_, text) => {
    expect(await open(await resigned(body))).toBeDefined()
    expect(await open(await resigned(text))).toBeUndefined()
  })

  const [text, line] = note.split('\n\n') as [string, string]
  test.each([
    ['with CR LF', note.replaceAll('\n', '\r\n')],
    ['with a tab', note.replace('akashi\n', 'akashi\t\n')],
    ['with an en dash', note.replace('—', '–')],
    ['with two spaces before the signature', note.replace(/ (?=\S+=\n$)/, '  ')],
    ['without the last newline', note.slice(0, -1)],
    ['with a newline more', `${note}\n`],
    ['without a signature', `${text}\n\n`],
    ['without the separating line', `${text}\n${line}`],
    ['with text after the signature', `${note}more\n`],
    ['with an unpadded signature', note.replace(/=\n$/, '\n')],
    ['with a signature of a key id alone', `${text}\n\n— ${origin} ${base64(verifier.keyId)}\n`],
    ['with 65 signatures', `${text}\n\n${line.repeat(65)}`],
    ['with a lone surrogate', note.replace('akashi', 'akashi\ud800')],
    ['that is empty', ''],
  ])('%s', async (_, changed) => {
    expect(await open(changed)).toBeUndefined()
    expect(parseCheckpoint(changed)).toBeUndefined()
  })
})

test('lines of unknown keys and extension lines change nothing', async () => {
  const foreign = `— witness.example ${base64(new Uint8Array(76))}\n`
  expect((await open(note + foreign))?.size).toBe(7)
  expect((await open(note.replace('\n\n', `\n\n${foreign}`)))?.size).toBe(7)
  const line = note.split('\n\n')[1] as string
  expect(await open(`${note.split('\n\n')[0]}\n\n${line}${foreign.repeat(63)}`)).toBeDefined()
  const extended = await resigned(`${checkpointText(head)}extension\n`)
  expect(await open(extended)).toEqual(await open(note))
})

test('what could not be read back is not written', async () => {
  expect(() => checkpointText({ ...head, origin: 'a\nb' })).toThrow(RangeError)
  expect(() => checkpointText({ ...head, origin: '' })).toThrow(RangeError)
  expect(() => checkpointText({ ...head, size: 0.5 })).toThrow(RangeError)
  expect(() => checkpointText({ ...head, root: new Uint8Array(31) })).toThrow(RangeError)
  const named = (name: string) => signNote(checkpointText(head), name, own.publicKey, own.sign)
  await expect(named('two words')).rejects.toThrow(RangeError)
  await expect(named('a+b')).rejects.toThrow(RangeError)
  await expect(resigned('no newline')).rejects.toThrow(RangeError)
})
