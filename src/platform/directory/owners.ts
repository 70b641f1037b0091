import type { CompiledQuery } from 'kysely'
import { Fault } from '../../base/fault.ts'
import { foldName } from '../../base/text.ts'
import { checkOwner, type Owner } from '../../guarantee/owner.ts'
import type { Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import { OWNER_COLUMNS, ownerOf, ownerRow } from './owner-row.ts'
import { createOwnerRules } from './owner-rules.ts'

/** The directory of owners (発注者) that take electronic guarantees. */
export function createOwners({ store }: Ports) {
  const allOwners = kept(store.db, (db) =>
    db.selectFrom('owner').select(OWNER_COLUMNS).orderBy('name'),
  )
  const newestId = kept(store.db, (db) =>
    db.selectFrom('owner').select('id').orderBy('id', 'desc').limit(1),
  )

  /** All of them or none. @throws Fault as `add` */
  async function addAll(owners: readonly Owner[]): Promise<void> {
    const taken = takenNames((await store.all(allOwners())).map(ownerOf))
    let id = (await store.all(newestId()))[0]?.id ?? 0
    const queries: CompiledQuery[] = []
    for (const owner of owners) {
      checkOwner(owner)
      for (const name of namesOf(owner)) {
        const other = taken.get(name)
        if (other !== undefined) {
          throw new Fault(
            'state_conflict',
            `The ${name} belongs to the owner ${other} already. Change its rates, departments and mail with akashi owner rules; an owner of its own needs a name, aliases and a code of its own.`,
          )
        }
      }
      for (const name of namesOf(owner)) taken.set(name, owner.name)
      queries.push(...insertsOf(owner, ++id))
    }
    await store.commit(queries)
  }

  function insertsOf(owner: Owner, id: number): CompiledQuery[] {
    const names = spellings(owner).map((folded) => ({ folded, owner: id }))
    return [
      store.db
        .insertInto('owner')
        .values({ id, ...ownerRow(owner) })
        .compile(),
      ...names.map((row) => store.db.insertInto('ownerName').values(row).compile()),
    ]
  }

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
    add: (owner: Owner) => addAll([owner]),
    addAll,
    ...createOwnerRules(store),
  }
}

/** Each spelling under which certificates may name the owner, folded. */
function spellings({ name, aliases }: Owner): string[] {
  return [...new Set([name, ...aliases].map(foldName))]
}

/** What no other owner may have as well. */
function namesOf(owner: Owner): string[] {
  const names = spellings(owner).map((name) => `name ${name}`)
  return owner.code === undefined ? names : [...names, `code ${owner.code}`]
}

function takenNames(owners: readonly Owner[]): Map<string, string> {
  return new Map(owners.flatMap((owner) => namesOf(owner).map((name) => [name, owner.name])))
}
