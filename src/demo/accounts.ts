import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Accounts } from '../accounts/accounts.ts'
import type { Role } from '../accounts/member.ts'
import type { NewOrganisation } from '../accounts/organisations.ts'
import type { Config } from '../config.ts'
import { newAuthKey } from '../guarantee/auth-key.ts'
import { accountsOf } from '../open/accounts.ts'
import type { Opened } from '../open.ts'
import { createAccess } from '../platform/access/access.ts'
import type { Random } from '../ports.ts'
import type { Store } from '../store/store.ts'

interface DemoPerson {
  role: Role
  email: string
  name: string
}

const FIRMS: readonly { organisation: NewOrganisation; people: readonly DemoPerson[] }[] = [
  {
    organisation: {
      kind: 'contractor',
      name: '株式会社髙橋建設',
      address: '静岡県富士市永田町1丁目100番地',
      representative: '代表取締役 髙橋 一郎',
      allowsOidc: false,
    },
    people: [{ role: 'contractor', email: 'sato@takahashi.example', name: '佐藤 花子' }],
  },
  {
    organisation: {
      kind: 'issuer',
      name: 'あかし東建設業保証株式会社',
      issuer: 'akashi-east',
      allowsOidc: false,
    },
    people: [
      { role: 'clerk', email: 'tanaka@east.example', name: '田中 太郎' },
      { role: 'approver', email: 'suzuki@east.example', name: '鈴木 明子' },
    ],
  },
  {
    organisation: { kind: 'owner', name: '富士市', owner: '富士市長', allowsOidc: false },
    people: [{ role: 'owner', email: 'yamada@fuji.example', name: '山田 次郎' }],
  },
  {
    organisation: { kind: 'operator', name: 'あかし運営', allowsOidc: false },
    people: [
      { role: 'auditor', email: 'kansa@akashi.example', name: '小林 恵' },
      { role: 'operator', email: 'unei@akashi.example', name: '中村 健' },
    ],
  },
]

/** Beside the database, for its owner's eyes: the demo's sign-ins. */
const DEMO_ACCOUNTS_FILE = 'demo-accounts.txt'

/**
 * Makes the demo's organisations and people where there are none, with passwords of chance.
 * @returns what to print, this once; nothing where they are there
 */
export async function loadDemoAccounts(opened: Opened, config: Config): Promise<string[]> {
  const accounts = accountsOf(opened, config, createAccess(opened.ports))
  if ((await accounts.organisations.list()).length > 0) return []
  const { random } = opened.ports
  const firms = await Promise.all(
    FIRMS.map(async ({ organisation, people }) => {
      const { id } = await accounts.organisations.add(organisation)
      await ownIssued(opened.ports.store, organisation.name, id)
      const lines = await Promise.all(
        people.map((person) => enrol(accounts, { ...organisation, id }, person, random)),
      )
      return [`  ${organisation.name}`, ...lines]
    }),
  )
  const file = join(config.dataDir, DEMO_ACCOUNTS_FILE)
  const text = `${['見本のログイン（sample sign-ins）', ...firms.flat()].join('\n')}\n`
  rmSync(file, { force: true })
  writeFileSync(file, text, { mode: 0o600, flag: 'wx' })
  return [text, `  ${file}\n`]
}

/** The demo's guarantees were issued before anybody had an account. */
async function ownIssued(store: Store, contractorName: string, org: string): Promise<void> {
  const own = store.db.updateTable('issued').set({ org })
  await store.commit([own.where('contractorName', '=', contractorName).compile()])
}

/** A person of the demo; their line: role, address and password. */
async function enrol(
  { invitations, accept }: Accounts,
  organisation: NewOrganisation & { id: string },
  { role, email, name }: DemoPerson,
  random: Random,
): Promise<string> {
  const password = newAuthKey(random).replace(/.{4}(?=.)/g, '$&-')
  const secret = await invitations.invite(organisation, role, { email, name })
  await accept(secret, { name, password })
  return `    ${role.padEnd(12)}${email.padEnd(26)}${password}`
}
