import { base64, base64url, fromBase64, fromBase64url } from '#base64'
import { sha256 } from '#sha256'
import { utf8 } from '#utf8'

export { base64, base64url, fromBase64, fromBase64url, sha256, utf8 }

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The string of UTF-8 bytes, a byte order mark kept; throws TypeError on malformed input. */
export function fromUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Equality in a time that depends on the lengths only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number)
  return difference === 0
}

export function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}
