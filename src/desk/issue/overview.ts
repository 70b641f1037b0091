import type { Selectable } from 'kysely'
import { Fault } from '../../base/fault.ts'
import { effectiveVersions } from '../../guarantee/history.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'
import { LIFE_EVENTS, type LifeEvent } from './life-events.ts'
import { PAPER_EVENTS } from './paper/paper-events.ts'
import { createPaperRows, type OnPaper, paperVersions } from './paper/paper-rows.ts'
import type { Proposal, ProposalEnd, Proposals } from './proposals.ts'
import { createKnown, historyOf, type Known, stateOf } from './version-rows.ts'

export type Submission = Selectable<Tables['submission']>

/** A guarantee as the company sees its life: what was sent, its sheets, what waits for a second person. */
export interface Overview extends Known {
  submissions: Submission[]
  proposal: Proposal | undefined
  /** How earlier proposals ended. */
  ended: ProposalEnd[]
  paper: OnPaper
  /** Issued on paper, or switched to it by a record that has arrived. */
  isOnPaper: boolean
}

/** @throws Fault not_found */
export function createOverview(store: Store, proposals: Pick<Proposals, 'of' | 'ended'>) {
  const known = createKnown(store)
  const paperOf = createPaperRows(store)
  const submissionsOf = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('submission')
      .selectAll()
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey)
      .orderBy('id'),
  )

  return async function overview(issuer: string, numberKey: string): Promise<Overview> {
    const found = await known(issuer, numberKey)
    if (!found) throw new Fault('not_found', 'The company has no such guarantee.')
    const submissions = await store.all(submissionsOf(issuer, numberKey))
    const paper = await paperOf(found.issued)
    const proposal = await proposals.of(issuer, numberKey)
    const ended = await proposals.ended(issuer, numberKey)
    return { ...found, submissions, proposal, ended, paper, isOnPaper: isOnPaper(found) }
  }
}

/** Judged by what has arrived: until then the electronic one holds. */
function isOnPaper({ issued, versions }: Known): boolean {
  const arrived = versions.filter(({ arrivedAt }) => arrivedAt !== null)
  return (
    issued.format === 'paper' || (arrived.length > 0 && stateOf(historyOf(arrived)) === 'on_paper')
  )
}

/** How many deeds of a guarantee there are, electronic and on paper: by it a form knows that it is of old. */
export function deedsOf({ versions, paper }: Pick<Overview, 'versions' | 'paper'>): number {
  return versions.length + paper.steps.length
}

/**
 * What may be chosen for a guarantee in its state. Beside what waits for a second person, and while a
 * record is on its way or was refused, only a new key, for the old one may be known by now. The rules
 * of its history are asked with each once more.
 */
export function eventsOf(seen: Overview): readonly LifeEvent[] {
  const { versions, isOnPaper, proposal } = seen
  if (versions[0]?.arrivedAt === null) return []
  const all = isOnPaper ? eventsOnPaper(seen) : eventsOfRecords(seen)
  const isHeldUp = proposal || versions.some(({ arrivedAt }) => arrivedAt === null)
  return isHeldUp ? all.filter((event) => event === 'rekey') : all
}

/** After an ending only what it leaves: 訂正, 変更取消, and a new key for who may look it up still. */
function eventsOfRecords({ issued, versions, submissions }: Overview): readonly LifeEvent[] {
  const isEnded = issued.state !== 'in_force'
  const canTakeBack = effectiveVersions(historyOf(versions)).length > 1
  const keyOnItsWay = submissions.some(({ seq, state }) => seq === 0 && state !== 'arrived')
  return LIFE_EVENTS.filter((event) => {
    if (event === 'reissue') return false
    if (event === 'cancel_amendment') return canTakeBack
    if (event === 'rekey') return issued.sealedKey !== null && !keyOnItsWay
    return !isEnded || event === 'correct'
  })
}

function eventsOnPaper({ issued, paper }: Overview): readonly LifeEvent[] {
  if (paper.steps.length === 0 || issued.state === 'cancelled' || issued.state === 'released') {
    return ['cancel_amendment']
  }
  const canTakeBack = effectiveVersions(paperVersions(paper.steps)).length > 1
  return PAPER_EVENTS.filter((event) => event !== 'cancel_amendment' || canTakeBack)
}
