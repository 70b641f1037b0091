import { DEMO_PAIRS } from '../../../src/demo.ts'
import type { Pair } from './deeds.ts'
import { inTurn, lookUp, open, type Place, send, type Way } from './ways.ts'

const BUDGET = 30
const PLACES = 64

/** Sent last, in the browser itself. */
const WRONG = { contractNumber: '99999-999999', authKey: 'Z28YUE4J3Buy' }

/**
 * With a mark of its own in the browser, so that what fails here slows no other story: the mark
 * follows from the guarantee that was looked up.
 */
const marked =
  (pair: Pair): Way =>
  async (place) => {
    await place.page.context().clearCookies()
    await lookUp(pair)(place)
  }

/** Wrong pairs out of this browser, each of another number; those that are told nothing yet go on. */
async function fail({ page, server: { origin } }: Place, count: number, signal?: AbortSignal) {
  const cookies = await page.context().cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const headers = { cookie, origin, 'content-type': 'application/x-www-form-urlencoded' }
  return Array.from({ length: count }, async (_, i) => {
    const body = new URLSearchParams({ ...WRONG, contractNumber: `99999-${100_000 + i}` })
    const options = { method: 'POST', headers, body, ...(signal && { signal }) }
    return (await fetch(`${origin}/verify`, options)).status
  })
}

const spend: Way = async (place) => void (await Promise.all(await fail(place, BUDGET)))

/** A wrong pair after as many as are free. */
export const lookUpSlowed: Way = async (place) => {
  const pair = place.lang === 'ja' ? DEMO_PAIRS.notStarted : DEMO_PAIRS.expired
  await inTurn(marked(pair), spend, open('/'), send('/verify', WRONG))(place)
}

/**
 * A wrong pair while as many wait as may. The first of them waits a second only, which a busy machine
 * needs for less: so who was let go comes back at once, and the page is open before.
 */
export const lookUpRefused: Way = async (place) => {
  const pair = place.lang === 'ja' ? DEMO_PAIRS.released : DEMO_PAIRS.onPaper
  await inTurn(marked(pair), spend, open('/'))(place)
  const leave = new AbortController()
  const full = Promise.withResolvers<void>()
  const stay = async (): Promise<void> => {
    const [status] = await fail(place, 1, leave.signal)
    if ((await status) !== 429) return stay()
    full.resolve()
  }
  const over = Promise.allSettled(Array.from({ length: PLACES + 1 }, stay))
  await full.promise
  await send('/verify', WRONG)(place)
  leave.abort()
  await over
  await place.page.context().clearCookies()
}
