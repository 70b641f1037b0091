import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { signCompact } from '../../src/guarantee/record.ts'
import { codeOf } from '../platform/fault-of.ts'
import { certificate, newKey, newWorld, PLATFORM, payload, type Signer } from '../platform/world.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { newFolder } from './folder.ts'
import { LONG, PATIENCE, tell } from './plan.ts'
import { type Acknowledged, add, rowOf } from './reckon.ts'
import { forbidWriting, smallDisk } from './small-disk.ts'

const ROUNDS = LONG ? 10 : 2
const AUTH_KEY = 'Z28YUE4J3Bux'

async function ask(origin: string, path: string, body: object) {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(origin + path, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  return { status: response.status, answer: await response.json() }
}

async function started(env: Record<string, string>, within: readonly string[] = []) {
  const server = await startServer({ DEMO: '0', PUBLIC_ORIGIN: PLATFORM, ...env }, within)
  onTestFinished(() => server.kill())
  return server
}

/** A company that issues one guarantee after the other, and a count of what it looked up. */
function newCompany(signer: Signer) {
  const acknowledged: Acknowledged[] = []
  let count = 0
  return {
    acknowledged,
    lookups: 0,
    async sign(): Promise<string> {
      const sub = `12345-${String(count++).padStart(6, '0')}`
      const claims = payload({ sub, certificate: certificate({ contractNumber: sub }) })
      return signCompact({ typ: 'guarantee-record+jwt' }, claims, signer.privateJwk as never)
    },
    async submit({ origin }: RunningServer, record: string) {
      const { status, answer } = await ask(origin, '/v1/records', { record, authKey: AUTH_KEY })
      if (status < 300) acknowledged.push({ record, authKey: AUTH_KEY, receipt: answer.receipt })
      return { status, code: answer.code, detail: answer.detail }
    },
    async lookup({ origin }: RunningServer) {
      this.lookups++
      const pair = { contractNumber: '12345-000000', authKey: AUTH_KEY }
      const { status, answer } = await ask(origin, '/v1/lookup', pair)
      return [status, answer.checks?.slice(0, 3).map(({ result }: { result: string }) => result)]
    },
  }
}

async function readiness({ origin }: RunningServer) {
  const response = await fetch(`${origin}/readyz`)
  return [response.status, ((await response.json()) as { checks: { disk: string } }).checks.disk]
}

const FOUND = [200, ['pass', 'pass', 'pass']]

test('a full disk refuses records with the reason, answers look-ups, and goes on when there is room', {
  timeout: PATIENCE,
}, async (context) => {
  const folder = newFolder()
  const signer = await newKey()
  await folder.register(signer)
  const disk = await smallDisk()
  if (disk) cpSync(folder.dataDir, disk.outside, { recursive: true })
  const server = disk
    ? await started({ ...folder.env, DATA_DIR: disk.folder }, disk.within)
    : await started(folder.env)
  const company = newCompany(signer)
  const row = rowOf('the disk of the database full to the last byte', '')

  expect(await company.submit(server, await company.sign())).toMatchObject({ status: 201 })
  for (; row.times < ROUNDS; row.times++) {
    if (disk) disk.fill()
    else forbidWriting(server.pid, true)
    // What is there already is written over first.
    let record = await company.sign()
    let refused = await company.submit(server, record)
    for (let i = 0; i < 2000 && refused.status === 201; i++) {
      record = await company.sign()
      refused = await company.submit(server, record)
    }
    expect(refused).toMatchObject({ status: 503, code: disk ? 'disk_full' : 'store_unavailable' })
    expect(await company.submit(server, record)).toMatchObject({ status: 503 })
    for (let i = 0; i < 5; i++) expect(await company.lookup(server)).toEqual(FOUND)
    if (disk) expect(await readiness(server)).toEqual([503, 'failed'])

    if (disk) disk.makeRoom()
    else forbidWriting(server.pid, false)
    expect(await company.submit(server, record)).toMatchObject({ status: 201 })
    expect(await company.lookup(server)).toEqual(FOUND)
    if (disk) expect(await readiness(server)).toEqual([200, 'ok'])
  }
  expect(await server.stop()).toBe(0)

  if (disk) {
    rmSync(folder.dataDir, { recursive: true })
    cpSync(disk.outside, folder.dataDir, { recursive: true })
  }
  const found = await folder.reckon(company.acknowledged)
  row.answers = company.acknowledged.length + company.lookups
  add(row, found)
  tell(context, row)
  expect(found).toEqual({ lost: [], twice: [], broken: [], fsck: [] })
  expect(lookupsNoted(folder.dataDir)).toBe(company.lookups)
})

/** Rows of the access log for look-ups, those counted that could not be kept one by one included. */
function lookupsNoted(dataDir: string): number {
  const db = new Database(join(dataDir, 'akashi.db'))
  const rows = db
    .prepare("SELECT kind, detail FROM accessNote WHERE kind IN ('lookup', 'gap')")
    .all() as { kind: string; detail: string }[]
  db.close()
  return rows.reduce(
    (sum, { kind, detail }) => sum + (kind === 'gap' ? Number(JSON.parse(detail).count) : 1),
    0,
  )
}

const NO_DISK = 'this user may not have a mount namespace, and so no disk of their own'

test('a full disk of the guard takes records, is told by /readyz, and the guard follows when there is room', {
  timeout: PATIENCE,
}, async (context) => {
  const disk = await smallDisk()
  if (!disk) return context.skip(NO_DISK)
  const folder = newFolder()
  const signer = await newKey()
  await folder.register(signer)
  copyFileSync(join(folder.dataDir, 'guard.note'), join(disk.outside, 'guard.note'))
  const server = await started(
    { ...folder.env, GUARD_PATH: join(disk.folder, 'guard.note') },
    disk.within,
  )
  const company = newCompany(signer)
  const guard = () => readFileSync(join(disk.outside, 'guard.note'), 'utf8')
  const before = guard()
  disk.fill()
  for (let i = 0; i < 3; i++) {
    expect(await company.submit(server, await company.sign())).toMatchObject({ status: 201 })
  }
  expect([guard(), (await readiness(server))[0]]).toEqual([before, 503])
  expect(server.output()).toContain('guard_not_written')
  disk.makeRoom()
  expect((await readiness(server))[0]).toBe(200)
  expect(guard()).toBe(await (await fetch(`${server.origin}/log/checkpoint`)).text())
  const found = await folder.reckon(company.acknowledged)
  const row = rowOf('the disk of the guard full', '')
  add(row, found)
  tell(context, { ...row, times: 3, answers: 3 })
  expect(await server.stop()).toBe(0)
})

test.each([
  ['of the secrets', 'SECRETS_FILE', 'secrets.json'],
  ['of everything', 'DATA_DIR', 'data'],
] as const)(
  'a first start on a full disk %s is refused in a sentence, and leaves nothing half made',
  {
    timeout: PATIENCE,
  },
  async (_, name, file) => {
    const disk = await smallDisk()
    const folder = newFolder()
    const env = { ...folder.env, ...(disk && { [name]: join(disk.folder, file) }) }
    disk?.fill()
    // Where there is no small disk, a process that may write no byte.
    const within = disk?.within ?? ['prlimit', '--fsize=0']
    const start = started(env, within)
    await expect(start).rejects.toThrow(/The data cannot be opened: .+ Check DATA_DIR/)
    await expect(start).rejects.not.toThrow(/\n +at /)
    if (disk && name === 'SECRETS_FILE') expect(readdirSync(disk.outside)).toEqual(['filler'])
    disk?.makeRoom()
    const server = await started(env, disk?.within)
    expect((await readiness(server))[0]).toBe(200)
    expect(await server.stop()).toBe(0)
  },
)

test('an entry whose guard found no room is guarded as soon as there is some, and nobody is asked', async () => {
  const world = await newWorld()
  let [note, missed, full]: [string | undefined, string, boolean] = [undefined, '', true]
  const write = async (text: string) => {
    missed = text
    if (full) throw new Error('ENOSPC')
    note = text
  }
  const platform = world.over({
    guard: {
      read: async () => (note === undefined ? { state: 'absent' } : { state: 'kept', note }),
      write,
      retry: () => write(missed),
    },
  })
  // The first entry of all, as far as this guard knows.
  missed = (await world.platform.publicLog.checkpoint()) as string
  const submit = async () =>
    platform.intake({ record: await world.sign(payload()), authKey: AUTH_KEY })
  expect(await codeOf(submit())).toBe('log_rollback_detected')
  full = false
  expect(await submit()).toMatchObject({ fresh: true })
})
