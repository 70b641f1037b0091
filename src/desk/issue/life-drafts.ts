import { instant } from '../../base/time.ts'
import type { DeskPorts } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import type { LifeEvent } from './life-events.ts'
import type { LifeFields } from './life-form.ts'

/** Whose draft of what: each person has one for each event of a guarantee. */
export interface DraftPlace {
  issuer: string
  numberKey: string
  event: LifeEvent
  byUser: string
}

export interface LifeDraft {
  fields: LifeFields
  /** How many deeds of the guarantee there were when it was typed: once there are more, it is of old terms. */
  deeds: number
}

/** What nobody went on with falls away. */
const DAYS = 7

/**
 * What was typed into a form of 手続, kept until the deed is done: so the confirmation is a page that a
 * GET shows, and who goes back to it meets no question of the browser's.
 */
export function createLifeDrafts({ store, clock }: Pick<DeskPorts, 'store' | 'clock'>) {
  const { db } = store
  const draft = kept(db, (of, issuer: string, numberKey: string, event: string, byUser: string) =>
    of
      .selectFrom('lifeDraft')
      .select(['fields', 'deeds'])
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey)
      .where('event', '=', event)
      .where('byUser', '=', byUser),
  )

  return {
    async of({ issuer, numberKey, event, byUser }: DraftPlace): Promise<LifeDraft | undefined> {
      const [found] = await store.all(draft(issuer, numberKey, event, byUser))
      return found && { fields: JSON.parse(found.fields), deeds: found.deeds }
    },

    async keep(place: DraftPlace, { fields: typed, deeds }: LifeDraft): Promise<void> {
      const fields = JSON.stringify(typed)
      const at = instant(clock.now())
      await store.commit([
        db
          .deleteFrom('lifeDraft')
          .where('at', '<', instant(clock.now() - DAYS * 86_400_000))
          .compile(),
        db
          .insertInto('lifeDraft')
          .values({ ...place, fields, deeds, at })
          .onConflict((same) =>
            same
              .columns(['issuer', 'numberKey', 'event', 'byUser'])
              .doUpdateSet({ fields, deeds, at }),
          )
          .compile(),
      ])
    },

    async forget({ issuer, numberKey, event, byUser }: DraftPlace): Promise<void> {
      const gone = db
        .deleteFrom('lifeDraft')
        .where('issuer', '=', issuer)
        .where('numberKey', '=', numberKey)
        .where('event', '=', event)
        .where('byUser', '=', byUser)
      await store.commit([gone.compile()])
    },
  }
}
