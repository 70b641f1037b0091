import { base64, concat, equalBytes, fromBase64, hex, sha256, utf8 } from '../base/bytes.ts'
import { parseDecimal } from './decimal.ts'
import { HASH_LENGTH } from './tree.ts'

/** Signature type of a plain Ed25519 note signature (c2sp.org/signed-note, Signature types). */
const ED25519_TYPE = 0x01

/** Most signature lines read; the specification asks for at least 16. */
const MAX_SIGNATURES = 64

const KEY_ID_LENGTH = 4

/** Length of an Ed25519 signature (RFC 8032 §5.1.6). */
export const SIGNATURE_LENGTH = 64
const SIGNATURE_LINE = /^\u2014 ([^ ]+) ([A-Za-z0-9+/=]+)$/u

/** A log's tree head at one size (c2sp.org/tlog-checkpoint). */
export interface Checkpoint {
  origin: string
  /** Leaves. */
  size: number
  /** 32 bytes. */
  root: Uint8Array
}

/** Who may have signed a note. */
export interface NoteVerifier {
  name: string
  /** 4 bytes. */
  keyId: Uint8Array
  /** Ed25519, 32 bytes. */
  publicKey: Uint8Array
}

/** One signature line of a note. */
export interface NoteSignature {
  name: string
  /** 4 bytes. */
  keyId: Uint8Array
  signature: Uint8Array
}

/** Whether an Ed25519 signature (RFC 8032, 64 bytes) over a message is that of a raw public key. */
export type VerifyEd25519 = (
  message: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
) => boolean | Promise<boolean>

/**
 * Note text of a checkpoint: origin, size and root, each with its newline.
 *
 * @throws RangeError when the text would not be read back as the same checkpoint
 */
export function checkpointText(checkpoint: Checkpoint): string {
  const text = `${checkpoint.origin}\n${checkpoint.size}\n${base64(checkpoint.root)}\n`
  const read = parseText(text)
  if (read?.origin !== checkpoint.origin) {
    throw new RangeError(`not a checkpoint: ${JSON.stringify(text)}`)
  }
  return text
}

/**
 * The verifier of the notes that a key of this name signs.
 *
 * @throws RangeError for what cannot name a key: nothing, white space, `+`
 */
export function noteVerifier(name: string, publicKey: Uint8Array): NoteVerifier {
  if (!isKeyName(name)) throw new RangeError(`${JSON.stringify(name)} cannot name a log`)
  return { name, keyId: noteKeyId(name, publicKey, ED25519_TYPE), publicKey }
}

/**
 * `name+keyid+key`, the text in which a note key is published; the key id is the first 4 bytes of
 * SHA-256(name ‖ LF ‖ type ‖ key) in hex (c2sp.org/signed-note).
 *
 * @param type signature type identifier byte
 */
export function vkey(name: string, publicKey: Uint8Array, type: number = ED25519_TYPE): string {
  const keyId = hex(noteKeyId(name, publicKey, type))
  return `${name}+${keyId}+${base64(concat(Uint8Array.of(type), publicKey))}`
}

/**
 * Reads {@link vkey} back; undefined for another signature type, a key that is not 32 bytes, or a
 * key id that is not the key's.
 */
export function parseVkey(text: string, type: number = ED25519_TYPE): NoteVerifier | undefined {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? []
  if (name === undefined || encoded === undefined || !isKeyName(name)) return undefined
  const key = fromBase64(encoded)
  if (key?.length !== 1 + 32 || key[0] !== type) return undefined
  const publicKey = key.slice(1)
  const keyId = noteKeyId(name, publicKey, type)
  return hex(keyId) === id ? { name, keyId, publicKey } : undefined
}

/**
 * A note of `text` with one Ed25519 signature line.
 *
 * @param text ends in a newline
 * @param sign Ed25519 signature, 64 bytes, over the given bytes
 * @throws RangeError for a key name with white space or `+`, or a text that is no note text
 */
export async function signNote(
  text: string,
  name: string,
  publicKey: Uint8Array,
  sign: (message: Uint8Array) => Uint8Array | Promise<Uint8Array>,
): Promise<string> {
  const signature = await sign(utf8(text))
  const line = base64(concat(noteKeyId(name, publicKey, ED25519_TYPE), signature))
  const note = `${text}\n\u2014 ${name} ${line}\n`
  if (splitNote(note)?.text !== text) throw new RangeError('not a note text or key name')
  return note
}

/**
 * Text and signatures of a note (c2sp.org/signed-note, Format); undefined when it is malformed.
 * Nothing is verified.
 */
export function splitNote(note: string): { text: string; signatures: NoteSignature[] } | undefined {
  if (!note.isWellFormed() || /[^\P{Cc}\n]/u.test(note)) return undefined
  // The text may hold empty lines; the last one is the separator.
  const separator = note.lastIndexOf('\n\n')
  const lines = note.slice(separator + 2).split('\n')
  if (separator < 1 || lines.pop() !== '') return undefined
  if (lines.length === 0 || lines.length > MAX_SIGNATURES) return undefined
  const signatures: NoteSignature[] = []
  for (const line of lines) {
    const [, name = '', encoded = ''] = SIGNATURE_LINE.exec(line) ?? []
    const bytes = fromBase64(encoded)
    if (!isKeyName(name) || bytes === undefined || bytes.length <= KEY_ID_LENGTH) return undefined
    const keyId = bytes.slice(0, KEY_ID_LENGTH)
    signatures.push({ name, keyId, signature: bytes.slice(KEY_ID_LENGTH) })
  }
  return { text: note.slice(0, separator + 1), signatures }
}

/**
 * The checkpoint of a note, when the key of `verifier` signed it and every signature line under
 * that key's name and id verifies.
 *
 * @returns undefined when the note is malformed, its origin is not the key's name (another log of
 *   the same key), or no signature of the key is valid
 */
export async function openCheckpoint(
  note: string,
  verifier: NoteVerifier,
  verify: VerifyEd25519,
): Promise<Checkpoint | undefined> {
  const split = splitNote(note)
  const checkpoint = split && parseText(split.text)
  if (split === undefined || checkpoint?.origin !== verifier.name) return undefined
  const message = utf8(split.text)
  const own = split.signatures.filter((line) => isSignedBy(line, verifier))
  if (own.length === 0) return undefined
  for (const { signature } of own) {
    if (signature.length !== SIGNATURE_LENGTH) return undefined
    if (!(await verify(message, signature, verifier.publicKey))) return undefined
  }
  return checkpoint
}

/** The checkpoint that a note claims, unauthenticated; undefined when the note is malformed. */
export function parseCheckpoint(note: string): Checkpoint | undefined {
  const split = splitNote(note)
  return split && parseText(split.text)
}

/** Whether a signature line claims to be of this key. */
export function isSignedBy(line: NoteSignature, verifier: NoteVerifier): boolean {
  return line.name === verifier.name && equalBytes(line.keyId, verifier.keyId)
}

/** Reads a checkpoint's note text; extension lines, if any, are signed but without meaning. */
function parseText(text: string): Checkpoint | undefined {
  const lines = text.split('\n')
  if (lines.pop() !== '' || lines.includes('')) return undefined
  const [origin, sizeText, rootText] = lines
  if (origin === undefined || sizeText === undefined || rootText === undefined) return undefined
  const size = parseDecimal(sizeText)
  const root = fromBase64(rootText)
  if (size === undefined || root?.length !== HASH_LENGTH) return undefined
  return { origin, size, root }
}

function noteKeyId(name: string, publicKey: Uint8Array, type: number): Uint8Array {
  return sha256(concat(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).slice(0, KEY_ID_LENGTH)
}

/** c2sp.org/signed-note: non-empty, no Unicode space, no plus. */
function isKeyName(name: string): boolean {
  return /^[^\p{White_Space}\p{Cc}+]+$/u.test(name)
}
