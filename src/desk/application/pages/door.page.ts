import type { Context } from 'hono'
import type { Member } from '../../../accounts/member.ts'
import type { MemberEnv } from '../../../accounts/require-member.ts'
import { Fault } from '../../../base/fault.ts'
import type { Day, Instant } from '../../../base/time.ts'
import type { Access, Clock, Random } from '../../../ports.ts'
import type { Store } from '../../../store/store.ts'
import type { Content } from '../../../web/html.ts'
import { answerPage, type Site } from '../../../web/site.ts'
import { areaOf } from '../../company/area.ts'
import { APPLIED_KINDS, type AppliedKind } from '../content.ts'
import { createAttachments } from '../draft/attachments.ts'
import { createDrafts } from '../draft/drafts.ts'
import type { Current } from '../draft/rows.ts'
import type { ContextPorts } from '../form/context.ts'
import { isId } from '../new-id.ts'
import { createList } from '../sent/list.ts'
import { createSend, type SendPorts } from '../sent/send.ts'
import { createSentApplications, type SentApplication } from '../sent/sent-application.ts'
import { createWishes } from '../sent/wish.ts'
import type { WithdrawPorts } from '../sent/withdraw.ts'
import type { OfficeSeen } from './sent.view.ts'

/** What the pages of applications are made of. */
export interface ApplicationPorts extends ContextPorts, SendPorts, WithdrawPorts {
  store: Store
  clock: Clock
  random: Random
  site: Site
  access: Pick<Access, 'note'>
  officeOf(issuer: string, branch: string | null): Promise<OfficeSeen>
  receptionOf(issuer: string, branch: string | null, at: Instant): Promise<Day | undefined>
  /** The name of a user; undefined for one that is no more. */
  userName(user: string): Promise<string | undefined>
}

export const HOME = '/desk/applications'

/** A request of a signed-in contractor. */
export type Request = Context<MemberEnv>

/** The deeds behind the pages, and what every page does first. */
export function createDoor(ports: ApplicationPorts) {
  const { store, site, access } = ports
  const drafts = createDrafts(ports)
  const sentApplications = createSentApplications(store)

  function memberOf(c: Request): Member {
    return c.get('member')
  }

  /** Somebody asked for what is another firm's: it is as if it did not exist, and is noted. */
  async function refuseForeign(c: Request): Promise<never> {
    const { user, organisation } = memberOf(c)
    const detail = { org: organisation.id, user, path: c.req.path }
    await access.note({ kind: 'foreign_id', detail })
    throw new Fault('not_found', 'There is no such application.')
  }

  /** The id of the address. @throws Fault not_found */
  function idOf(c: Request): string {
    const id = c.req.param('id') ?? ''
    if (!isId(id)) throw new Fault('not_found', 'There is no such application.')
    return id
  }

  /** The firm's own application of the address, in whatever state. @throws Fault not_found */
  async function ownOf(c: Request): Promise<Current> {
    const current = await drafts.current(idOf(c))
    if (!current) throw new Fault('not_found', 'There is no such application.')
    return current.org === memberOf(c).organisation.id ? current : refuseForeign(c)
  }

  /** The firm's own sent application of the address. @throws Fault not_found */
  async function sentOf(c: Request): Promise<SentApplication> {
    const { id, org } = await ownOf(c)
    const sent = await sentApplications.byId(id, { org })
    if (!sent) throw new Fault('not_found', 'The application was not sent.')
    return sent
  }

  function show(c: Request, title: string, body: Content, more: ShowMore = {}): Response {
    const { status, error = false, answered } = more
    const options = {
      title,
      error,
      area: areaOf(memberOf(c), HOME),
      styles: ['application', 'application-form'],
      scripts: ['/js/application.js', '/js/result.js'],
      ...(answered !== undefined && { answered }),
    }
    return answerPage(c, site, options, body, status)
  }

  return {
    ...{ ports, drafts, sentApplications, memberOf, refuseForeign, idOf, ownOf, sentOf, show },
    attachments: createAttachments(ports),
    lists: createList(store),
    sending: createSend(ports),
    wishes: createWishes(ports),
  }
}

interface ShowMore {
  status?: number
  error?: boolean
  /** As of a page. */
  answered?: string | false
}

export type Door = ReturnType<typeof createDoor>

/** The kind of the address. @throws Fault not_found */
export function kindOf(c: Request): AppliedKind {
  const kind = APPLIED_KINDS.find((one) => one === c.req.param('kind'))
  if (kind) return kind
  throw new Fault('not_found', 'There is no such guarantee.')
}
