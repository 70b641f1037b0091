import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const BIN = join(import.meta.dirname, '..', '..', 'src', 'akashi.mjs')

export interface Run {
  status: number | null
  stdout: string
  stderr: string
}

/** A folder in which somebody types commands; `data` in it is DATA_DIR. */
export interface Desk {
  path: string
  dataDir: string
  /** Runs the real command with an environment of its own. */
  akashi(args: readonly string[], more?: { input?: string; env?: Record<string, string> }): Run
  /** As `akashi`, with `--json`; the parsed stdout. Fails unless the exit code is 0. */
  json<Result>(args: readonly string[]): Result
  write(name: string, content: unknown): string
  read(name: string): string
  remove(): void
}

export function newDesk(): Desk {
  const path = mkdtempSync(join(tmpdir(), 'akashi-cli-'))
  const dataDir = join(path, 'data')
  const { PATH = '', HOME = '' } = process.env

  function akashi(
    args: readonly string[],
    { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
  ): Run {
    const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
      cwd: path,
      env: { PATH, HOME, DATA_DIR: dataDir, LANG: 'C', ...env },
      input,
      encoding: 'utf8',
    })
    return { status, stdout, stderr }
  }

  return {
    path,
    dataDir,
    akashi,
    json<Result>(args: readonly string[]) {
      const { status, stdout, stderr } = akashi([...args, '--json'])
      if (status !== 0) throw new Error(`akashi ${args.join(' ')} ended with ${status}: ${stderr}`)
      return JSON.parse(stdout) as Result
    },
    write(name, content) {
      writeFileSync(
        join(path, name),
        typeof content === 'string' ? content : JSON.stringify(content),
      )
      return name
    },
    read: (name) => readFileSync(join(path, name), 'utf8'),
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

/** The parts of a first record that a person writes. */
export function issue(change: object = {}): Record<string, unknown> {
  return {
    iss: 'https://issuer.example',
    sub: '12345-678901',
    certificate: {
      kind: 'advance_payment',
      owner: { name: '富士市', title: '富士市長' },
      contractor: { name: '見本建設株式会社' },
      worksName: '市道改良工事',
      worksContractDate: '2026-01-15',
      worksCategory: 'works',
      lowBid: false,
      contractPrice: 50_000_000,
      guaranteedAmount: 20_000_000,
      depositBank: '見本銀行',
      // Far ahead, so that the guarantee is in force whenever the tests run.
      coverage: { start: '2026-01-16', end: '2099-03-20' },
      documentDate: '2026-01-16',
      terms: { id: 'akashi-2026', title: '前払金保証約款' },
    },
    ...change,
  }
}

/** A key, an issuer with it and an owner: what stands before the first record. */
export function register(desk: Desk): string {
  const { kid } = desk.json<{ kid: string }>(['key', 'new', '--out', 'issuer.jwk'])
  const name = ['--iss', 'https://issuer.example', '--name', '見本保証', '--phone', '054-000-0000']
  desk.json(['issuer', 'add', '--id', 'sample', ...name, '--key', 'issuer.pub.jwk'])
  const start = ['--start', '2025-11-14', '--basis', 'contract_date', '--alias', '富士市']
  desk.json(['owner', 'add', '--name', '富士市長', ...start, '--kinds', 'advance_payment,contract'])
  return kid
}
