import { Fault, type FieldFault } from '../base/fault.ts'
import { foldName } from '../base/text.ts'
import { type Day, isDay } from '../base/time.ts'
import { KINDS, type Kind } from '../guarantee/certificate.ts'
import type { RuleValues } from '../guarantee/rules/values.ts'
import type { OwnerPolicy } from '../guarantee/sufficiency.ts'
import type { Ports } from '../ports.ts'
import { kept } from '../store/kept.ts'
import type { Tables } from '../store/tables.ts'

export interface Department {
  /** What it takes: a kind, or everything. */
  kind?: Kind
  name: string
  email?: string
}

export interface Owner {
  code?: string
  /** The title under which certificates name it: 富士市長. */
  name: string
  aliases: string[]
  /** Guarantees of works whose `basis` date is this or later are taken electronically. */
  start: OwnerPolicy['start']
  kinds: Kind[]
  issuerClasses: string[]
  departments: Department[]
  /** The rule in the owner's own words. */
  basisText?: string
}

const BASES: readonly Owner['start']['basis'][] = [
  'contract_date',
  'tender_notice_date',
  'planned_contract_notice_date',
]

/** The directory of owners (発注者) that take electronic guarantees. */
export function createOwners({ store }: Ports) {
  const allOwners = kept(store.db, (db) => db.selectFrom('owner').selectAll().orderBy('name'))
  const ownerOfName = kept(store.db, (db, folded: string) =>
    db
      .selectFrom('ownerName')
      .innerJoin('owner', 'owner.id', 'ownerName.owner')
      .select(['owner.id', 'owner.name'])
      .where('folded', '=', folded),
  )
  const newestId = kept(store.db, (db) =>
    db.selectFrom('owner').select('id').orderBy('id', 'desc').limit(1),
  )

  return {
    /** Owners whose name or an alias contains `query`, whatever the width and spacing; all for ''. */
    async search(query: string): Promise<Owner[]> {
      const folded = foldName(query)
      const owners = (await store.all(allOwners())).map(ownerOf)
      return owners.filter(({ name, aliases, code }) =>
        [name, ...aliases, code ?? ''].some((text) => foldName(text).includes(folded)),
      )
    },

    /** @throws Fault body_invalid with one error for each wrong member, state_conflict */
    async add(owner: Owner): Promise<void> {
      check(owner)
      const names = [...new Set([owner.name, ...owner.aliases].map(foldName))]
      for (const folded of names) {
        const [taken] = await store.all(ownerOfName(folded))
        if (taken) throw new Fault('state_conflict', `${taken.name} is registered under this name.`)
      }
      const id = ((await store.all(newestId()))[0]?.id ?? 0) + 1
      await store.commit([
        store.db
          .insertInto('owner')
          .values({ id, ...rowOf(owner) })
          .compile(),
        ...names.map((folded) =>
          store.db.insertInto('ownerName').values({ folded, owner: id }).compile(),
        ),
      ])
    },

    /** Rates and thresholds that hold from a day on. @throws Fault not_found, body_invalid */
    async setRules(name: string, from: Day, values: Partial<RuleValues>): Promise<void> {
      const [owner] = await store.all(ownerOfName(foldName(name)))
      if (!owner) throw new Fault('not_found', `No owner is registered as ${name}.`)
      if (!isDay(from)) throw new Fault('body_invalid', 'from is a day, YYYY-MM-DD.')
      const row = { owner: owner.id, fromDay: from, values: JSON.stringify(values) }
      await store.commit([
        store.db
          .insertInto('ownerRule')
          .values(row)
          .onConflict((on) => on.columns(['owner', 'fromDay']).doUpdateSet({ values: row.values }))
          .compile(),
      ])
    },
  }
}

function ownerOf(row: Omit<Tables['owner'], 'id'>): Owner {
  return {
    name: row.name,
    aliases: JSON.parse(row.aliases) as string[],
    start: { date: row.startDate, basis: row.startBasis as Owner['start']['basis'] },
    kinds: JSON.parse(row.kinds) as Kind[],
    issuerClasses: JSON.parse(row.issuerClasses) as string[],
    departments: JSON.parse(row.departments) as Department[],
    ...(row.code !== null && { code: row.code }),
    ...(row.basisText !== null && { basisText: row.basisText }),
  }
}

function rowOf(owner: Owner): Omit<Tables['owner'], 'id'> {
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
  }
}

function check(owner: Owner): void {
  const errors: FieldFault[] = []
  const wrong = (field: string, detail: string) => errors.push({ field, code: 'invalid', detail })
  if (owner.name.trim() === '') wrong('name', 'name is not empty.')
  if (!isDay(owner.start.date)) wrong('start.date', 'start is a day that exists, YYYY-MM-DD.')
  if (!BASES.includes(owner.start.basis))
    wrong('start.basis', `basis is one of ${BASES.join(', ')}.`)
  if (owner.kinds.length === 0 || owner.kinds.some((kind) => !KINDS.includes(kind))) {
    wrong('kinds', `kinds is one or more of ${KINDS.join(', ')}.`)
  }
  if (errors.length > 0) {
    throw new Fault('body_invalid', errors.map(({ detail }) => detail).join(' '), { errors })
  }
}
