import { Fault } from '../../base/fault.ts'
import { StoreFault } from '../../store/store.ts'
import {
  createSentApplications,
  type SentApplication,
  type SentLine,
} from '../application/sent/sent-application.ts'
import { BRINGS, type Deed, mayDo, type Taken, type UnderwritingParts } from './deed.ts'
import { issue, QUERIES } from './deed-queries.ts'

/** Tries at a commit while others take the same numbers. */
const TRIES = 20

/** Takes in, returns, accepts, declines, settles and issues; each deed takes the line's next step. */
export function createUnderwriting(parts: UnderwritingParts) {
  const { store } = parts
  const sent = createSentApplications(store)

  async function lineOf(deed: Deed): Promise<{ application: SentApplication; line: SentLine }> {
    const application = await sent.byId(deed.application, { issuer: deed.issuer })
    const line = application?.lines.find(({ kind }) => kind === deed.kind)
    if (application && line) return { application, line }
    throw new Fault('not_found', 'There is no such guarantee.')
  }

  return {
    /** @returns undefined where there is none, or it was sent to another company */
    byId: (id: string, issuer: string) => sent.byId(id, { issuer }),

    /**
     * @returns what somebody else did before, or undefined when the deed is done
     * @throws Fault not_found; state_conflict when the line is not at that point, or the same
     *   person may not do it; those of premiums and of issuing
     */
    async act(deed: Deed): Promise<Taken | undefined> {
      for (let tries = 1; ; tries++) {
        const { application, line } = await lineOf(deed)
        const taken = line.step === deed.seen ? undefined : takenOf(line, deed)
        if (taken) return taken
        checkState(line, deed)
        try {
          if (deed.action === 'issue') await issue(parts, application, line, deed)
          else await store.commit(await QUERIES[deed.action](parts, application, line, deed))
          return undefined
        } catch (error) {
          // The step or the number of the statement was taken: the next reading tells which.
          if (error instanceof StoreFault && error.reason === 'conflict' && tries < TRIES) continue
          if ((await lineOf(deed)).line.step === deed.seen) throw error
        }
      }
    },
  }
}

export type Underwriting = ReturnType<typeof createUnderwriting>

function takenOf({ steps }: SentLine, { action, seen, byUser }: Deed): Taken | undefined {
  const next = steps[seen]
  const own = next?.byUser === byUser && next.status === BRINGS[action]
  const newest = steps.at(-1)
  return newest && { ...newest, own }
}

function checkState(line: SentLine, { action, reason }: Deed): void {
  if (!mayDo(action, line.status, line.asked.paymentMethod === 'monthly_lump')) {
    throw new Fault('state_conflict', `A guarantee that is ${line.status} cannot be ${action}d.`)
  }
  if ((action === 'return' || action === 'decline') && !reason) {
    throw new Fault('body_invalid', 'A reason is needed.')
  }
}
