const encoder = new TextEncoder()

/** UTF-8 bytes of a string, a lone surrogate as U+FFFD. Resolved as `#utf8` in browsers and workerd. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text)
}
