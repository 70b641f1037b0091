import type { CompiledQuery } from 'kysely'
import type { Member } from '../../../accounts/member.ts'
import { instant } from '../../../base/time.ts'
import type { Clock } from '../../../ports.ts'
import type { Store } from '../../../store/store.ts'
import { EMPTY_FORM, type Form, formOf, sameForm } from '../form/fields.ts'
import { type Merged, mergeForms } from '../form/merge.ts'
import { fixedParts, isEditable, withFixed } from './editable.ts'
import { commitOrNot, revisionQuery } from './revision.ts'
import { type Current, createRows } from './rows.ts'

/** What became of a form that was to be saved. */
export type Saved =
  | { state: 'saved'; revision: number }
  /** Somebody else wrote in between; nothing was kept, and nothing of what was typed is lost. */
  | { state: 'behind'; current: Current; merged: Merged }
  /** It was sent, and is not open to changes. */
  | { state: 'closed'; current: Current }
  | { state: 'foreign' }

/** A form that goes on from `revision`; 0: from none. */
export interface Wanted {
  id: string
  revision: number
  form: Form
  /** The company that it is meant for, as far as it is known. */
  issuer: string
}

interface DraftPorts {
  store: Store
  clock: Pick<Clock, 'now'>
}

const TRIES = 5

/** Applications while they are written: kept, copied, thrown away. */
export function createDrafts(ports: DraftPorts) {
  const { store } = ports
  const rows = createRows(store)
  const { create, revision } = draftQueries(ports)

  async function trySave(member: Member, wanted: Wanted): Promise<Saved | undefined> {
    const { id, form, issuer } = wanted
    const current = await rows.current(id)
    // Also where it was thrown away meanwhile: what was typed becomes a draft anew.
    if (!current) {
      const created = await commitOrNot(store, create(member, id, { form, issuer }))
      return created ? { state: 'saved', revision: 1 } : undefined
    }
    if (current.org !== member.organisation.id) return { state: 'foreign' }
    const { statuses } = current
    if (!isEditable(current.sentAt !== null, statuses)) return { state: 'closed', current }
    const open = withFixed(form, current.form, fixedParts(statuses), statuses)
    if (sameForm(open, current.form)) return { state: 'saved', revision: current.revision }
    if (current.revision !== wanted.revision) {
      const base = (await rows.revision(id, wanted.revision))?.form ?? EMPTY_FORM
      // Where only papers came or went in between, no field was written twice.
      if (!sameForm(base, current.form)) {
        return { state: 'behind', current, merged: mergeForms(base, open, current.form) }
      }
    }
    const next = current.revision + 1
    const head = { issuer, ...headOf(open) }
    const update = store.db.updateTable('application').set(head).where('id', '=', id)
    const saved = await commitOrNot(store, [
      revision(id, next, open, member),
      ...(current.sentAt === null ? [update.compile()] : []),
    ])
    return saved ? { state: 'saved', revision: next } : undefined
  }

  return {
    current: rows.current,

    /** Saves a form; the same form again changes nothing. */
    async save(member: Member, wanted: Wanted): Promise<Saved> {
      for (let turn = 1; ; turn++) {
        const saved = await trySave(member, wanted)
        if (saved) return saved
        if (turn === TRIES) throw new Error(`${TRIES} tries at an application were overtaken`)
      }
    },

    /** Throws a draft away, papers included; one that was sent, or that somebody just wrote, stays. */
    async remove(member: Member, seen: Pick<Current, 'id' | 'revision'>): Promise<boolean> {
      const { id } = seen
      const row = await rows.current(id)
      if (!row || row.sentAt !== null || row.revision !== seen.revision) return false
      const { db } = store
      return commitOrNot(store, [
        revision(id, row.revision + 1, row.form, member),
        db.deleteFrom('attachment').where('application', '=', id).compile(),
        db.deleteFrom('applicationRevision').where('application', '=', id).compile(),
        db.deleteFrom('application').where('id', '=', id).compile(),
      ])
    },

    /** A new draft out of an earlier application, without its papers and reasons; once for each `id`. */
    async copy(member: Member, id: string, from: Current): Promise<void> {
      const form = formOf({ ...from.form, ownerReason: '', answer: '' })
      await commitOrNot(store, create(member, id, { form, issuer: from.issuer, copyOf: from.id }))
    },
  }
}

function draftQueries({ store: { db }, clock }: DraftPorts) {
  function revision(id: string, number: number, form: Form, { user }: Member): CompiledQuery {
    const by = { byUser: user, at: instant(clock.now()) }
    return revisionQuery(db, { application: id, revision: number, form, ...by })
  }

  function create(
    member: Member,
    id: string,
    { form, issuer, copyOf }: { form: Form; issuer: string; copyOf?: string },
  ): CompiledQuery[] {
    const { user, organisation } = member
    const row = { id, issuer, org: organisation.id, ...headOf(form), createdBy: user }
    const unsent = {
      copyOf: copyOf ?? null,
      number: null,
      sendKey: null,
      sentAt: null,
      createdAt: instant(clock.now()),
    }
    const insert = db.insertInto('application').values({ ...row, ...unsent })
    return [insert.compile(), revision(id, 1, form, member)]
  }
  return { revision, create }
}

/** What lists show of a draft. */
function headOf(form: Form): { worksName: string; branch: string | null } {
  const branch = (form['branch'] ?? '').replace(/^[^/]*\//, '')
  return { worksName: (form['worksName'] ?? '').trim(), branch: branch === '' ? null : branch }
}
