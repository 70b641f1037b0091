// Base64 wherever there is no Buffer: browsers and workerd. Resolved as `#base64`.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = new Map([...ALPHABET].map((symbol, value) => [symbol.charCodeAt(0), value]))

/** Standard base64 with padding (RFC 4648 §4). */
export function base64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += ALPHABET[group >> 18]
    text += ALPHABET[(group >> 12) & 63]
    text += i + 1 < bytes.length ? ALPHABET[(group >> 6) & 63] : '='
    text += i + 2 < bytes.length ? ALPHABET[group & 63] : '='
  }
  return text
}

/** base64url without padding (RFC 7515 §2). */
export function base64url(bytes: Uint8Array): string {
  return base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/**
 * Bytes of standard base64, or undefined unless `text` is the one canonical spelling: padding
 * complete, trailing bits zero, no white space (RFC 4648 §3.5).
 */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  let at = 0
  for (let i = 0; i < text.length; i += 4) {
    let group = 0
    for (let j = 0; j < 4; j++) {
      const padded = i + j >= text.length - padding
      const value = padded ? 0 : VALUES.get(text.charCodeAt(i + j))
      if (value === undefined) return undefined
      group = (group << 6) | value
    }
    for (let shift = 16; shift >= 0; shift -= 8) {
      const byte = (group >> shift) & 255
      if (at < bytes.length) bytes[at++] = byte
      else if (byte !== 0) return undefined
    }
  }
  return bytes
}

/** Bytes of base64url without padding, or undefined unless `text` is its canonical spelling. */
export function fromBase64url(text: string): Uint8Array | undefined {
  if (/[^A-Za-z0-9_-]/.test(text)) return undefined
  const standard = text.replaceAll('-', '+').replaceAll('_', '/')
  return fromBase64(standard + '='.repeat((4 - (standard.length % 4)) % 4))
}
