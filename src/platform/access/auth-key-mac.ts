import { concat, utf8 } from '../../base/bytes.ts'
import type { Peppers } from '../../ports.ts'

export const SALT_LENGTH = 16

const LABEL = utf8('akashi-auth-key/v1\0')

/**
 * What the platform keeps of an auth key; the guarantee is part of it, so that rows cannot be
 * swapped.
 * @param slowly whether it takes as long as a slow one, whatever `pid` says
 */
export function authKeyMac(
  peppers: Peppers,
  pid: string,
  salt: Uint8Array,
  guarantee: { issuer: string; contractNumber: string },
  authKey: string,
  slowly = false,
): Uint8Array | Promise<Uint8Array> {
  const { issuer, contractNumber } = guarantee
  const named = utf8(`${issuer}\0${contractNumber}\0${authKey}`)
  return peppers.mac(pid, salt, concat(LABEL, salt, named), slowly)
}
