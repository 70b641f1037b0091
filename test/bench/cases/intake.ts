import { type BenchSigner, benchPair, benchSigner } from '../../../src/demo/bench-data.ts'
import { forMilliseconds, postBytes } from '../load.ts'
import { byTurns, type Figure, median, whole } from '../measure.ts'
import { type Measured, perCpuSecond, startAkashi, startFloor } from '../servers.ts'
import type { BenchSettings } from '../settings.ts'
import { verifications } from '../verifications.ts'

const BATCH = 1000
const CONNECTIONS = 64
/** Single submissions in one turn: enough to fill some seconds. */
const SINGLES = 4000

/** Submissions in batches and one by one, against signature verifications alone. */
export async function intakeCase(settings: BenchSettings): Promise<Figure[]> {
  const { dataDir, guarantees } = await settings.data('small')
  const akashi = await startAkashi(dataDir, settings.port())
  const signer = benchSigner(settings.seed, await platformOf(akashi.port), settings.today)
  const source = freshRecords(signer, guarantees)
  try {
    return [await batches(settings, akashi, source), await singles(settings, akashi, source)]
  } finally {
    await akashi.stop()
  }
}

/** Bodies of `POST /v1/records` that were not sent before. */
type Fresh = (count: number) => { record: string; authKey: string }[]

function freshRecords(signer: BenchSigner, from: number): Fresh {
  let n = from
  return (count) =>
    Array.from({ length: count }, () => {
      const { authKey } = benchPair(n)
      return { record: signer.record(n++), authKey }
    })
}

async function batches(settings: BenchSettings, akashi: Measured, source: Fresh): Promise<Figure> {
  const { own, verified } = await byTurns(settings.rounds, {
    own: async () => {
      const bodies = Array.from({ length: 4 }, () => {
        const lines = source(BATCH).map((line) => `${JSON.stringify(line)}\n`)
        return postBytes('/v1/records/batch', lines.join(''), 'application/x-ndjson')
      })
      return BATCH * (await perCpuSecond(akashi, () => bodies.pop(), 1))
    },
    verified: () => verifications(settings.seed),
  })
  return {
    work: '`POST /v1/records/batch`: gate, verify, rules, append, durable',
    against: 'Ed25519 verifications',
    ratio: median(own.map((value, i) => value / (verified[i] as number))),
    reach: 0.6,
    better: 'more',
    detail: `${whole(median(own))} records a CPU second; ${whole(median(verified))} verifications`,
  }
}

async function singles(settings: BenchSettings, akashi: Measured, source: Fresh): Promise<Figure> {
  const [answer] = source(1)
  const received = await fetch(`http://127.0.0.1:${akashi.port}/v1/records`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(answer),
  })
  const floor = await startFloor(settings, { receipt: await received.json() })
  const asked = postBytes('/bytes/receipt', JSON.stringify(answer))
  try {
    const { own, bare, verified } = await byTurns(settings.rounds, {
      own: () => {
        const bodies = source(SINGLES).map((body) => postBytes('/v1/records', JSON.stringify(body)))
        return perCpuSecond(akashi, () => bodies.pop(), CONNECTIONS)
      },
      bare: () => perCpuSecond(floor, forMilliseconds(settings.milliseconds, [asked]), CONNECTIONS),
      verified: () => verifications(settings.seed),
    })
    // The CPU time of a bare request and of one verification, one after the other.
    const together = bare.map((value, i) => 1 / (1 / value + 1 / (verified[i] as number)))
    return {
      work: '64 concurrent `POST /v1/records`, one each, durable',
      against: 'a bare HTTP request and one verification',
      ratio: median(own.map((value, i) => value / (together[i] as number))),
      reach: 0.5,
      better: 'more',
      detail: `${whole(median(own))} a CPU second; ${whole(median(together))}`,
    }
  } finally {
    await floor.stop()
  }
}

async function platformOf(port: number): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/trust`)
  return ((await answer.json()) as { platform: string }).platform
}
