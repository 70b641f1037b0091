import { type Accounts, createAccounts } from '../accounts/accounts.ts'
import type { Config } from '../config.ts'
import { passwords } from '../outside/passwords.ts'
import type { Access } from '../ports.ts'
import type { Started } from './start.ts'

/** The accounts of an installation, as every entry has them. */
export function accountsOf(
  { ports, accounts }: Pick<Started, 'ports' | 'accounts'>,
  config: Config,
  access: Access,
): Accounts {
  const { clock, random } = ports
  const { publicOrigin: origin, oidc } = config
  return createAccounts({ ...accounts, clock, random, access, passwords, origin, oidc })
}
