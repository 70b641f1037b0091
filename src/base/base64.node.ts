import { Buffer } from 'node:buffer'

// Base64 on Node, resolved as `#base64`: five to twenty times as fast as the portable one.

/** Standard base64 with padding (RFC 4648 §4). */
export function base64(bytes: Uint8Array): string {
  return over(bytes).toString('base64')
}

/** base64url without padding (RFC 7515 §2). */
export function base64url(bytes: Uint8Array): string {
  return over(bytes).toString('base64url')
}

/**
 * Bytes of standard base64, or undefined unless `text` is the one canonical spelling: padding
 * complete, trailing bits zero, no white space (RFC 4648 §3.5).
 */
export function fromBase64(text: string): Uint8Array | undefined {
  return canonical(text, 'base64')
}

/** Bytes of base64url without padding, or undefined unless `text` is its canonical spelling. */
export function fromBase64url(text: string): Uint8Array | undefined {
  return canonical(text, 'base64url')
}

/** Buffer reads leniently; what it writes again is the one spelling that is taken. */
function canonical(text: string, encoding: 'base64' | 'base64url'): Uint8Array | undefined {
  const read = Buffer.from(text, encoding)
  if (read.toString(encoding) !== text) return undefined
  return new Uint8Array(read.buffer, read.byteOffset, read.length)
}

/** The same bytes as a Buffer, not copied. */
function over(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}
