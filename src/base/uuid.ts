import { hex } from './bytes.ts'

/** A version 4 UUID (RFC 9562 §5.4) of 16 random bytes. */
export function uuid(bytes: Uint8Array): string {
  const text = hex(bytes)
  return [
    text.slice(0, 8),
    text.slice(8, 12),
    `4${text.slice(13, 16)}`,
    `8${text.slice(17, 20)}`,
    text.slice(20),
  ].join('-')
}
