import { type Instant, instant, milliseconds } from '../../base/time.ts'
import { numberKey as foldNumber } from '../../guarantee/contract-number.ts'
import type { DeskPorts, EventSeen } from '../../ports.ts'
import { createDoingRows, type Told } from './doing-rows.ts'

/** Milliseconds within which the platform is not asked again, and after which a page goes without. */
const FRESH = 10_000
const PATIENCE = 3000
/** Answers of the platform that one reading takes; what is behind them is left to the next. */
const MOST_ANSWERS = 500

/** 発注者の確認状況: what was done with a guarantee, as of a moment; or that nobody can say now. */
export type OwnerDoings =
  | { state: 'known'; asOf: Instant; lookups: Told; openings: Told }
  | { state: 'unknown'; asOf?: Instant }

/**
 * Look-ups by number and key, and openings of share links, from the platform's events: read on from
 * where the last reading ended, and added up. The platform tells neither who nor from where.
 */
export function createOwnerDoings({
  store,
  clock,
  report,
  platform,
}: Pick<DeskPorts, 'store' | 'clock' | 'report' | 'platform'>) {
  const rows = createDoingRows(store)
  const running = new Map<string, Promise<boolean>>()

  /** Whether everything was read that has happened until now. */
  async function read(issuer: string): Promise<boolean> {
    for (let answers = 0; answers < MOST_ANSWERS; answers++) {
      const last = await rows.lastRead(issuer)
      if (last && clock.now() - milliseconds(last.at) < FRESH) return true
      const { items, next } = await platform.events(issuer, last?.cursor ?? undefined)
      const now = instant(clock.now())
      const at = next === undefined ? now : (last?.at ?? instant(0))
      const cursor = items.at(-1)?.cursor ?? last?.cursor ?? null
      // Another process may have added the same just now: then its step is taken, and we read on.
      await rows.add(issuer, (last?.step ?? 0) + 1, { cursor, at }, summed(items))
    }
    return false
  }

  function readOnce(issuer: string): Promise<boolean> {
    const known = running.get(issuer)
    if (known) return known
    const reading = read(issuer)
      .catch((error: unknown) => {
        report('events_not_read', { issuer, error: String(error) })
        return false
      })
      .finally(() => running.delete(issuer))
    running.set(issuer, reading)
    return reading
  }

  function inTime(reading: Promise<boolean>): Promise<boolean> {
    return Promise.race([reading, clock.sleep(PATIENCE).then(() => false)])
  }

  return async function ownerDoings(issuer: string, numberKey: string): Promise<OwnerDoings> {
    const whole = platform.unanswered() === undefined && (await inTime(readOnce(issuer)))
    const last = await rows.lastRead(issuer)
    const asOf = last && last.at !== instant(0) ? last.at : undefined
    if (!whole || asOf === undefined) return { state: 'unknown', ...(asOf && { asOf }) }
    return { state: 'known', asOf, ...(await rows.told(issuer, numberKey)) }
  }
}

/** Counts of one answer by guarantee and kind. */
function summed(items: readonly EventSeen[]) {
  const found = new Map<
    string,
    { numberKey: string; kind: string; count: number; lastAt: Instant }
  >()
  for (const { kind, contractNumber, at, share } of items) {
    // Whoever opened a link is counted as that: what it then shows is a look-up of its own.
    const counts = kind === 'share_opened' || (kind === 'lookup' && share === undefined)
    if (!counts || contractNumber === undefined) continue
    const numberKey = foldNumber(contractNumber)
    const id = `${kind} ${numberKey}`
    const count = (found.get(id)?.count ?? 0) + 1
    found.set(id, { numberKey, kind, count, lastAt: at })
  }
  return [...found.values()]
}
