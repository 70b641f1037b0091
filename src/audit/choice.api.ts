import type { Context } from 'hono'
import { Fault } from '../base/fault.ts'
import { type Instant, readInstant } from '../base/time.ts'
import { KINDS, type Kind } from '../guarantee/certificate.ts'
import { numberKey } from '../guarantee/contract-number.ts'
import { EVENTS } from '../guarantee/record.ts'
import { parseDecimal } from '../log/decimal.ts'
import type { AccessChoice } from './access-rows.ts'
import { type EntryChoice, OTHER_EVENTS } from './entry-rows.ts'

const PAGING = {
  cursor: '`next` of the page before',
  limit: 'Items of a page at most, 1 to 1,000; 100 unless given',
}

const TIMES = {
  from: 'Arrived then or later: an instant, or a day, which begins in Tokyo',
  to: 'Arrived before',
}

/** What each call takes, as the document describes it. */
export const ENTRY_PARAMETERS = described({
  ...TIMES,
  issuer: 'Id of the issuer',
  owner: 'Code of the owner, or a name of it',
  contractNumber: 'Folded as the pages fold it',
  kind: `Kind of guarantee: ${KINDS.join(', ')}`,
  event: `${[...EVENTS, ...OTHER_EVENTS].join(', ')}`,
  ...PAGING,
})

export const ACCESS_PARAMETERS = described({
  ...TIMES,
  issuer: 'Id of the issuer',
  contractNumber: 'Folded as the pages fold it',
  kind: 'What happened: lookup, lookup_failed, share_opened, exported, …',
  ...PAGING,
})

export interface Paging {
  cursor: string | undefined
  limit: number
}

const USUAL_LIMIT = 100
const MOST = 1000

export function entryChoice(c: Context): EntryChoice & { paging: Paging } {
  const given = parameters(c, ENTRY_PARAMETERS)
  const { issuer, owner, kind, event } = given
  return {
    ...times(given),
    ...(issuer !== undefined && { issuer }),
    ...(owner !== undefined && { owner }),
    ...number(given),
    ...(kind !== undefined && { kind: oneOf('kind', kind, KINDS) as Kind }),
    ...(event !== undefined && { event: oneOf('event', event, [...EVENTS, ...OTHER_EVENTS]) }),
    paging: paging(given),
  }
}

export function accessChoice(c: Context): AccessChoice & { paging: Paging } {
  const given = parameters(c, ACCESS_PARAMETERS)
  const { issuer, kind } = given
  return {
    ...times(given),
    ...(issuer !== undefined && { issuer }),
    ...number(given),
    ...(kind !== undefined && { kind }),
    paging: paging(given),
  }
}

/** `at` of a history. @throws Fault body_invalid */
export function instantOf(c: Context): Instant | undefined {
  return time('at', parameters(c, [{ name: 'at' }]).at)
}

type Given = Record<string, string | undefined>

/**
 * The parameters of the query by name. One that the call does not know is refused: with `form` for
 * `from`, an auditor would take everything for what was asked.
 */
function parameters(c: Context, known: readonly { name: string }[]): Given {
  for (const [name, values] of Object.entries(c.req.queries())) {
    if (!known.some((one) => one.name === name)) {
      throw wrong(
        name,
        `No parameter of this call. It takes ${known.map((one) => one.name).join(', ')}.`,
      )
    }
    if (values.length > 1) throw wrong(name, 'Give it once.')
  }
  return c.req.query()
}

function times(given: Given): { from?: Instant; to?: Instant } {
  const from = time('from', given.from)
  const to = time('to', given.to)
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
}

/** In a query a plus sign stands for a space: `+09:00` comes that way unless it is escaped. */
function time(name: string, text: string | undefined): Instant | undefined {
  if (text === undefined) return undefined
  const at = readInstant(text.replace(' ', '+'))
  if (at !== undefined) return at
  throw wrong(name, 'An instant such as 2026-04-01T00:00:00Z, or a day such as 2026-04-01.')
}

function number({ contractNumber }: Given): { numberKey?: string } {
  return contractNumber === undefined ? {} : { numberKey: numberKey(contractNumber) }
}

function paging({ cursor, limit }: Given): Paging {
  const most = limit === undefined ? USUAL_LIMIT : parseDecimal(limit)
  if (most === undefined || most < 1 || most > MOST) {
    throw wrong('limit', `A whole number from 1 to ${MOST}.`)
  }
  return { cursor, limit: most }
}

function oneOf<Value extends string>(name: string, text: string, values: readonly Value[]): Value {
  const found = values.find((value) => value === text)
  if (found !== undefined) return found
  throw wrong(name, `One of ${values.join(', ')}.`)
}

function wrong(field: string, detail: string): Fault {
  return new Fault('body_invalid', `${field}: ${detail}`, {
    errors: [{ field, code: 'invalid', detail }],
  })
}

function described(parameters: Record<string, string>) {
  return Object.entries(parameters).map(([name, description]) => ({
    name,
    in: 'query' as const,
    description,
  }))
}
