import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { base64url, fromBase64url } from '../base/bytes.ts'
import type { Passwords } from '../ports.ts'

/** OWASP's floor for scrypt with 32 MiB; a third of a second of one core in workerd. */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 2 ** 20 }
const MARK = 'scrypt-15-8-3'
const LENGTH = 32

/** Passwords by scrypt (RFC 7914): `scrypt-15-8-3.SALT.HASH`, base64url. */
export const passwords: Passwords = {
  async hash(password) {
    const salt = randomBytes(16)
    return `${MARK}.${base64url(salt)}.${base64url(await derive(password, salt))}`
  },
  async verify({ hash, password }) {
    const [mark, salt = '', kept = ''] = hash.split('.')
    const expected = fromBase64url(kept)
    const derived = await derive(password, fromBase64url(salt) ?? new Uint8Array())
    return mark === MARK && expected?.length === LENGTH && timingSafeEqual(expected, derived)
  },
}

/** The same password typed in another way of composing its characters is the same. */
function derive(password: string, salt: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, LENGTH, COST, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
