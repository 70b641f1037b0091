import type { CompiledQuery } from 'kysely'
import type { Member } from '../../../accounts/member.ts'
import { Fault } from '../../../base/fault.ts'
import { instant } from '../../../base/time.ts'
import type { Clock } from '../../../ports.ts'
import { type Store, StoreFault } from '../../../store/store.ts'
import { voidUnsettledQuery } from '../../company/bills.ts'
import type { AppliedKind } from '../content.ts'
import { mayWithdraw } from '../draft/editable.ts'
import { stepQueries } from './line-step.ts'
import type { SentApplication } from './sent-application.ts'

export interface WithdrawPorts {
  store: Store
  clock: Pick<Clock, 'now'>
  /** The office is told, with the commit (desk/notify). */
  withdrawn(
    about: { issuer: string; org: string; application: string; number: string },
    kind: AppliedKind,
    said: { reason: string; billed: boolean },
  ): Promise<CompiledQuery[]>
}

/**
 * 取下げ of one guarantee before its issue; done once. What had been billed for it is void with it.
 * @throws Fault state_conflict when it has gone too far, or somebody else went on with it
 */
export async function withdraw(
  { store, clock, withdrawn }: WithdrawPorts,
  { user }: Member,
  seen: SentApplication,
  kind: AppliedKind,
  note: string,
): Promise<void> {
  const line = seen.lines.find((one) => one.kind === kind)
  if (line?.status === 'withdrawn') return
  if (!line || !mayWithdraw(line.status)) {
    throw new Fault('state_conflict', 'It has gone too far to be taken back.')
  }
  const step = { application: seen.id, kind, step: line.step + 1, status: 'withdrawn' as const }
  const at = instant(clock.now())
  const by = { at, byUser: user, ...(note !== '' && { note }) }
  try {
    const unbilled = voidUnsettledQuery(store.db, step, at)
    const { issuer, org, id: application, number } = seen
    const said = { reason: note, billed: line.status === 'accepted' }
    const told = await withdrawn({ issuer, org, application, number }, kind, said)
    await store.commit([...stepQueries(store.db, { ...step, ...by }), unbilled, ...told])
  } catch (error) {
    if (!(error instanceof StoreFault) || error.reason !== 'conflict') throw error
    const cause = { cause: error }
    throw new Fault('state_conflict', 'Somebody else went on with it. Open it again.', cause)
  }
}
