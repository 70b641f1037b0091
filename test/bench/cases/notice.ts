import { type KeyNotice, printKeyNotice } from '../../../src/desk/print/notice.pdf.ts'
import { createPress } from '../../../src/desk/print/press.ts'
import { newAuthKey } from '../../../src/guarantee/auth-key.ts'
import { fontFiles } from '../../../src/outside/font-files.ts'
import { notice } from '../../desk/print/samples.ts'
import { type Figure, median, whole } from '../measure.ts'
import type { BenchSettings } from '../settings.ts'

const PAPERS = 20
const MOST_MILLISECONDS = 120
const MOST_BYTES = 40_000

/** The key notice: each with another number and key, as they come; the first loads fonts and library. */
export async function noticeCase({ rounds, random }: BenchSettings): Promise<Figure[]> {
  const press = createPress(fontFiles)
  const bytes = (length: number) => Uint8Array.from({ length }, () => random() * 256)
  let serial = 100_000
  const next = (): KeyNotice => {
    serial += 1
    return { ...notice, contractNumber: `12345-${serial}`, authKey: newAuthKey(bytes) }
  }
  const sizes: number[] = []
  async function print(count: number): Promise<number> {
    const before = process.cpuUsage()
    for (let n = 0; n < count; n++) {
      sizes.push((await printKeyNotice(press, next())).pdf.length)
    }
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000 / count
  }

  const first = await print(1)
  const times: number[] = []
  for (let round = 0; round < rounds; round++) times.push(await print(PAPERS))
  const largest = Math.max(...sizes)
  return [
    {
      work: 'key notice as PDF, after the first',
      against: `${MOST_MILLISECONDS} ms of CPU`,
      ratio: median(times) / MOST_MILLISECONDS,
      reach: 1,
      better: 'less',
      detail: `${whole(median(times))} ms; the first ${whole(first)} ms, with library and fonts`,
    },
    {
      work: 'its size',
      against: '40 KB',
      ratio: largest / MOST_BYTES,
      reach: 1,
      better: 'less',
      detail: `${(largest / 1000).toFixed(1)} KB, fonts and tags in it`,
    },
  ]
}
