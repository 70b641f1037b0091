import type { Member } from '../../accounts/member.ts'
import type { DeskPorts } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { LineStatus } from '../application/content.ts'
import { createWishes, type WishType } from '../application/sent/wish.ts'
import {
  createOpenProposals,
  createSentBack,
  type OpenProposal,
  type SentBack,
} from '../issue/open-proposals.ts'

/** What waits: guarantees applied for by 手続状況, records and mails that did not arrive. */
export interface Waiting {
  lines: Partial<Record<LineStatus, number>>
  /** Records and new keys that the platform has not taken. */
  notArrived: number
  /** Mails that could not be sent, or came back, and were not sent once more. */
  lostMails: number
  /** What contractors wish for an auth key, by its kind. */
  wishes: Record<WishType, number>
  /** What somebody of the company asked for and an approver has to agree to. */
  proposals: OpenProposal[]
  /** What this person asked for and an approver sent back. */
  sentBack: SentBack[]
}

/** What a contractor's own page does not list. */
const NONE = {
  notArrived: 0,
  lostMails: 0,
  wishes: { leaked: 0, rekey: 0 },
  proposals: [],
  sentBack: [],
}

/** What waits for whom. */
export function createHome({ store, clock }: Pick<DeskPorts, 'store' | 'clock'>) {
  const ofOrg = kept(store.db, (db, org: string) =>
    db
      .selectFrom('applicationLine')
      .innerJoin('application', 'application.id', 'applicationLine.application')
      .select(({ fn }) => ['status', fn.countAll<number>().as('count')])
      .where('application.org', '=', org)
      .groupBy('status'),
  )
  const ofIssuer = kept(store.db, (db, issuer: string) =>
    db
      .selectFrom('applicationLine')
      .innerJoin('application', 'application.id', 'applicationLine.application')
      .select(({ fn }) => ['status', fn.countAll<number>().as('count')])
      .where('application.issuer', '=', issuer)
      .where('application.sentAt', 'is not', null)
      .groupBy('status'),
  )
  const submissions = kept(store.db, (db, issuer: string) =>
    db
      .selectFrom('submission')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('issuer', '=', issuer)
      .where('state', '!=', 'arrived'),
  )
  const mails = createLostMails(store)
  const wishes = createWishes({ store, clock })
  const proposals = createOpenProposals(store)
  const sentBack = createSentBack({ store, clock })

  return async function home({ user, organisation }: Member): Promise<Waiting> {
    const { kind, id, issuer = '' } = organisation
    const rows = await store.all(kind === 'contractor' ? ofOrg(id) : ofIssuer(issuer))
    const lines = Object.fromEntries(rows.map(({ status, count }) => [status, count]))
    if (kind === 'contractor') return { lines, ...NONE }
    const [waiting] = await store.all(submissions(issuer))
    const open = await wishes.open(issuer)
    const ofType = (type: WishType) => open.filter((wish) => wish.type === type).length
    return {
      lines,
      wishes: { leaked: ofType('leaked'), rekey: ofType('rekey') },
      notArrived: waiting?.count ?? 0,
      lostMails: await mails(issuer),
      proposals: await proposals(issuer),
      sentBack: await sentBack(user),
    }
  }
}

function createLostMails(store: Store) {
  const lost = kept(store.db, (db, issuer: string) =>
    db
      .selectFrom('mail')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('issuer', '=', issuer)
      .where('state', 'in', ['refused', 'bounced'])
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('mail as again')
              .select('again.id')
              .whereRef('again.resentFrom', '=', 'mail.id'),
          ),
        ),
      ),
  )
  return async (issuer: string): Promise<number> => (await store.all(lost(issuer)))[0]?.count ?? 0
}
