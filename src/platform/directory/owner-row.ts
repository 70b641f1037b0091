import { Fault } from '../../base/fault.ts'
import type { Kind } from '../../guarantee/certificate.ts'
import type { MailTemplate } from '../../guarantee/mail-template.ts'
import type { Department, Owner } from '../../guarantee/owner.ts'
import type { Tables } from '../../store/tables.ts'

/** By name, so that a column which a damaged schema has lost is an error and not an empty value. */
export const OWNER_COLUMNS = [
  'name',
  'code',
  'startDate',
  'startBasis',
  'basisText',
  'kinds',
  'issuerClasses',
  'departments',
  'aliases',
  'mailTemplate',
] as const

type OwnerColumns = Pick<Tables['owner'], (typeof OWNER_COLUMNS)[number]>

/**
 * The owner that a row holds.
 * @throws Fault store_unavailable when a part of it cannot be read
 */
export function ownerOf(row: OwnerColumns): Owner {
  try {
    return read(row)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new Fault(
      'store_unavailable',
      `What is stored of the owner ${row.name} is damaged. The operator puts a backup of the database back.`,
      { cause: error.message },
    )
  }
}

function read(row: OwnerColumns): Owner {
  return {
    name: row.name,
    aliases: JSON.parse(row.aliases) as string[],
    start: { date: row.startDate, basis: row.startBasis as Owner['start']['basis'] },
    kinds: JSON.parse(row.kinds) as Kind[],
    issuerClasses: JSON.parse(row.issuerClasses) as string[],
    departments: JSON.parse(row.departments) as Department[],
    ...(row.code !== null && { code: row.code }),
    ...(row.basisText !== null && { basisText: row.basisText }),
    ...(row.mailTemplate !== null && {
      mailTemplate: JSON.parse(row.mailTemplate) as MailTemplate,
    }),
  }
}

/** The row that holds an owner. */
export function ownerRow(owner: Owner): OwnerColumns {
  return {
    code: owner.code ?? null,
    name: owner.name,
    startDate: owner.start.date,
    startBasis: owner.start.basis,
    basisText: owner.basisText ?? null,
    kinds: JSON.stringify(owner.kinds),
    issuerClasses: JSON.stringify(owner.issuerClasses),
    departments: JSON.stringify(owner.departments),
    aliases: JSON.stringify(owner.aliases),
    mailTemplate: owner.mailTemplate === undefined ? null : JSON.stringify(owner.mailTemplate),
  }
}
