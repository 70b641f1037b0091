import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createAudit } from '../../../src/audit/audit.ts'
import { ENTRY_COLUMNS } from '../../../src/audit/entry-rows.ts'
import { readConfig } from '../../../src/config.ts'
import { openNode } from '../../../src/open.ts'
import { systemClock } from '../../../src/outside/clock.ts'
import { createPlatform } from '../../../src/platform/platform.ts'
import { byTurns, type Figure, median, pairedRatio, whole } from '../measure.ts'
import { type Measured, startAkashi } from '../servers.ts'
import type { BenchSettings } from '../settings.ts'

const FORMATS = { NDJSON: 'application/x-ndjson', CSV: 'text/csv' } as const

type Name = keyof typeof FORMATS

/** Whole pulls of a large log, all columns, against the `sqlite3` command line on the same rows. */
export async function pullCase(settings: BenchSettings): Promise<Figure[]> {
  const { dataDir } = await settings.data('large')
  const token = await auditToken(dataDir)
  const akashi = await startAkashi(dataDir, settings.port())
  const figures: Figure[] = []
  try {
    for (const name of Object.keys(FORMATS) as Name[]) {
      let most = 0
      const { own, cli } = await byTurns(settings.rounds, {
        own: async () => {
          const pulled = await pull(akashi, token, name)
          most = Math.max(most, pulled.memory)
          return pulled.rows / pulled.cpu
        },
        cli: () => commandLine(join(dataDir, 'akashi.db'), name),
      })
      const [a, b] = [own, cli].map((values) => whole(median(values)))
      const detail = `${a} rows a CPU second; ${b}; ${whole(most / 2 ** 20)} MB resident`
      const work = `${name} pull of all entries`
      const ratio = pairedRatio(own, cli)
      figures.push({
        work,
        against: '`sqlite3`, same rows',
        ratio,
        reach: 1,
        better: 'more',
        detail,
      })
    }
    return figures
  } finally {
    await akashi.stop()
  }
}

/** A token for everything, made as `akashi token create` makes it. */
export async function auditToken(dataDir: string): Promise<string> {
  const opened = await openNode(readConfig({ DATA_DIR: dataDir, DEMO: '0' }), systemClock, false)
  try {
    const platform = createPlatform(opened.ports, opened.settings, '')
    const { tokens } = createAudit(opened.ports, platform)
    const wish = { role: 'auditor', owners: [], issuers: [], all: true, days: 1 } as const
    return (await tokens.create(wish)).token
  } finally {
    await opened.close()
  }
}

/** One whole pull, its bytes read and dropped. */
async function pull(
  server: Measured,
  token: string,
  name: Name,
): Promise<{ rows: number; cpu: number; memory: number }> {
  const before = server.cpu()
  const answer = await fetch(`http://127.0.0.1:${server.port}/v1/audit/entries`, {
    headers: { authorization: `Bearer ${token}`, accept: FORMATS[name] },
  })
  if (!answer.ok || !answer.body) throw new Error(`the pull answers ${answer.status}`)
  let rows = 0
  let memory = 0
  for await (const chunk of answer.body) {
    for (const byte of chunk) if (byte === 10) rows += 1
    memory = Math.max(memory, server.memory())
  }
  return { rows, cpu: server.cpu() - before, memory }
}

/** Rows in a CPU second of `sqlite3`, its output thrown away. */
function commandLine(database: string, name: Name): number {
  const columns = ENTRY_COLUMNS.map(({ name: column }) =>
    column === 'index' ? 'position' : column,
  )
  const named = columns.map((column) => `'${column}', "${column}"`)
  const query =
    name === 'CSV'
      ? `SELECT ${columns.map((column) => `"${column}"`).join(', ')} FROM logFact`
      : `SELECT json_object(${named.join(', ')}) FROM logFact`
  const mode = name === 'CSV' ? 'csv' : 'list'
  const script = `TIMEFORMAT='%U %S'; time sqlite3 -cmd '.mode ${mode}' "$0" "$1" > /dev/null`
  const { stderr } = spawnSync('bash', ['-c', script, database, query], { encoding: 'utf8' })
  const [user, system] = stderr.trim().split(' ').map(Number) as [number, number]
  const count = spawnSync('sqlite3', [database, 'SELECT count(*) FROM logFact'], {
    encoding: 'utf8',
  })
  return Number(count.stdout) / (user + system)
}

/** Keeps a pull going from a process of its own until it is stopped. */
export function pullForEver({ port }: Measured, token: string): { stop(): Promise<void> } {
  const header = `authorization: Bearer ${token}`
  const url = `http://127.0.0.1:${port}/v1/audit/entries`
  const once_ = `curl -s -H "$0" -H 'accept: application/x-ndjson' "$1" > /dev/null`
  const child = spawn('bash', ['-c', `while true; do ${once_}; done`, header, url], {
    stdio: 'ignore',
    detached: true,
  })
  return {
    async stop() {
      process.kill(-(child.pid as number), 'SIGKILL')
      await once(child, 'exit')
    },
  }
}
