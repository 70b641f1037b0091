import { readConfig } from '../../../src/config.ts'
import { benchPair } from '../../../src/demo/bench-data.ts'
import { numberKey } from '../../../src/guarantee/contract-number.ts'
import { openNode } from '../../../src/open.ts'
import { systemClock } from '../../../src/outside/clock.ts'
import { createProve } from '../../../src/platform/lookup/prove.ts'
import { dataIntegrity } from '../data-integrity.ts'
import { byTurns, type Figure, median, pairedRatio, whole } from '../measure.ts'
import type { BenchSettings } from '../settings.ts'
import { verifications } from '../verifications.ts'

/** Guarantees in one turn, each checked for the first time. */
const AT_ONCE = 1000

/** One document check: record signature, row, inclusion proof; nothing of it seen before. */
export async function documentCase(settings: BenchSettings): Promise<Figure[]> {
  const { dataDir, guarantees } = await settings.data('small')
  const opened = await openNode(readConfig({ DATA_DIR: dataDir, DEMO: '0' }), systemClock, false)
  const check = await dataIntegrity(settings.seed)
  const prove = createProve(opened.ports, opened.settings)
  let n = 0

  async function documents(): Promise<number> {
    const before = process.cpuUsage()
    for (let checked = 0; checked < AT_ONCE; n = (n + 1) % guarantees) {
      if (n % 5 < 2) continue
      const { contractNumber } = benchPair(n)
      const { checks } = await prove(
        { issuer: 'bench', contractNumber, numberKey: numberKey(contractNumber) },
        { proofs: true },
      )
      if (!checks.every(({ result }) => result === 'pass'))
        throw new Error(`${contractNumber} fails`)
      checked += 1
    }
    return AT_ONCE / seconds(before)
  }

  try {
    const { own, verified, integrity } = await byTurns(settings.rounds, {
      own: documents,
      verified: () => verifications(settings.seed),
      integrity: check,
    })
    const detail = `${whole(median(own))} a CPU second; ${whole(median(verified))} verifications, ${whole(median(integrity))} Data Integrity checks`
    const work = 'one document check: signature, row, inclusion proof'
    return [
      {
        work,
        against: 'Ed25519 verifications',
        ratio: pairedRatio(own, verified),
        reach: 0.4,
        better: 'more',
        detail,
      },
      {
        work,
        against: 'Data Integrity `eddsa-rdfc-2022`',
        ratio: pairedRatio(own, integrity),
        reach: 4,
        better: 'more',
        detail,
      },
    ]
  } finally {
    await opened.close()
  }
}

function seconds(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
