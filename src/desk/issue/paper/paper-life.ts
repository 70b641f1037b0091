import type { CompiledQuery } from 'kysely'
import { Fault } from '../../../base/fault.ts'
import { dayInTokyo, instant } from '../../../base/time.ts'
import type { Certificate } from '../../../guarantee/certificate.ts'
import type { DeskPorts } from '../../../ports.ts'
import { StoreFault } from '../../../store/store.ts'
import { createSentApplications } from '../../application/sent/sent-application.ts'
import type { Company } from '../../company/company.ts'
import type { By } from '../life.ts'
import { type Issued, type Known, searchColumns } from '../version-rows.ts'
import { detailsOf, type PaperContent } from './paper-content.ts'
import type { PaperDone, TellPaper } from './paper-done.ts'
import { PAPER_EVENTS } from './paper-events.ts'
import { type PaperPlan, type PaperWish, planOf } from './paper-plan.ts'
import { createPaperRows, type OnPaper } from './paper-rows.ts'
import { stepQueries, voidQuery } from './sheet-rows.ts'

/** Tries at a commit while others take the same numbers. */
const TRIES = 10

const NOTHING_SAID = { targetSeq: null, reason: null, reasonCode: null }

export interface PaperLifeParts {
  ports: Pick<DeskPorts, 'store' | 'clock'>
  company: Pick<Company, 'nextNumber' | 'officeOf'>
  tell: TellPaper
}

/** 変更, 訂正, 変更取消, 再発行, 解約 and 返還 of guarantees on paper, and the first sheets of a switch. */
export function createPaperLife(parts: PaperLifeParts) {
  const { store, clock } = parts.ports
  const onPaper = createPaperRows(store)
  const carryOut = createCarryOut(parts)
  const now = () => instant(clock.now())

  return {
    onPaper,
    carryOut,

    /** @throws Fault state_conflict where the state of the guarantee does not allow it */
    plan: (issued: Issued, paper: OnPaper, wish: PaperWish): PaperPlan =>
      planOf(issued, paper, wish, dayInTokyo(now())),

    /**
     * The first sheets of a guarantee whose switch to paper has arrived; a second wish for them, a
     * second click or somebody else's, finds them made.
     * @throws Fault state_conflict before the arrival
     */
    async makeSwitched({ issued, versions }: Known, madeBy: string): Promise<void> {
      const { steps, newest } = await onPaper(issued)
      if (steps.length > 0) return
      if (issued.state !== 'on_paper' || versions.some(({ arrivedAt }) => arrivedAt === null)) {
        throw new Fault('state_conflict', 'The record of the switch has not arrived yet.')
      }
      try {
        await carryOut(switchedPlan(issued, newest + 1), { madeBy })
      } catch (error) {
        if ((await onPaper(issued)).steps.length === 0) throw error
      }
    },

    /**
     * For the commit that takes a switch back: it takes the step that sheets would be made with.
     * @throws Fault state_conflict once there are sheets, for then two certificates would be about
     */
    async backQueries(issued: Issued, { madeBy, approvedBy }: By): Promise<CompiledQuery[]> {
      const { steps, newest } = await onPaper(issued)
      if (steps.length > 0) throw new Fault('state_conflict', 'There are sheets of it already.')
      const { issuer, numberKey, certificate } = issued
      const place = { issuer, numberKey, seq: newest + 1, event: 'to_electronic' as const }
      const by = { madeAt: now(), madeBy, approvedBy: approvedBy ?? null }
      const step = { ...place, ...NOTHING_SAID, certificate, paper: null, ...by }
      return stepQueries(store.db, step, undefined)
    },
  }
}

function switchedPlan(issued: Issued, seq: number): PaperPlan {
  const certificate = JSON.parse(issued.certificate) as Certificate
  return {
    issued,
    content: { ...NOTHING_SAID, seq, event: 'issue', certificate },
    changes: [],
    voided: [],
    state: issued.state,
    prints: { switched: true },
  }
}

/** Commits plans, each once. */
function createCarryOut(parts: PaperLifeParts) {
  const { store } = parts.ports
  const onPaper = createPaperRows(store)
  const queriesOf = createQueriesOf(parts)

  /**
   * Does what was planned, if nobody else has done anything since. Taking the seq is the right to.
   * @param more queries for the same commit, made anew for each try
   * @throws Fault state_conflict when the guarantee has gone on since
   */
  return async function carryOut(
    plan: PaperPlan,
    by: By,
    more: () => Promise<readonly CompiledQuery[]> = async () => [],
  ): Promise<void> {
    for (let tries = 1; ; tries++) {
      const { newest } = await onPaper(plan.issued)
      if (newest + 1 !== plan.content.seq) {
        throw new Fault('state_conflict', 'Somebody else has done something to this guarantee.')
      }
      try {
        return await store.commit([...(await queriesOf(plan, by)), ...(await more())])
      } catch (error) {
        const taken = error instanceof StoreFault && error.reason === 'conflict'
        if (!taken || tries === TRIES) throw error
      }
    }
  }
}

/** The queries of one try, with a sheet's number that is free now. */
function createQueriesOf({ ports: { store, clock }, company, tell }: PaperLifeParts) {
  const sent = createSentApplications(store)

  async function contentOf({ issued, prints }: PaperPlan): Promise<PaperContent | undefined> {
    if (!prints) return undefined
    const application = await sent.byId(issued.application, { issuer: issued.issuer })
    const office = await company.officeOf(issued.issuer, issued.branch)
    return { office, ...detailsOf(application, issued.kind), ...prints }
  }

  return async (plan: PaperPlan, { madeBy, approvedBy }: By): Promise<CompiledQuery[]> => {
    const { issued, content, state, voids } = plan
    const { issuer, numberKey, org, application } = issued
    const at = instant(clock.now())
    const paper = await contentOf(plan)
    const sheet = paper && (await company.nextNumber(issuer, 'sheet'))
    const step = {
      ...{ issuer, numberKey, ...content, certificate: JSON.stringify(content.certificate) },
      paper: paper ? JSON.stringify(paper) : null,
      ...{ madeAt: at, madeBy, approvedBy: approvedBy ?? null },
    }
    const told = await tell({
      ...{ issuer, numberKey, org, application, at },
      event: eventOf(plan),
      certificate: content.certificate,
      sheet: sheet?.number,
      voided: plan.voided,
    })
    const after = { state, ...searchColumns(content.certificate, numberKey) }
    return [
      ...(voids ? [voidQuery(store.db, issued, { ...voids, at })] : []),
      ...stepQueries(store.db, step, sheet?.number),
      ...(sheet ? [sheet.query] : []),
      store.db
        .updateTable('issued')
        .set(after)
        .where('issuer', '=', issuer)
        .where('numberKey', '=', numberKey)
        .compile(),
      ...told,
    ]
  }
}

/** As whoever is told of it knows it. */
function eventOf({ content: { event } }: PaperPlan): PaperDone['event'] {
  return PAPER_EVENTS.find((one) => one === event) ?? 'switched'
}

export type PaperLife = ReturnType<typeof createPaperLife>
