// `npm run bench`: every figure of the README's table, as ratios within this one run.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { dayInTokyo, instant } from '../../src/base/time.ts'
import { readConfig } from '../../src/config.ts'
import { loadBenchData } from '../../src/demo/bench-data.ts'
import { openNode } from '../../src/open.ts'
import { systemClock } from '../../src/outside/clock.ts'
import { documentCase } from './cases/document.ts'
import { intakeCase } from './cases/intake.ts'
import { largeCase, startCase } from './cases/large.ts'
import { listCase } from './cases/list.ts'
import { lookupCase } from './cases/lookup.ts'
import { noticeCase } from './cases/notice.ts'
import { pullCase } from './cases/pull.ts'
import { type Figure, isReached } from './measure.ts'
import type { BenchSettings } from './settings.ts'

const CASES: Record<string, (settings: BenchSettings) => Promise<Figure[]>> = {
  lookup: lookupCase,
  intake: intakeCase,
  document: documentCase,
  pull: pullCase,
  large: largeCase,
  start: startCase,
  notice: noticeCase,
  list: listCase,
}

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    small: { type: 'string', default: '10000' },
    large: { type: 'string', default: '714286' },
    keep: { type: 'string' },
  },
})

const SEED = new Uint8Array(32).fill(42)
const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'akashi-bench-'))
mkdirSync(folder, { recursive: true })

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    // mulberry32, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

let nextPort = 20_000 + (process.pid % 10_000)

const settings: BenchSettings = {
  rounds: Number(values.rounds),
  milliseconds: Number(values.seconds) * 1000,
  seed: SEED,
  today: dayInTokyo(instant(systemClock.now())),
  folder,
  random: seeded(20261127),
  port: () => nextPort++,
  async data(size) {
    const guarantees = size === 'empty' ? 0 : Number(values[size])
    const made = join(folder, `${size}-${guarantees}`)
    if (!existsSync(join(made, 'akashi.db'))) await make(made, guarantees)
    const dataDir = mkdtempSync(join(folder, 'copy-'))
    cpSync(made, dataDir, { recursive: true })
    return { dataDir, guarantees }
  },
}

async function make(dataDir: string, guarantees: number): Promise<void> {
  const config = readConfig({ DATA_DIR: dataDir, DEMO: '0' })
  const opened = await openNode(config, systemClock, false)
  try {
    if (guarantees > 0) await loadBenchData(opened, guarantees, SEED)
  } finally {
    await opened.close()
  }
}

const figures: Figure[] = []
for (const [name, run] of Object.entries(CASES)) {
  if (values.only !== undefined && !values.only.split(',').includes(name)) continue
  process.stderr.write(`${name}\n`)
  figures.push(...(await run(settings)))
}
for (const figure of figures) {
  const { work, against, ratio, reach, better, detail } = figure
  const sign = better === 'more' ? '≥' : '≤'
  const mark = isReached(figure) ? '' : ' (short)'
  console.log(
    `| ${work} | ${against} | ${sign} ${reach} | ${ratio.toFixed(2)}${mark} | ${detail} |`,
  )
}
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.versions.node }
writeFileSync(
  join(import.meta.dirname, 'results.json'),
  `${JSON.stringify({ machine, figures }, null, 2)}\n`,
)
if (values.keep === undefined) rmSync(folder, { recursive: true, force: true })
