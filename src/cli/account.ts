import { type Command, Option } from 'commander'
import type { Accounts } from '../accounts/accounts.ts'
import { type OrganisationKind, ROLES, type Role } from '../accounts/member.ts'
import type { KnownOrganisation } from '../accounts/organisations.ts'
import { type AccountCliWords, accountCliWords } from './account-words.ts'
import { type Answer, answering, type Shell } from './command.ts'
import { type Here, withExisting, withPlatform } from './opened.ts'

const KINDS: readonly OrganisationKind[] = ['contractor', 'issuer', 'owner', 'operator']

interface OrgOptions {
  kind: OrganisationKind
  issuer?: string
  owner?: string
  address?: string
  representative?: string
  oidc?: boolean
}

interface UserOptions {
  role: Role
  org: string
  email: string
  name?: string
}

/** Loaded here: no other command waits for the library behind it. */
async function accountsHere({ platform, config, ...started }: Here): Promise<Accounts> {
  const { accountsOf } = await import('../open/accounts.ts')
  return accountsOf(started, config, platform.access)
}

type Leaf = (usage: string, about: keyof AccountCliWords['commands'], example: string) => Command

/** `akashi org …` and `akashi user …`: who may sign in. */
export function accountCommands(program: Command, shell: Shell): void {
  const words = accountCliWords[shell.lang]
  const under = (name: 'org' | 'user'): Leaf => {
    const parent = program.command(name).description(words.groups[name])
    return (usage, about, example) =>
      parent
        .command(usage)
        .description(words.commands[about])
        .option('--json', shell.words.options.json)
        .addHelpText('after', `\n${shell.words.examples}\n  akashi ${name} ${example}`)
  }
  orgCommands(under('org'), words)
  userCommands(under('user'), words)
}

function orgCommands(leaf: Leaf, { options }: AccountCliWords): void {
  const example = 'add 株式会社髙橋建設 --kind contractor --representative "代表取締役 髙橋 一郎"'
  leaf('add <name>', 'orgAdd', example)
    .addOption(new Option('--kind <kind>', options.kind).choices(KINDS).makeOptionMandatory())
    .option('--issuer <id>', options.issuer)
    .option('--owner <name>', options.owner)
    .option('--address <text>', options.address)
    .option('--representative <text>', options.representative)
    .option('--oidc', options.oidc)
    .action(answering(addOrg))
  leaf('list', 'orgList', 'list').action(answering(listOrgs))
}

function userCommands(leaf: Leaf, words: AccountCliWords): void {
  const { options } = words
  leaf('add', 'userAdd', 'add --role contractor --org 株式会社髙橋建設 --email sato@example.jp')
    .addOption(new Option('--role <role>', options.role).choices(ROLES).makeOptionMandatory())
    .requiredOption('--org <name>', options.org)
    .requiredOption('--email <address>', options.email)
    .option('--name <name>', options.name)
    .action(answering((given: UserOptions) => addUser(given, words)))
  leaf('list', 'userList', 'list').action(answering(() => listUsers(words)))
  leaf('role <email> <role>', 'userRole', 'role sato@example.jp approver').action(
    answering((email: string, role: Role) => change(email, (users) => users.setRole(email, role))),
  )
  leaf('reset <email>', 'userReset', 'reset sato@example.jp')
    .option('--all', options.all)
    .action(answering((email: string, given: { all?: boolean }) => reset(email, given, words)))
  leaf('disable <email>', 'userDisable', 'disable sato@example.jp').action(
    answering((email: string) => change(email, (users) => users.disable(email))),
  )
  leaf('enable <email>', 'userEnable', 'enable sato@example.jp').action(
    answering((email: string) => change(email, (users) => users.enable(email))),
  )
}

/** The accounts of DATA_DIR for one deed, and the origin that links begin with. */
function withAccounts<Result>(
  deed: (accounts: Accounts, origin: string) => Promise<Result>,
): Promise<Result> {
  return withPlatform(async (here) => deed(await accountsHere(here), here.config.publicOrigin))
}

async function addOrg(name: string, { oidc = false, ...given }: OrgOptions): Promise<Answer> {
  const { json: _, ...more } = given as OrgOptions & { json?: boolean }
  const made = await withAccounts(({ organisations }) =>
    organisations.add({ name, ...more, allowsOidc: oidc }),
  )
  return { json: made, lines: [orgLine(made)] }
}

async function listOrgs(): Promise<Answer> {
  const all =
    (await withExisting(async (here) => (await accountsHere(here)).organisations.list())) ?? []
  return { json: all, lines: all.map(orgLine) }
}

function orgLine({ id, name, kind, issuer, owner, allowsOidc }: KnownOrganisation): string {
  return [id, kind, name, issuer ?? owner, allowsOidc && 'oidc'].filter(Boolean).join('  ')
}

async function addUser(given: UserOptions, words: AccountCliWords): Promise<Answer> {
  const { role, org, email, name = email } = given
  return withAccounts(async ({ organisations, invitations }, origin) => {
    const organisation = await organisations.byNameOrId(org)
    const url = linkOf(origin, await invitations.invite(organisation, role, { email, name }))
    return { json: { url, email, role, organisation: organisation.name }, ...told(url, words) }
  })
}

async function reset(
  email: string,
  { all = false }: { all?: boolean },
  words: AccountCliWords,
): Promise<Answer> {
  return withAccounts(async ({ users }, origin) => {
    const url = linkOf(origin, await users.reset(email, all ? 'reset_all' : 'reset'))
    return { json: { url, email }, ...told(url, words) }
  })
}

/** The secret in the fragment: it reaches neither a server's log nor a proxy's. */
function linkOf(origin: string, secret: string): string {
  return `${origin}/invitation#${secret}`
}

function told(url: string, { made }: AccountCliWords) {
  return { lines: [url], notes: [made] }
}

async function change(
  email: string,
  deed: (users: Accounts['users']) => Promise<void>,
): Promise<Answer> {
  await withAccounts(({ users }) => deed(users))
  return { json: { email }, lines: [email] }
}

async function listUsers({ states }: AccountCliWords): Promise<Answer> {
  const all = (await withExisting(async (here) => (await accountsHere(here)).users.list())) ?? []
  const lines = all.map(({ email, name, role, organisation, state, endsAt }) =>
    [email, name, role, organisation, states[state], endsAt && `until ${endsAt}`]
      .filter(Boolean)
      .join('  '),
  )
  return { json: all, lines }
}
