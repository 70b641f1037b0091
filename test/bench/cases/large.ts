import { setTimeout } from 'node:timers/promises'
import { forMilliseconds, load, postBytes } from '../load.ts'
import { byTurns, type Figure, median, pairedRatio, quantile, slope, whole } from '../measure.ts'
import { type Measured, startAkashi } from '../servers.ts'
import type { BenchSettings } from '../settings.ts'
import { requestBody, warmUp } from './lookup.ts'
import { auditToken, pullForEver } from './pull.ts'

/** One at a time: with more, what is measured is the queue. */
const ALONE = 1
const FEW = 4
const MEMORY_AFTER = 180_000
const SAMPLE_EVERY = 2000
/** Guarantees that are looked up again and again, as officers do. */
const WARM = 10_000

/** What a large log costs: time of a look-up, of a start, and memory. */
export async function largeCase(settings: BenchSettings): Promise<Figure[]> {
  const small = await settings.data('small')
  const large = await settings.data('large')
  const token = await auditToken(large.dataDir)
  const few = await startAkashi(small.dataDir, settings.port())
  const many = await startAkashi(large.dataDir, settings.port())
  try {
    const warm = Math.min(WARM, small.guarantees)
    await warmUp(few, warm)
    await warmUp(many, warm)
    return [
      await sizes(settings, few, many, warm),
      await besidePull(settings, many, token, warm),
      ...(await memory(settings, many, large.guarantees)),
    ]
  } finally {
    await Promise.all([few.stop(), many.stop()])
  }
}

function requests({ random }: BenchSettings, guarantees: number): Buffer[] {
  return Array.from({ length: 5000 }, () =>
    postBytes('/v1/lookup', requestBody(Math.floor(random() * guarantees), 'plain')),
  )
}

async function sizes(
  settings: BenchSettings,
  few: Measured,
  many: Measured,
  warm: number,
): Promise<Figure> {
  const asked = requests(settings, warm)
  const p50 = async ({ port }: Measured) => {
    const { latencies } = await load(port, ALONE, forMilliseconds(settings.milliseconds, asked))
    return median(latencies)
  }
  const { large, small } = await byTurns(settings.rounds, {
    large: () => p50(many),
    small: () => p50(few),
  })
  return {
    work: 'look-up with 1M records, warm, p50',
    against: 'itself with 14k records',
    ratio: pairedRatio(large, small),
    reach: 1.3,
    better: 'less',
    detail: `${median(large).toFixed(2)} ms; ${median(small).toFixed(2)} ms`,
  }
}

async function besidePull(
  settings: BenchSettings,
  many: Measured,
  token: string,
  warm: number,
): Promise<Figure> {
  const asked = requests(settings, warm)
  const p99 = async () => {
    const { latencies } = await load(many.port, FEW, forMilliseconds(settings.milliseconds, asked))
    return quantile(latencies, 0.99)
  }
  const { beside, alone } = await byTurns(settings.rounds, {
    beside: async () => {
      const pull = pullForEver(many, token)
      await setTimeout(500)
      return p99().finally(() => pull.stop())
    },
    alone: async () => {
      await setTimeout(500)
      return p99()
    },
  })
  return {
    work: 'look-ups’ p99 while a full pull runs',
    against: 'without it',
    ratio: pairedRatio(beside, alone),
    reach: 3,
    better: 'less',
    detail: `${median(beside).toFixed(1)} ms; ${median(alone).toFixed(1)} ms`,
  }
}

/** Resident memory in the third minute of a load that asks for every guarantee alike. */
async function memory(
  settings: BenchSettings,
  many: Measured,
  guarantees: number,
): Promise<Figure[]> {
  const asked = requests(settings, guarantees)
  const samples: [minutes: number, megabytes: number][] = []
  const started = performance.now()
  const timer = setInterval(() => {
    const minutes = (performance.now() - started) / 60_000
    samples.push([minutes, many.memory() / 2 ** 20])
  }, SAMPLE_EVERY)
  await load(many.port, FEW, forMilliseconds(MEMORY_AFTER, asked))
  clearInterval(timer)
  const last = samples.slice(-Math.ceil(samples.length / 3))
  const most = Math.max(...last.map(([, megabytes]) => megabytes))
  const growth = slope(last)
  return [
    {
      work: 'resident memory with 1M records, after three minutes of load',
      against: '300 MB',
      ratio: most / 300,
      reach: 1,
      better: 'less',
      detail: `${whole(most)} MB`,
    },
    {
      work: 'its growth in the third minute',
      against: '1 MB a minute',
      ratio: growth,
      reach: 1,
      better: 'less',
      detail: `${growth.toFixed(1)} MB a minute`,
    },
  ]
}

/** From the start of the process to its first answer. */
export async function startCase(settings: BenchSettings): Promise<Figure[]> {
  const empty = await settings.data('empty')
  const large = await settings.data('large')
  const timed = async (dataDir: string) => {
    const before = performance.now()
    const server = await startAkashi(dataDir, settings.port())
    await fetch(`http://127.0.0.1:${server.port}/`)
    const took = performance.now() - before
    await server.stop()
    return took
  }
  const { full, none } = await byTurns(settings.rounds, {
    full: () => timed(large.dataDir),
    none: () => timed(empty.dataDir),
  })
  return [
    {
      work: 'start to first answer with 1M records',
      against: 'an empty database',
      ratio: pairedRatio(full, none),
      reach: 2,
      better: 'less',
      detail: `${whole(median(full))} ms; ${whole(median(none))} ms`,
    },
  ]
}
