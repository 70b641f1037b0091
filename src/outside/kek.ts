import { concat, fromUtf8, utf8 } from '../base/bytes.ts'
import type { Random, Sealer } from '../ports.ts'

const VERSION = 1
/** 96 bits, drawn anew for each sealing (NIST SP 800-38D §8.2.2). */
const NONCE_LENGTH = 12
const TAG_LENGTH = 16

/** A key-encryption key of the list `DESK_KEK`. */
export interface Kek {
  id: string
  /** 32 bytes or more. */
  value: Uint8Array
}

/**
 * Seals under AES-256-GCM with the last of `keks`, and opens what any of them sealed: they rotate by
 * adding. Sealed bytes are version, length of the id, id, nonce, ciphertext with tag; version, id
 * and what it is about are authenticated with them.
 */
export function createSealer(keks: readonly Kek[], random: Random): Sealer {
  const keys = new Map(keks.map((kek) => [kek.id, deriveKey(kek)]))
  const newest = keks.at(-1)
  if (!newest) throw new Error('there is no KEK to seal with')

  return {
    async seal(plain, about) {
      const head = headOf(newest.id)
      const nonce = random(NONCE_LENGTH)
      const key = await (keys.get(newest.id) as Promise<CryptoKey>)
      const sealed = await crypto.subtle.encrypt(options(nonce, head, about), key, buffer(plain))
      return concat(head, nonce, new Uint8Array(sealed))
    },
    async open(sealed, about) {
      const { id, head, nonce, body } = split(sealed)
      const key = await keys.get(id)
      if (!key) throw new Error(`the KEK ${id} is not among the secrets; put it back`)
      try {
        const plain = await crypto.subtle.decrypt(options(nonce, head, about), key, buffer(body))
        return new Uint8Array(plain)
      } catch {
        throw new Error('what was sealed was altered, or sealed about something else')
      }
    },
  }
}

/** Values may be longer than a key; HKDF (RFC 5869) also keeps this use apart from any other. */
async function deriveKey({ value }: Kek): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey('raw', buffer(value), 'HKDF', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: buffer(utf8('akashi-kek/v1')) },
    secret,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

function headOf(id: string): Uint8Array {
  const name = utf8(id)
  return concat(Uint8Array.of(VERSION, name.length), name)
}

function split(sealed: Uint8Array) {
  const [version, length = 0] = sealed
  const end = 2 + length
  if (version !== VERSION || sealed.length < end + NONCE_LENGTH + TAG_LENGTH) {
    throw new Error('these are no sealed bytes')
  }
  return {
    head: sealed.subarray(0, end),
    id: fromUtf8(sealed.subarray(2, end)),
    nonce: sealed.subarray(end, end + NONCE_LENGTH),
    body: sealed.subarray(end + NONCE_LENGTH),
  }
}

function options(nonce: Uint8Array, head: Uint8Array, about: string): AesGcmParams {
  return { name: 'AES-GCM', iv: buffer(nonce), additionalData: buffer(concat(head, utf8(about))) }
}

/** WebCrypto's types take no view on shared memory, of which there is none here. */
function buffer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>
}
