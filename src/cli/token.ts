import { type Command, InvalidArgumentError, Option } from 'commander'
import { createTokens, type Token } from '../audit/tokens.ts'
import { type Answer, answering, group, leaf, type Shell } from './command.ts'
import { withExisting, withPlatform } from './opened.ts'

interface CreateOptions {
  role: 'auditor'
  name?: string
  owner: string[]
  issuer: string[]
  all?: boolean
  expires: number
}

/** `akashi token …`: what programs of auditors show. */
export function tokenCommands(program: Command, shell: Shell): void {
  const token = group(program, 'token', shell)
  const { options } = shell.words
  const collect = (one: string, all: string[]) => [...all, one]
  const examples = [
    'token create --role auditor --owner 222101 --expires 30',
    'token create --role auditor --all --expires 7 --name 監査委員事務局',
  ]
  leaf(token, 'create', 'tokenCreate', examples, shell)
    .addOption(new Option('--role <role>', options.role).choices(['auditor']).makeOptionMandatory())
    .option('--name <name>', options.tokenName)
    .option('--owner <code>', options.tokenOwner, collect, [])
    .option('--issuer <id>', options.tokenIssuer, collect, [])
    .option('--all', options.tokenAll)
    .requiredOption('--expires <days>', options.tokenExpires, daysOption)
    .action(answering((given: CreateOptions) => create(given, shell)))
  leaf(token, 'list', 'tokenList', ['token list'], shell).action(answering(list))
  leaf(token, 'revoke <id>', 'tokenRevoke', ['token revoke 3f9c1a2b4d5e'], shell).action(
    answering((id: string) => revoke(id, shell)),
  )
}

async function create(given: CreateOptions, { words }: Shell): Promise<Answer> {
  const { role, name, owner, issuer, all = false, expires } = given
  const created = await withPlatform(({ ports }) =>
    createTokens(ports).create({ role, name, owners: owner, issuers: issuer, all, days: expires }),
  )
  return { json: created, lines: [created.token], notes: [lineOf(created), words.madeToken] }
}

async function list(): Promise<Answer> {
  const tokens = (await withExisting(({ ports }) => createTokens(ports).list())) ?? []
  return { json: tokens, lines: tokens.map(lineOf) }
}

async function revoke(id: string, { words }: Shell): Promise<Answer> {
  const ended = await withPlatform(({ ports }) => createTokens(ports).revoke(id))
  const { revokedAt, already } = ended
  return {
    json: { id, revokedAt },
    lines: [id],
    notes: already ? [words.revokedAlready(id, revokedAt)] : [],
  }
}

function daysOption(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Give a whole number of days.')
}

function lineOf({ id, name, role, owners, issuers, expiresAt, ...more }: Token): string {
  const { revokedAt, lastUsedAt } = more
  const covers = [...(owners ?? []), ...(issuers ?? [])].join(', ') || 'all'
  const words = [
    `until ${expiresAt}`,
    revokedAt && `revoked ${revokedAt}`,
    lastUsedAt && `last used ${lastUsedAt}`,
  ]
  return `${id}  ${name}  ${role}  ${covers}  ${words.filter(Boolean).join(', ')}`
}
