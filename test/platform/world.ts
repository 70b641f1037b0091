import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { base64url } from '../../src/base/bytes.ts'
import { readConfig } from '../../src/config.ts'
import { type RecordPayload, readRecord, signCompact } from '../../src/guarantee/record.ts'
import { type Opened, openNode } from '../../src/open.ts'
import { createPlatform, type Platform } from '../../src/platform/platform.ts'
import type { Ports } from '../../src/ports.ts'
import { freshDatabase } from '../support/fresh-database.ts'
import {
  AUTH_KEY,
  certificate,
  NUMBER,
  newClock,
  newKey,
  PLATFORM,
  payload,
  registerParties,
  type Signer,
  START,
  type TestClock,
} from './sample.ts'

export type { Signer, TestClock }
export { AUTH_KEY, certificate, NUMBER, newKey, PLATFORM, payload, START }

export interface World {
  ports: Ports
  opened: Opened
  platform: Platform
  clock: TestClock
  issuer: Signer
  dataDir: string
  /** What was written for the operator. */
  reports: { event: string; facts: Record<string, unknown> }[]
  sign(record: RecordPayload, key?: Signer): Promise<string>
  /** Submits seq 1 with the sample key, and the given changes after it; the records, in order. */
  issue(...changes: Partial<RecordPayload>[]): Promise<string[]>
  lookup(change?: object): ReturnType<Platform['lookup']['byPair']>
  /** A platform over the same database whose ports are changed. */
  over(change: Partial<Ports>): Platform
  /** A second node on the same folder, with the same clock. */
  another(): Promise<World>
  /** Closes, so that files may be changed; then opens the same folder again, perhaps set otherwise. */
  reopen(change?: { env?: Record<string, string>; meanwhile?: () => void }): Promise<World>
}

/** A real platform on a real SQLite file in a folder of its own, with a clock that stands still. */
export async function newWorld(env: Record<string, string> = {}): Promise<World> {
  const dataDir = mkdtempSync(join(tmpdir(), 'akashi-world-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  freshDatabase(join(dataDir, 'akashi.db'))
  const world = await openWorld(dataDir, env, await newKey(), newClock())
  await registerParties(world.platform, world.issuer.publicJwk)
  return world
}

async function openWorld(
  dataDir: string,
  env: Record<string, string>,
  issuer: Signer,
  clock: TestClock,
): Promise<World> {
  const config = readConfig({ DATA_DIR: dataDir, PUBLIC_ORIGIN: PLATFORM, ...env })
  const opened = await openNode(config, clock, false)
  const reports: World['reports'] = []
  const report: Ports['report'] = (event, facts) => void reports.push({ event, facts })
  const ports = { ...opened.ports, report }
  const platform = createPlatform(ports, opened.settings, PLATFORM)
  let closed = false
  const close = async () => {
    if (!closed) await opened.close()
    closed = true
  }
  onTestFinished(close)
  const sign = (record: RecordPayload, key = issuer) =>
    signCompact({ typ: 'guarantee-record+jwt' }, record, key.privateJwk as never)
  return {
    ports,
    opened,
    platform,
    clock,
    issuer,
    dataDir,
    reports,
    sign,
    async issue(...changes) {
      const records: string[] = []
      for (const [i, change] of [{}, ...changes].entries()) {
        const last = records.at(-1)
        const prev = last === undefined ? null : base64url(readRecord(last).sha256)
        const record = await sign(
          payload({ seq: i + 1, prev, event: i === 0 ? 'issue' : 'amend', ...change }),
        )
        await platform.intake({ record, ...(i === 0 && { authKey: AUTH_KEY }) })
        records.push(record)
        clock.pass(1000)
      }
      return records
    },
    lookup: (change = {}) =>
      platform.lookup.byPair(
        { contractNumber: NUMBER, authKey: AUTH_KEY },
        { evidence: true, ...change },
      ),
    over: (change) => createPlatform({ ...ports, ...change }, opened.settings, PLATFORM),
    another: () => openWorld(dataDir, env, issuer, clock),
    async reopen(change = {}) {
      await close()
      change.meanwhile?.()
      return openWorld(dataDir, { ...env, ...change.env }, issuer, clock)
    },
  }
}
