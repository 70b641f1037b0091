import type { Selectable } from 'kysely'
import type { Instant } from '../../../base/time.ts'
import type { Version } from '../../../guarantee/history.ts'
import type { EventKind } from '../../../guarantee/record.ts'
import { kept } from '../../../store/kept.ts'
import type { Store } from '../../../store/store.ts'
import type { Tables } from '../../../store/tables.ts'
import type { Issued } from '../version-rows.ts'

export type PaperStep = Selectable<Tables['paperStep']>
type SheetRow = Selectable<Tables['paperSheet']>
type PrintRow = Selectable<Tables['paperPrint']>

/** Whether sheets say what holds: void ones never, those before a 変更 only together with it. */
export type Standing = 'valid' | 'amended' | 'ended' | 'void'

/** 正 and 副 that were made in one step. */
export interface SheetSet {
  step: PaperStep
  sheets: Pick<SheetRow, 'sheet' | 'copy'>[]
  standing: Standing
  /** Of void ones. */
  voided?: { at: Instant; why: string }
  /** How often they were fetched to be printed, and by whom last. */
  prints: { count: number; last?: { at: Instant; byUser: string } }
}

/** A guarantee on paper: what was done, ascending, and every sheet that was ever made of it. */
export interface OnPaper {
  /** Those since it is on paper; a 再発行 among them. */
  steps: PaperStep[]
  /** The highest seq that was ever taken. */
  newest: number
  sets: SheetSet[]
}

/** Reads steps, sheets and prints as of one moment. */
export function createPaperRows(store: Store) {
  const { steps, sheets, prints } = createQueries(store)

  return async function onPaper(
    issued: Pick<Issued, 'issuer' | 'numberKey' | 'state'>,
  ): Promise<OnPaper> {
    const place = [issued.issuer, issued.numberKey] as const
    const [allSteps, allSheets, allPrints] = await store.snapshot([
      steps(...place),
      sheets(...place),
      prints(...place),
    ])
    const back = allSteps.findLastIndex(({ event }) => event === 'to_electronic')
    return {
      steps: allSteps.slice(back + 1),
      newest: allSteps.at(-1)?.seq ?? 0,
      sets: setsOf(issued.state, allSteps, allSheets, allPrints),
    }
  }
}

function createQueries(store: Store) {
  return {
    steps: kept(store.db, (db, issuer: string, numberKey: string) =>
      db
        .selectFrom('paperStep')
        .selectAll()
        .where('issuer', '=', issuer)
        .where('numberKey', '=', numberKey)
        .orderBy('seq'),
    ),
    sheets: kept(store.db, (db, issuer: string, numberKey: string) =>
      db
        .selectFrom('paperSheet')
        .selectAll()
        .where('issuer', '=', issuer)
        .where('numberKey', '=', numberKey)
        .orderBy('seq')
        .orderBy('sheet'),
    ),
    prints: kept(store.db, (db, issuer: string, numberKey: string) =>
      db
        .selectFrom('paperPrint')
        .selectAll()
        .where('issuer', '=', issuer)
        .where('numberKey', '=', numberKey)
        .orderBy('id'),
    ),
  }
}

function setsOf(
  state: Issued['state'],
  steps: readonly PaperStep[],
  rows: readonly SheetRow[],
  prints: readonly PrintRow[],
): SheetSet[] {
  const sets = steps.flatMap((step): SheetSet[] => {
    const sheets = rows.filter(({ seq }) => seq === step.seq)
    const [first] = sheets
    if (!first) return []
    const made = prints.filter(({ seq }) => seq === step.seq)
    const last = made.at(-1)
    const { voidedAt, voidReason } = first
    return [
      {
        step,
        sheets,
        standing: voidedAt === null ? 'valid' : 'void',
        ...(voidedAt !== null && { voided: { at: voidedAt, why: voidReason ?? '' } }),
        prints: { count: made.length, ...(last && { last: { at: last.at, byUser: last.byUser } }) },
      },
    ]
  })
  const ended = state === 'cancelled' || state === 'released'
  const newest = sets.findLast(({ standing }) => standing === 'valid')
  return sets.map((set) => {
    if (set.standing === 'void') return set
    if (ended) return { ...set, standing: 'ended' }
    return set === newest ? set : { ...set, standing: 'amended' }
  })
}

/** Steps as the rules of the history read them; a 再発行 changes nothing that they know of. */
export function paperVersions(steps: readonly PaperStep[]): Version[] {
  return steps
    .filter(({ event }) => event !== 'reissue')
    .map(({ seq, event, targetSeq, reason, certificate, madeAt }) => ({
      seq,
      event: event as EventKind,
      certificate: JSON.parse(certificate),
      arrivedAt: madeAt,
      index: seq - 1,
      ...(targetSeq !== null && { targetSeq }),
      ...(reason !== null && { reason }),
    }))
}
