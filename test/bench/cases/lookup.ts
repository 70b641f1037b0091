import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { benchPair } from '../../../src/demo/bench-data.ts'
import { forMilliseconds, load, postBytes } from '../load.ts'
import { byTurns, type Figure, median, pairedRatio } from '../measure.ts'
import { type Measured, startAkashi, startServer } from '../servers.ts'
import type { BenchSettings } from '../settings.ts'

const CONNECTIONS = 32

type Wanted = 'plain' | 'evidence'

/** `POST /v1/lookup` against the floor of the work and against bare node:http, same bytes each. */
export async function lookupCase(settings: BenchSettings): Promise<Figure[]> {
  const { dataDir, guarantees } = await settings.data('small')
  const akashi = await startAkashi(dataDir, settings.port())
  const floor = await startFloor(settings, dataDir, akashi.port)
  try {
    const first = await warmUp(akashi, guarantees)
    const plain = await ratios(settings, akashi, floor, guarantees, 'plain')
    const evidence = await ratios(settings, akashi, floor, guarantees, 'evidence')
    return [
      figure(
        'look-up, full check, signed receipt',
        'the floor',
        plain.floor,
        0.7,
        `${plain.detail}; first look-ups ${whole(first)}`,
      ),
      figure(
        'look-up, full check, signed receipt',
        'bare node:http',
        plain.bare,
        0.25,
        plain.detail,
      ),
      figure('the same with evidence', 'the floor', evidence.floor, 0.5, evidence.detail),
    ]
  } finally {
    await Promise.all([akashi.stop(), floor.stop()])
  }
}

function figure(
  work: string,
  against: string,
  ratio: number,
  reach: number,
  detail: string,
): Figure {
  return { work, against, ratio, reach, better: 'more', detail }
}

/** The floor sends the very bytes that the product answers to the first pair. */
async function startFloor(
  settings: BenchSettings,
  dataDir: string,
  akashiPort: number,
): Promise<Measured> {
  const url = `http://127.0.0.1:${akashiPort}/v1/lookup`
  const answerOf = async (wanted: Wanted): Promise<unknown> => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: requestBody(0, wanted),
    })
    if (!answer.ok) throw new Error(`the look-up answers ${answer.status}`)
    return answer.json()
  }
  const file = join(dataDir, 'bench-answers.json')
  const answers = { plain: await answerOf('plain'), evidence: await answerOf('evidence') }
  writeFileSync(file, JSON.stringify(answers))
  const port = settings.port()
  const args = [String(port), join(dataDir, 'akashi.db'), file]
  return startServer('test/bench/floor.ts', port, { args })
}

/** Request bodies of an officer's program. */
function requestBody(n: number, wanted: Wanted): string {
  return JSON.stringify({ ...benchPair(n), ...(wanted === 'plain' && { include: [] }) })
}

async function ratios(
  { rounds, milliseconds, random }: BenchSettings,
  akashi: Measured,
  floor: Measured,
  guarantees: number,
  wanted: Wanted,
): Promise<{ floor: number; bare: number; detail: string }> {
  const bodies = Array.from({ length: 5000 }, () =>
    requestBody(Math.floor(random() * guarantees), wanted),
  )
  const contender = (server: Measured, path: string) => {
    const requests = bodies.map((body) => postBytes(path, body))
    return () => perCpuSecond(server, forMilliseconds(milliseconds, requests))
  }
  const results = await byTurns(rounds, {
    akashi: contender(akashi, '/v1/lookup'),
    floor: contender(floor, `/lookup/${wanted}`),
    bare: contender(floor, `/bytes/${wanted}`),
  })
  const [own, work, bare] = [results.akashi, results.floor, results.bare].map(median)
  return {
    floor: pairedRatio(results.akashi, results.floor),
    bare: pairedRatio(results.akashi, results.bare),
    detail: `${whole(own)} a CPU second; floor ${whole(work)}, bare ${whole(bare)}`,
  }
}

function whole(value: number | undefined): string {
  return String(Math.round(value ?? Number.NaN))
}

/** Every guarantee once: what is measured afterwards is not its first look-up. */
function warmUp(server: Measured, guarantees: number): Promise<number> {
  let n = 0
  return perCpuSecond(server, () =>
    n < guarantees ? postBytes('/v1/lookup', requestBody(n++, 'plain')) : undefined,
  )
}

/** Answers per second of the server's CPU under a load. */
async function perCpuSecond(
  server: Measured,
  next: () => Buffer | undefined,
  connections: number = CONNECTIONS,
): Promise<number> {
  const before = server.cpu()
  const { answers, refused } = await load(server.port, connections, next)
  if (refused > 0) throw new Error(`${refused} of ${answers} answers were refusals`)
  return answers / (server.cpu() - before)
}
