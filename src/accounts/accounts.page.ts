import { Hono } from 'hono'
import { accountPages } from './account.page.ts'
import { invitationPages } from './invitation.page.ts'
import { keepPosted } from './kept-forms.page.ts'
import { signInPages } from './sign-in.page.ts'

/**
 * Signing in, joining by invitation, and one's own account.
 * @param kept a form that is posted under this path when the session has ended is kept; its doors are
 *   mounted behind these
 */
export function accountsPages(
  parts: Parameters<typeof signInPages>[0] &
    Parameters<typeof invitationPages>[0] &
    Parameters<typeof accountPages>[0],
  kept: string,
): Hono {
  const app = new Hono()
  app.use(kept, keepPosted(parts.accounts))
  app.route('/', signInPages(parts))
  app.route('/', invitationPages(parts))
  app.route('/', accountPages(parts))
  return app
}
