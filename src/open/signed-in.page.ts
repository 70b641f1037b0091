import { Hono } from 'hono'
import { accountsPages } from '../accounts/accounts.page.ts'
import type { Accounts } from '../accounts/accounts.ts'
import { requireMember } from '../accounts/require-member.ts'
import type { Config } from '../config.ts'
import { applicationPages } from '../desk/application/pages/applications.page.ts'
import { guaranteesPages } from '../desk/guarantees/guarantees.page.ts'
import { lifePages } from '../desk/issue/life.page.ts'
import { mailsPages } from '../desk/notify/mails.page.ts'
import { statementPages } from '../desk/underwrite/statements.page.ts'
import { underwritePages } from '../desk/underwrite/underwrite.page.ts'
import type { Opened } from '../open.ts'
import type { Access, Clock } from '../ports.ts'
import type { Site } from '../web/site.ts'
import type { SourceOf } from '../web/source.ts'
import { accountsOf } from './accounts.ts'
import type { Desk } from './desk.ts'
import { applicationParts, guaranteeParts, underwritingParts } from './desk-parts.ts'

/** What the pages of signed-in people stand on. */
interface SignedInParts {
  desk: Desk
  accounts: Accounts
  access: Access
  clock: Clock
  site: Site
  confirmAt: string
  sourceOf: SourceOf
}

/** The pages of those who are signed in, and of signing in, which come first. */
function signedInPages({ desk, ...parts }: SignedInParts): Hono {
  const { accounts, access, site } = parts
  const { memberOf } = accounts
  const app = new Hono()
  app.route('/', accountsPages(parts, '/desk/*'))
  app.use('/desk/applications/*', requireMember(memberOf, ['contractor']))
  app.route('/', applicationPages(applicationParts(desk, parts)))
  const underwriting = underwritingParts(desk, parts)
  app.route('/', underwritePages(underwriting))
  app.route('/', statementPages(underwriting))
  app.route(
    '/',
    lifePages({ lifeDesk: desk.lifeDesk, memberOf, access, site, userName: accounts.users.nameOf }),
  )
  const guarantees = guaranteeParts(desk, parts)
  app.route('/', guaranteesPages(guarantees))
  app.route('/', mailsPages(guarantees))
  return app
}

/** The same, over the accounts of what was opened here. */
export function signedInHere(
  opened: Opened,
  config: Config,
  parts: Omit<SignedInParts, 'accounts' | 'clock' | 'confirmAt'>,
): Hono {
  const accounts = accountsOf(opened, config, parts.access)
  return signedInPages({
    ...parts,
    accounts,
    clock: opened.ports.clock,
    confirmAt: config.platformUrl,
  })
}
