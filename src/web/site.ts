import type { Context } from 'hono'
import { PAGE_HEADERS } from './answer.ts'
import type { Content } from './html.ts'
import type { Lang } from './lang.ts'
import { type PageOptions, page } from './layout.ts'

/** What all pages of an installation have in common. */
export interface Site {
  /** `https://HOST` under which people reach it. */
  origin: string
  demo: boolean
  /** 運営者 and how to reach them, where the operator has said so. */
  operator?: string
  contact?: string
}

/** The language of a request: Japanese unless `?lang=en` asks for English. */
export function langOf(c: Context): Lang {
  return c.req.query('lang') === 'en' ? 'en' : 'ja'
}

/** A page with its headers in one piece. */
export function answerPage(
  c: Context,
  site: Site,
  options: Omit<PageOptions, 'lang' | 'demo' | 'origin' | 'operator'>,
  body: Content,
  status = 200,
): Response {
  const html = page({ lang: langOf(c), ...site, ...options }, body)
  return new Response(String(html), { status, headers: PAGE_HEADERS })
}
