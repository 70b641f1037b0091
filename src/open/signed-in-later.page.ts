import { Hono } from 'hono'
import { Fault } from '../base/fault.ts'

/** Where {@link signedInPages} answers. */
const PATHS = [
  '/desk',
  '/desk/*',
  '/sign-in',
  '/sign-in/*',
  '/sign-out',
  '/invitation',
  '/invitation/*',
  '/account',
  '/account/*',
  '/api/auth/callback/*',
]

/**
 * The pages of those who are signed in, loaded with the first request for one of them: with the
 * libraries behind them they are two fifths of a server's memory, and most servers answer officers.
 */
export function signedInLater(load: () => Promise<Hono>): Hono {
  let loading: Promise<Hono> | undefined
  const app = new Hono()
  for (const path of PATHS) {
    app.all(path, async (c) => {
      loading ??= load().then(passingOn)
      const pages = await loading.catch((error) => {
        // Whoever comes next tries again.
        loading = undefined
        throw error
      })
      return pages.fetch(c.req.raw, c.env)
    })
  }
  return app
}

/** Faults are answered where all others are. */
function passingOn(pages: Hono): Hono {
  pages.onError((error) => {
    throw error
  })
  pages.notFound(() => {
    throw new Fault('not_found', 'There is nothing under this path.')
  })
  return pages
}
