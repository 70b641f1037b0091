import { createPublicKey, verify } from 'node:crypto'
import { benchSigner } from '../../src/demo/bench-data.ts'

const COUNT = 2000

/** Verifications of records' signatures by node:crypto, in a CPU second of this process. */
export function verifications(seed: Uint8Array): number {
  const signer = benchSigner(seed, 'http://127.0.0.1', '2026-04-01')
  const key = createPublicKey({ key: signer.publicJwk, format: 'jwk' })
  const parts = Array.from({ length: COUNT }, (_, n) => {
    const record = signer.record(n)
    const dot = record.lastIndexOf('.')
    const signature = Buffer.from(record.slice(dot + 1), 'base64url')
    return { signed: Buffer.from(record.slice(0, dot)), signature }
  })
  const before = process.cpuUsage()
  for (const { signed, signature } of parts) {
    if (!verify(null, signed, key, signature)) throw new Error('a record of the bench is not valid')
  }
  const { user, system } = process.cpuUsage(before)
  return COUNT / ((user + system) / 1e6)
}
