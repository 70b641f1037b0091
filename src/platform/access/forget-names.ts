import type { Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import { readDetail } from './access-chain.ts'
import { createNewestNote } from './newest-note.ts'
import { createSeal } from './seal.ts'
import { createSealRows } from './seal-rows.ts'

/**
 * Takes the names of people out of the access log's rows about a guarantee. The rows stay, and the
 * chain over them: it holds a commitment in the place of names, so that the rows are sealed first.
 */
export function createForgetNames(
  ports: Ports,
): (issuer: string, numberKey: string) => Promise<void> {
  const { store } = ports
  const seal = createSeal(ports)
  const sealRows = createSealRows(store)
  const newestNote = createNewestNote(store)
  const named = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('accessNote')
      .select(['id', 'detail'])
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey)
      .where('salt', 'is not', null),
  )
  const forget = kept(store.db, (db, detail: string, id: number) =>
    db.updateTable('accessNote').set({ detail, salt: null }).where('id', '=', id),
  )

  /** All that have come so far: one run seals only so many, and another sealer may be faster. */
  async function sealAll(): Promise<void> {
    const last = await newestNote()
    while ((await sealRows.head()).lastNote < last) await seal()
  }

  return async (issuer, numberKey) => {
    await sealAll()
    const rows = await store.all(named(issuer, numberKey))
    if (rows.length > 0) {
      await store.commit(rows.map(({ id, detail }) => forget(nameless(detail), id)))
    }
  }
}

/** The detail without the names, else as it stands. */
function nameless(detail: string): string {
  const names = new Set(readDetail(detail).names.map(([name]) => name))
  const members = Object.entries(JSON.parse(detail) as Record<string, unknown>)
  return JSON.stringify(Object.fromEntries(members.filter(([name]) => !names.has(name))))
}
