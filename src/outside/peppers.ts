import { scrypt } from 'node:crypto'
import { Fault } from '../base/fault.ts'
import { hmacWith } from '../base/hmac.ts'
import type { Peppers } from '../ports.ts'

const SCRYPT = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 2 ** 20 }
const SLOW = '/scrypt'
/** A pattern, which takes whatever a damaged row gives for a `pid`. */
const ENDS_SLOW = /\/scrypt$/

/**
 * Peppers by id; the last one is current. With `scrypt` new keys are hashed slowly on top (ASVS
 * 6.5.2 to the letter); each row's `pid` says how it was made, so that either setting reads both.
 */
export function peppersOf(
  values: readonly { id: string; value: Uint8Array }[],
  how: 'hmac' | 'scrypt',
): Peppers {
  const byId = new Map(values.map(({ id, value }) => [id, hmacWith(value)]))
  const newest = (values.at(-1) as { id: string }).id
  return {
    current: how === 'scrypt' ? newest + SLOW : newest,
    isSlow,
    mac(pid, salt, message, slowly = false) {
      const slow = isSlow(pid)
      const pepper = byId.get(slow ? pid.slice(0, -SLOW.length) : pid)
      if (!pepper) {
        throw new Fault(
          'store_unavailable',
          'An auth key was kept under a pepper that is not among the secrets. The operator puts it back, or the database.',
        )
      }
      const mac = pepper(message)
      if (!slow && !slowly) return mac
      const hash = scryptAsync(mac, salt)
      return slow ? hash : hash.then(() => mac)
    },
  }
}

function isSlow(pid: string): boolean {
  return ENDS_SLOW.test(pid)
}

function scryptAsync(mac: Uint8Array, salt: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(mac, salt, 32, SCRYPT, (error, hash) => (error ? reject(error) : resolve(hash)))
  })
}
