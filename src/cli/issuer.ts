import { type Command, Option } from 'commander'
import { Fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { createCompany } from '../desk/company/company.ts'
import { checkPublicKey, type IssuerKey } from '../guarantee/issuer-key.ts'
import { deskAlone, deskHere } from '../open/desk-ports.ts'
import { pinnedTrust } from '../open.ts'
import type { IssuerWithKeys, NewIssuer } from '../platform/directory/issuers.ts'
import { type Answer, answering, group, leaf, type Shell } from './command.ts'
import { instantOption, readObject } from './input.ts'
import { type Here, withExisting, withPlatform } from './opened.ts'

type Reason = 'superseded' | 'compromised'

/** `akashi issuer …`: guarantee companies and their keys. */
export function issuerCommands(program: Command, shell: Shell): void {
  const issuer = group(program, 'issuer', shell)
  const { options } = shell.words
  const example = 'issuer add --id sample --iss https://issuer.example --name 見本保証'
  leaf(issuer, 'add', 'issuerAdd', [`${example} --key issuer.pub.jwk`], shell)
    .requiredOption('--id <id>', options.issuerId)
    .requiredOption('--iss <uri>', options.iss)
    .requiredOption('--name <name>', options.name)
    .option('--pattern <re>', options.pattern)
    .option('--class <class>', options.class)
    .option('--phone <phone>', options.phone)
    .option('--url <url>', options.url)
    .option('--hours <hours>', options.hours)
    .option('--key <file>', options.publicKey)
    .action(answering(add))
  leaf(issuer, 'list', 'issuerList', ['issuer list --json'], shell).action(answering(list))
  leaf(
    issuer,
    'set <id> <file>',
    'issuerSet',
    ['issuer set sample docs/issuer-profile.json'],
    shell,
  ).action(answering((id: string, file: string) => set(id, file, shell)))
  keyCommands(issuer, shell)
}

function keyCommands(issuer: Command, shell: Shell): void {
  const { options } = shell.words
  leaf(issuer, 'key-add <id> <file>', 'keyAdd', ['issuer key-add sample new.pub.jwk'], shell)
    .option('--from <time>', options.keyFrom, instantOption)
    .action(answering(keyAdd))
  leaf(issuer, 'key-retire <id> <kid>', 'keyRetire', ['issuer key-retire sample KID'], shell)
    .option('--at <time>', options.keyAt, instantOption)
    .action(answering(keyRetire))
  const revoke = 'issuer key-revoke sample KID --reason compromised --since 2026-04-01'
  leaf(issuer, 'key-revoke <id> <kid>', 'keyRevoke', [revoke], shell)
    .addOption(
      new Option('--reason <reason>', options.keyReason)
        .choices(['superseded', 'compromised'])
        .makeOptionMandatory(),
    )
    .option('--since <time>', options.keySince, instantOption)
    .action(answering(keyRevoke))
}

type AddOptions = Omit<NewIssuer, 'numberPattern'> & { pattern?: string; key?: string }

async function add({ key, pattern, ...issuer }: AddOptions): Promise<Answer> {
  // A key that will not do is found before a database is made.
  const jwk = key === undefined ? undefined : await publicKey(key)
  return withPlatform(async ({ platform: { issuers }, settings }) => {
    if (settings.demo) throw inDemo()
    const kid = await issuers.add({ ...issuer, numberPattern: pattern }, jwk)
    const { id, iss, name } = issuer
    return {
      json: { id, iss, name, ...(kid && { kid }) },
      lines: [`${id}  ${name}  ${iss}`, ...(kid ? [`  ${kid}`] : [])],
    }
  })
}

async function set(id: string, file: string, { words }: Shell): Promise<Answer> {
  const profile = await readObject(file)
  return withPlatform(async (here) => {
    const company = createCompany(here.ports)
    const warnings = await company.set(await registered(id, here), profile)
    const { issuerName, branches, rateTables } = await company.profileOf(id)
    return {
      json: { id, warnings },
      lines: [words.profileSet(issuerName, branches.length, rateTables.length)],
      notes: warnings.map(({ field, detail }) => `warning: ${field}: ${detail}`),
    }
  })
}

/** The company as the platform of this desk knows it, here or elsewhere. */
async function registered(id: string, { config, platform, ...started }: Here) {
  const { platformElsewhere: url } = config
  const { ports } =
    url === undefined ? deskHere(started, platform) : deskAlone(started, url, pinnedTrust(config))
  const { issuers } = await ports.platform.trust()
  const issuer = issuers.find((one) => one.id === id)
  if (issuer) return issuer
  throw new Fault('not_found', `The platform knows no issuer ${id}. Register it with issuer add.`)
}

async function list(): Promise<Answer> {
  const issuers = (await withExisting(({ platform }) => platform.issuers.list())) ?? []
  return {
    json: issuers,
    lines: issuers.flatMap((issuer) => [headLine(issuer), ...issuer.keys.map(keyLine)]),
  }
}

async function keyAdd(id: string, file: string, { from }: { from?: Instant }): Promise<Answer> {
  const jwk = await publicKey(file)
  const kid = await withPlatform(({ platform }) => platform.issuers.keyAdd(id, jwk, from))
  return { json: { issuer: id, kid }, lines: [kid] }
}

async function keyRetire(id: string, kid: string, { at }: { at?: Instant }): Promise<Answer> {
  return keyAfter(id, kid, ({ platform }) => platform.issuers.keyRetire(id, kid, at))
}

async function keyRevoke(
  id: string,
  kid: string,
  { reason, since }: { reason: Reason; since?: Instant },
): Promise<Answer> {
  if (since !== undefined && reason !== 'compromised') {
    throw new Fault('body_invalid', '--since goes with --reason compromised only. Leave it out.')
  }
  return keyAfter(id, kid, ({ platform }) => platform.issuers.keyRevoke(id, kid, reason, since))
}

/** Changes a key and answers with what has become of it. */
function keyAfter(
  id: string,
  kid: string,
  change: (here: Parameters<Parameters<typeof withPlatform>[0]>[0]) => Promise<unknown>,
): Promise<Answer> {
  return withPlatform(async (here) => {
    await change(here)
    const issuer = (await here.platform.issuers.list()).find((one) => one.id === id)
    const key = issuer?.keys.find((one) => one.kid === kid) as IssuerKey
    return { json: key, lines: [keyLine(key).trimStart()] }
  })
}

async function publicKey(file: string): Promise<Record<string, unknown>> {
  const jwk = await readObject(file)
  checkPublicKey(jwk)
  return jwk
}

function headLine({ id, name, iss, numberPattern }: IssuerWithKeys): string {
  return `${id}  ${name}  ${iss}  ${numberPattern}`
}

function keyLine({ kid, alg, notBefore, ...ends }: IssuerKey): string {
  const { retiredAt, revokedAt, compromisedSince } = ends
  const words = [
    `from ${notBefore}`,
    retiredAt && `retired ${retiredAt}`,
    revokedAt && `revoked ${revokedAt}`,
    compromisedSince && `compromised since ${compromisedSince}`,
  ]
  return `  ${kid}  ${alg}  ${words.filter(Boolean).join(', ')}`
}

function inDemo(): Fault {
  return new Fault(
    'state_conflict',
    'This database holds the demo, which takes no real issuer. Set DATA_DIR to another folder, and DEMO=0 for its server.',
  )
}
