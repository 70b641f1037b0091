import { benchPair } from '../../../src/demo/bench-data.ts'
import { forMilliseconds, postBytes } from '../load.ts'
import { byTurns, type Figure, median, pairedRatio, whole } from '../measure.ts'
import { type Measured, perCpuSecond, startAkashi, startFloor } from '../servers.ts'
import type { BenchSettings } from '../settings.ts'

const CONNECTIONS = 32

type Wanted = 'plain' | 'evidence'

/** `POST /v1/lookup` against the floor of the work and against bare node:http, same bytes each. */
export async function lookupCase(settings: BenchSettings): Promise<Figure[]> {
  const { dataDir, guarantees } = await settings.data('small')
  const akashi = await startAkashi(dataDir, settings.port())
  const answers = {
    plain: await answerOf(akashi, 'plain'),
    evidence: await answerOf(akashi, 'evidence'),
  }
  const floor = await startFloor(settings, answers, dataDir)
  try {
    const first = await warmUp(akashi, guarantees)
    const plain = await ratios(settings, akashi, floor, guarantees, 'plain')
    const evidence = await ratios(settings, akashi, floor, guarantees, 'evidence')
    const detail = `${plain.detail}; first look-ups ${whole(first)}`
    return [
      figure('look-up, full check, signed receipt', 'the floor', plain.floor, 0.7, detail),
      figure('the same', 'bare node:http', plain.bare, 0.25, `the floor: ${plain.floorToBare}`),
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

async function answerOf({ port }: Measured, wanted: Wanted): Promise<unknown> {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/lookup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: requestBody(0, wanted),
  })
  if (!answer.ok) throw new Error(`the look-up answers ${answer.status}`)
  return answer.json()
}

/** The request of an officer's program. */
export function requestBody(n: number, wanted: Wanted): string {
  return JSON.stringify({ ...benchPair(n), ...(wanted === 'plain' && { include: [] }) })
}

async function ratios(
  { rounds, milliseconds, random }: BenchSettings,
  akashi: Measured,
  floor: Measured,
  guarantees: number,
  wanted: Wanted,
) {
  const bodies = Array.from({ length: 5000 }, () =>
    requestBody(Math.floor(random() * guarantees), wanted),
  )
  const contender = (server: Measured, path: string) => {
    const requests = bodies.map((body) => postBytes(path, body))
    return () => perCpuSecond(server, forMilliseconds(milliseconds, requests), CONNECTIONS)
  }
  const { own, work, bare } = await byTurns(rounds, {
    own: contender(akashi, '/v1/lookup'),
    work: contender(floor, `/lookup/${wanted}`),
    bare: contender(floor, `/bytes/${wanted}`),
  })
  const [a, b, c] = [own, work, bare].map((values) => whole(median(values)))
  return {
    floor: pairedRatio(own, work),
    bare: pairedRatio(own, bare),
    floorToBare: pairedRatio(work, bare).toFixed(2),
    detail: `${a} a CPU second; floor ${b}, bare ${c}`,
  }
}

/**
 * Every guarantee once, so that what is measured afterwards is not its first look-up.
 * @returns first look-ups in a CPU second
 */
export function warmUp(server: Measured, guarantees: number): Promise<number> {
  let n = 0
  const next = () =>
    n < guarantees ? postBytes('/v1/lookup', requestBody(n++, 'plain')) : undefined
  return perCpuSecond(server, next, CONNECTIONS)
}
