import { type Command, Option } from 'commander'
import type { Day } from '../base/time.ts'
import { KINDS, type Kind } from '../guarantee/certificate.ts'
import { BASES, type Owner } from '../guarantee/owner.ts'
import { type Answer, answering, group, leaf, type Shell } from './command.ts'
import { listOption, readObject, readText } from './input.ts'
import { withPlatform } from './opened.ts'
import { COLUMNS, DEFAULT_CLASSES, readOwners } from './owner-csv.ts'

interface AddOptions {
  name: string
  start: Day
  basis: Owner['start']['basis']
  kinds: string[]
  code?: string
  alias: string[]
  issuerClasses: string[]
  basisText?: string
}

/** `akashi owner …`: the owners (発注者) that take part, and their rules. */
export function ownerCommands(program: Command, shell: Shell): void {
  const owner = group(program, 'owner', shell)
  const { options } = shell.words
  const example = 'owner add --name 富士市長 --alias 富士市 --start 2025-11-14'
  leaf(owner, 'add', 'ownerAdd', [`${example} --basis contract_date --kinds ${KINDS[0]}`], shell)
    .requiredOption('--name <name>', options.ownerName)
    .requiredOption('--start <date>', options.start)
    .addOption(new Option('--basis <basis>', options.basis).choices(BASES).makeOptionMandatory())
    .requiredOption('--kinds <list>', `${options.kinds} (${KINDS.join(', ')})`, listOption)
    .option('--code <code>', options.code)
    .option('--alias <name>', options.alias, (name, names: string[]) => [...names, name], [])
    .option('--issuer-classes <list>', options.issuerClasses, listOption, DEFAULT_CLASSES)
    .option('--basis-text <text>', options.basisText)
    .action(answering(add))
  leaf(owner, 'import <file>', 'ownerImport', ['owner import owners.csv'], shell)
    .addHelpText('after', `\n${shell.words.columns}\n  ${COLUMNS.join(',')}`)
    .action(answering(importAll))
  const rules = 'owner rules 富士市長 rules.json --from 2026-04-01'
  leaf(owner, 'rules <name> <file>', 'ownerRules', [rules], shell)
    .requiredOption('--from <date>', options.rulesFrom)
    .action(answering(setRules))
}

async function add({ start, basis, kinds, alias, ...rest }: AddOptions): Promise<Answer> {
  const { name, code, issuerClasses, basisText } = rest
  const owner: Owner = {
    name,
    aliases: alias,
    start: { date: start, basis },
    kinds: kinds as Kind[],
    issuerClasses,
    departments: [],
    ...(code !== undefined && { code }),
    ...(basisText !== undefined && { basisText }),
  }
  await withPlatform(({ platform }) => platform.owners.add(owner))
  return { json: owner, lines: [lineOf(owner)] }
}

/** All owners of the file or none. */
async function importAll(file: string): Promise<Answer> {
  const owners = readOwners(await readText(file))
  await withPlatform(({ platform }) => platform.owners.addAll(owners))
  return { json: owners, lines: owners.map(lineOf) }
}

async function setRules(name: string, file: string, { from }: { from: Day }): Promise<Answer> {
  const rules = await readObject(file)
  await withPlatform(({ platform }) => platform.owners.setRules(name, from, rules))
  return { json: { name, from, ...rules }, lines: [`${name}  ${from}`] }
}

function lineOf({ name, start, kinds }: Owner): string {
  return `${name}  ${start.date}  ${start.basis}  ${kinds.join(',')}`
}
