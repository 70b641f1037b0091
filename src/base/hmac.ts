import { concat, sha256 } from './bytes.ts'

/** Bytes that SHA-256 takes at a time. */
const BLOCK = 64

/** HMAC-SHA-256 (RFC 2104), 32 bytes, on every runtime. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  return hmacWith(key)(message)
}

/**
 * {@link hmacSha256} under one key, which is prepared once. By the runtime's SHA-256, for Node's own
 * Hmac looks its algorithm up anew each time, at five times the cost of the hashing.
 */
export function hmacWith(key: Uint8Array): (message: Uint8Array) => Uint8Array {
  const block = new Uint8Array(BLOCK)
  block.set(key.length > BLOCK ? sha256(key) : key)
  const inner = block.map((byte) => byte ^ 0x36)
  const outer = block.map((byte) => byte ^ 0x5c)
  return (message) => sha256(concat(outer, sha256(concat(inner, message))))
}
