import type { Context, MiddlewareHandler } from 'hono'
import { codePoints } from '../base/text.ts'
import { DEED } from '../web/form.ts'
import { langOf } from '../web/site.ts'
import type { Accounts } from './accounts.ts'
import type { KeptForm } from './kept-forms.ts'

/** Bytes of a form with its files, and code points of its texts, past which it is not kept. */
const LARGEST_BODY = 22 * 1024 * 1024
const LARGEST_FORM = 64 * 1024

/**
 * Keeps a form that a door sends to the sign-in page, so that signing in leads back to it. The doors
 * behind it need do nothing.
 */
export function keepPosted({ keptForms }: Accounts): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method !== 'POST') return next()
    await next()
    const to = c.res.headers.get('location')
    if (c.res.status !== 303 || !to?.startsWith('/sign-in?')) return
    const id = await keptForms.keep(c.req.header('cookie') ?? '', () => formOf(c))
    if (id === undefined) return
    const lang = langOf(c) === 'en' ? '&lang=en' : ''
    // A new answer in its place would inherit the old one's header.
    const resume = encodeURIComponent(`/sign-in/resume?form=${id}${lang}`)
    c.header('location', `/sign-in?next=${resume}${lang}`)
  }
}

async function formOf(c: Context): Promise<KeptForm | undefined> {
  const length = Number(c.req.header('content-length') ?? Number.NaN)
  if (c.req.raw.bodyUsed || !(length <= LARGEST_BODY)) return undefined
  const sent = await c.req.formData().catch(() => undefined)
  if (!sent) return undefined
  const all = [...sent.entries()]
  const fields = all.filter((field): field is [string, string] => typeof field[1] === 'string')
  const size = fields.reduce((sum, [name, value]) => sum + codePoints(name + value), 0)
  if (size > LARGEST_FORM || isDeed(fields)) return undefined
  const { pathname, search } = new URL(c.req.url)
  const hadFiles = all.some(([, value]) => typeof value !== 'string' && value.size > 0)
  const isMultipart = /^multipart\//i.test(c.req.header('content-type') ?? '')
  return { action: pathname + search, fields, isMultipart, hadFiles }
}

/** A button such as 承認して確定する, which says so itself, or with no field at all. */
function isDeed(fields: readonly (readonly [string, string])[]): boolean {
  return fields.length === 0 || fields.some(([name]) => name === DEED)
}
