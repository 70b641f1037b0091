import type { Member } from '../../accounts/member.ts'
import { type Instant, instant } from '../../base/time.ts'
import type { MailTemplate } from '../../guarantee/mail-template.ts'
import type { Pair } from '../../ports.ts'
import { createSentApplications } from '../application/sent/sent-application.ts'
import type { Detail } from './detail.ts'
import type { FromPlatform } from './detail.view.ts'
import { createOwnerDoings } from './owner-doings.ts'
import type { GuaranteeParts } from './parts.ts'
import type { ShareDone, SharesPart } from './shares.view.ts'
import { submissionMail, USUAL_TEMPLATE } from './submission-mail.ts'

/** What a contractor wants done with the links of a guarantee. */
export type ShareAct =
  | { act: 'create'; scope: 'current' | 'history'; expiresAt: Instant }
  | { act: 'revoke'; id: string }

/** What the contractor's organisation alone sees of an electronic guarantee that has arrived. */
export interface ForContractor {
  /** The desk's own, so nobody waits for the platform to see it. */
  authKey: string
  /** What was wanted of the links, which is told whatever becomes of the rest. */
  done?: ShareDone
  /** Asks the platform. */
  told(): Promise<FromPlatform>
}

/**
 * The key, which is noted each time, and what it opens; an act on the links is done by then.
 * Undefined where there is no key to show.
 * @throws Fault of the platform where the act was refused, or nobody knows whether it was done
 */
export function createForContractor(parts: GuaranteeParts) {
  const { ports, access, authKeyOf } = parts
  const doingsOf = createOwnerDoings(ports)
  const mailOf = createMailOf(parts)

  return async function forContractor(
    { user, organisation }: Member,
    detail: Detail,
    act?: ShareAct,
  ): Promise<ForContractor | undefined> {
    const { row, arrivedAt } = detail
    if (arrivedAt === undefined || row.format !== 'electronic') return undefined
    const authKey = await authKeyOf(row)
    if (authKey === undefined) return undefined
    const { issuer, numberKey, contractNumber } = row
    const seen = { user, org: organisation.id, by: 'page' }
    await access.note({ kind: 'key_shown', issuer, numberKey, detail: seen })
    const pair = { issuer, contractNumber, authKey }
    const done = act && (await doneOf(ports, pair, act))
    return {
      authKey,
      ...(done && { done }),
      async told() {
        const [mail, doings, shares] = await Promise.all([
          mailOf(detail, authKey),
          doingsOf(issuer, numberKey),
          linksOf(ports, pair),
        ])
        return { mail, doings, shares, unanswered: ports.platform.unanswered() }
      },
    }
  }
}

/** Does what was wanted of the links. */
async function doneOf(
  { platform: { shares } }: GuaranteeParts['ports'],
  pair: Pair,
  act: ShareAct,
): Promise<ShareDone> {
  if (act.act === 'create') {
    const { scope, expiresAt } = act
    return { created: await shares.create(pair, { scope, expiresAt }) }
  }
  await shares.revoke(pair, act.id)
  return { revoked: true }
}

/** The links; that they cannot be had is shown. */
async function linksOf(
  { platform, clock, report }: GuaranteeParts['ports'],
  pair: Pair,
): Promise<SharesPart> {
  const items = await platform.shares.list(pair).catch((error: unknown) => {
    report('shares_not_read', { issuer: pair.issuer, error: String(error) })
    return undefined
  })
  return { now: instant(clock.now()), items }
}

/** 提出用メール文面 in the owner's words, to the department that takes this kind, where the directory knows them. */
function createMailOf({ ports: { store, platform, report }, confirmAt }: GuaranteeParts) {
  const sent = createSentApplications(store)

  return async ({ row, certificate }: Detail, authKey: string): Promise<FromPlatform['mail']> => {
    const application = await sent.byId(row.application, { org: row.org })
    const { person, phone } = application?.content.information ?? {}
    const name = certificate.owner.title ?? certificate.owner.name
    const owners = await platform.owners(name).catch((error: unknown) => {
      report('owners_not_read', { error: String(error) })
      return undefined
    })
    const owner = owners?.find((one) => one.name === name || one.aliases.includes(name))
    const departments = owner?.departments ?? []
    const department =
      departments.find(({ kind }) => kind === certificate.kind) ??
      departments.find(({ kind }) => kind === undefined)
    const to = department ? `${name}　${department.name}` : name
    const mail = submissionMail(
      owner?.mailTemplate ?? USUAL_TEMPLATE,
      certificate,
      { person, phone },
      { to, confirmAt, authKey },
    )
    const wording = owners ? wordingOf(owner?.mailTemplate, mail, authKey) : 'unknown'
    return { ...mail, wording, ...(department?.email !== undefined && { to: department.email }) }
  }
}

function wordingOf(
  own: MailTemplate | undefined,
  { body }: MailTemplate,
  authKey: string,
): FromPlatform['mail']['wording'] {
  if (own === undefined) return 'usual'
  return body.includes(authKey) ? 'ownerWithKey' : 'owner'
}
