import { CsvError, parse } from 'csv-parse/sync'
import { Fault } from '../base/fault.ts'
import type { Kind } from '../guarantee/certificate.ts'
import { checkOwner, type Owner } from '../guarantee/owner.ts'

/** Where the owner's rule does not say otherwise: 前払金 and 契約保証 of the guarantee companies. */
export const DEFAULT_CLASSES = ['surety_company']

/** Lists in one cell. */
const CELL_LIST = /[;；]/

const REQUIRED = ['name', 'start', 'basis', 'kinds'] as const
export const COLUMNS = [...REQUIRED, 'code', 'aliases', 'issuerClasses', 'basisText'] as const

type Row = Partial<Record<(typeof COLUMNS)[number], string>>

/**
 * Owners out of a CSV file whose first line names its columns.
 * @throws Fault body_invalid that names the line
 */
export function readOwners(csv: string): Owner[] {
  let rows: { record: Row; info: { lines: number } }[]
  try {
    rows = parse(csv, {
      bom: true,
      columns: headerOf,
      info: true,
      trim: true,
      skip_empty_lines: true,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new Fault('body_invalid', `The file is not CSV as expected: ${error.message}.`)
  }
  return rows.map(({ record, info }) => {
    const owner = ownerOf(record)
    try {
      checkOwner(owner)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      throw new Fault('body_invalid', `Line ${info.lines}: ${error.message}`)
    }
    return owner
  })
}

function headerOf(header: string[]): string[] {
  const unknown = header.filter((name) => !(COLUMNS as readonly string[]).includes(name))
  const missing = REQUIRED.filter((name) => !header.includes(name))
  if (unknown.length === 0 && missing.length === 0) return header
  const wrong = [
    ...(missing.length > 0 ? [`lacks ${missing.join(', ')}`] : []),
    ...(unknown.length > 0 ? [`has unknown ${unknown.join(', ')}`] : []),
  ]
  throw new Fault(
    'body_invalid',
    `The first line ${wrong.join(' and ')}. It is made of ${COLUMNS.join(',')}.`,
  )
}

function ownerOf({ name = '', start = '', basis = '', kinds = '', ...rest }: Row): Owner {
  const { code, aliases, issuerClasses, basisText } = rest
  return {
    name,
    aliases: items(aliases),
    start: { date: start, basis: basis as Owner['start']['basis'] },
    kinds: items(kinds) as Kind[],
    issuerClasses: issuerClasses ? items(issuerClasses) : DEFAULT_CLASSES,
    departments: [],
    ...(code && { code }),
    ...(basisText && { basisText }),
  }
}

function items(cell = ''): string[] {
  return cell
    .split(CELL_LIST)
    .map((item) => item.trim())
    .filter((item) => item !== '')
}
