import { Buffer } from 'node:buffer'

/**
 * UTF-8 bytes on Node, resolved as `#utf8`: short texts share a block of memory, where the portable
 * one asks for memory each time, and the collector gives it back.
 */
export function utf8(text: string): Uint8Array {
  const bytes = Buffer.from(text)
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
}
