import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { base64url, sha256, utf8 } from '../../src/base/bytes.ts'
import { seeded } from '../support/seeded.ts'
import { mutateText, pumped } from './mutate.ts'
import type { Target } from './target.ts'
import { startWatch } from './watch.ts'

/** Texts that once broke a parser, or nearly so; each is read again by every run. */
const FOUND = join(import.meta.dirname, 'found')

/** Milliseconds of processor time in which any text is read. */
const LONGEST = 250

/** What counts as growing faster than the text: four times the time for twice the length. */
const RATIO = 3.2
const WORTH_A_LOOK = 20

const MOST_KEPT = 300

export interface Budget {
  seed: number
  /** Mutated texts, at least. */
  rounds: number
  /** Mutated texts after which one is looked at while it grows. */
  growthEvery: number
  /** Goes on until so many seconds have passed. */
  seconds: number
}

export interface Tally {
  texts: number
  /** How often each outcome was met. */
  outcomes: Map<string, number>
  /** Milliseconds of processor time. */
  slowest: number
}

/**
 * Reads seeds, texts found before, and then mutations of all of them.
 * @throws Error with the text and its file under `found/` for a crash, a wrong acceptance, a text
 *   that takes too long, or a time that grows faster than the text
 */
export async function fuzz(name: string, target: Target, budget: Budget): Promise<Tally> {
  const below = seeded(budget.seed)
  const tally: Tally = { texts: 0, outcomes: new Map(), slowest: 0 }
  const pool = [...target.seeds, ...foundBefore(name)]
  const watch = startWatch()
  const until = Date.now() + budget.seconds * 1000

  async function read(text: string): Promise<void> {
    watch.reading(text)
    try {
      const { outcome, took } = await timed(target, text)
      tally.texts += 1
      tally.slowest = Math.max(tally.slowest, took)
      const times = tally.outcomes.get(outcome) ?? 0
      tally.outcomes.set(outcome, times + 1)
      if (times === 0 && pool.length < MOST_KEPT) pool.push(text)
    } catch (error) {
      throw kept(name, text, error)
    }
  }

  try {
    for (const text of [...pool]) await read(text)
    const mutate = target.mutate ?? mutateText
    for (let round = 1; round <= budget.rounds || Date.now() < until; round++) {
      const text = mutate(pool[below(pool.length)] as string, below, pool)
      await read(text.slice(0, target.most))
      if (round % budget.growthEvery > 0) continue
      await checkGrowth(name, target, pumped(target.seeds, below), watch.reading)
    }
  } finally {
    watch.stop()
  }
  return tally
}

/** @throws Error when the text takes longer than any may, three times in a row */
async function timed(target: Target, text: string): Promise<{ outcome: string; took: number }> {
  let took = Number.POSITIVE_INFINITY
  let outcome = ''
  for (let tries = 0; tries < 3 && took > LONGEST; tries++) {
    const start = process.cpuUsage()
    outcome = await target.read(text)
    took = Math.min(took, since(start))
  }
  if (took > LONGEST) throw new Error(`it takes ${Math.round(took)} ms`)
  return { outcome, took }
}

async function checkGrowth(
  name: string,
  target: Target,
  grow: (size: number) => string,
  reading: (text: string) => void,
): Promise<void> {
  const whole = grow(target.most)
  try {
    reading(whole)
    const { took } = await timed(target, whole)
    if (took < WORTH_A_LOOK) return
    // Some lengths are refused at once, as every base64 that is not a multiple of four is.
    let short = 0
    for (const less of [0, 1, 2, 3]) {
      short = Math.max(short, await fastest(target, grow(whole.length / 2 - 6 * less)))
    }
    const long = await fastest(target, whole)
    if (long > WORTH_A_LOOK && long > RATIO * short) {
      throw new Error(`twice the length takes ${(long / short).toFixed(1)} times the time`)
    }
  } catch (error) {
    throw kept(name, whole, error)
  }
}

async function fastest(target: Target, text: string): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let tries = 0; tries < 5; tries++) {
    const start = process.cpuUsage()
    await target.read(text)
    best = Math.min(best, since(start))
  }
  return best
}

/** Milliseconds of processor time: a busy machine makes no text slow. */
function since(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

function foundBefore(name: string): string[] {
  const files = readdirSync(FOUND).filter((file) => file.startsWith(`${name}.`))
  return files.map((file) => JSON.parse(readFileSync(join(FOUND, file), 'utf8')) as string)
}

/** Keeps a text as JSON, which every text survives, and tells of it. */
function kept(name: string, text: string, error: unknown): Error {
  const file = `${name}.${base64url(sha256(utf8(text))).slice(0, 8)}.json`
  mkdirSync(FOUND, { recursive: true })
  writeFileSync(join(FOUND, file), `${JSON.stringify(text)}\n`)
  const shown = JSON.stringify(text.slice(0, 300))
  return new Error(`${name}: ${(error as Error).message}\n  on ${shown} (found/${file})`, {
    cause: error,
  })
}
