import { Fault } from '../../base/fault.ts'
import { isAuthKey } from '../../guarantee/auth-key.ts'
import type { RecordPayload } from '../../guarantee/record.ts'
import type { Ports } from '../../ports.ts'
import { authKeyMac, SALT_LENGTH } from './auth-key-mac.ts'

export interface AuthKeyRow {
  pid: string
  salt: Uint8Array
  mac: Uint8Array
}

/** A well-formed auth key as it is kept. Made before the log's writer is asked: it may be slow. */
export function createAuthKeyRow({ peppers, random }: Ports) {
  return async (issuer: string, contractNumber: string, authKey: string): Promise<AuthKeyRow> => {
    const pid = peppers.current
    const salt = random(SALT_LENGTH)
    return {
      pid,
      salt,
      mac: await authKeyMac(peppers, pid, salt, { issuer, contractNumber }, authKey),
    }
  }
}

/**
 * Whether an auth key comes where one belongs.
 * @throws Fault auth_key_missing, auth_key_not_expected, auth_key_format
 */
export function checkAuthKey(
  { seq }: Pick<RecordPayload, 'seq'>,
  authKey: string | undefined,
): void {
  if (seq > 1) {
    if (authKey === undefined) return
    throw new Fault(
      'auth_key_not_expected',
      'authKey comes with seq 1 only. Leave it out; to change the key use POST /v1/keys.',
    )
  }
  if (authKey === undefined) {
    throw new Fault('auth_key_missing', 'A record with seq 1 needs authKey beside it.')
  }
  if (!isAuthKey(authKey)) {
    throw new Fault('auth_key_format', 'authKey is 12 characters of 0-9, A-Z, a-z.')
  }
}
