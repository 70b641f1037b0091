import { expect, test } from 'vitest'
import { fromUtf8, utf8 } from '../../src/base/bytes.ts'
import { Fault } from '../../src/base/fault.ts'
import { readRecord, verifyWithJose } from '../../src/guarantee/record.ts'
import { seeded } from '../support/seeded.ts'
import { newKey, payload, sign, type TestKey } from './sample.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

function mutate(jws: string, below: (n: number) => number): string {
  const at = below(jws.length)
  const symbol = ALPHABET.charAt(below(64))
  const other = below(jws.length)
  const ways = [
    () => jws.slice(0, at) + symbol + jws.slice(at + 1),
    () => jws.slice(0, at) + jws.slice(at + 1),
    () => jws.slice(0, at) + symbol + jws.slice(at),
    () => jws.slice(0, Math.min(at, other)) + jws.slice(Math.max(at, other)),
    () => {
      const bytes = utf8(jws)
      bytes[at] = (bytes[at] as number) ^ (1 << below(7))
      return fromUtf8(bytes)
    },
    () => {
      const symbols = [...jws]
      ;[symbols[at], symbols[other]] = [symbols[other] as string, symbols[at] as string]
      return symbols.join('')
    },
  ]
  return ways[below(ways.length)]?.() ?? jws
}

async function isAccepted(jws: string, key: TestKey): Promise<boolean> {
  try {
    const record = readRecord(jws)
    if (record.header.kid !== key.publicKey.kid) return false
    return await verifyWithJose(jws, key.publicKey)
  } catch (error) {
    if (error instanceof Fault) return false
    throw error
  }
}

test.each(['Ed25519', 'ES256'] as const)(
  'of 5,000 random mutations of a valid %s record none is accepted',
  async (alg) => {
    const key = newKey(alg)
    const jws = await sign(payload(), key)
    expect(await isAccepted(jws, key)).toBe(true)
    const below = seeded(20251114)
    const accepted: string[] = []
    let mutated = 0
    while (mutated < 5_000) {
      const mutation = mutate(jws, below)
      if (mutation === jws) continue
      mutated += 1
      if (await isAccepted(mutation, key)) accepted.push(mutation)
    }
    expect(accepted).toEqual([])
  },
)
