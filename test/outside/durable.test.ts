import type * as fs from 'node:fs'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import type * as promises from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { openGuard } from '../../src/outside/guard-file.ts'
import { writeNew } from '../../src/outside/new-file.ts'
import { makeSecrets } from '../../src/outside/secrets-file.ts'

const { deeds, opened, disk } = vi.hoisted(() => ({
  /** Whether the file system knows of links, as that of a USB stick does not. */
  disk: { links: true },
  /** What was asked of the disk, in order. */
  deeds: [] as string[],
  opened: new Map<number, string>(),
}))

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>()
  return {
    ...real,
    openSync(path: string, ...how: [string]) {
      const file = real.openSync(path, ...how)
      opened.set(file, path)
      return file
    },
    fsyncSync(file: number) {
      real.fsyncSync(file)
      deeds.push(`sync ${kindOf(opened.get(file) as string)}`)
    },
    linkSync(from: string, to: string) {
      if (!disk.links) throw Object.assign(new Error('EPERM: link'), { code: 'EPERM' })
      real.linkSync(from, to)
      deeds.push(`link ${kindOf(from)} as ${kindOf(to)}`)
    },
  }
})

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof promises>()
  return {
    ...real,
    async rename(from: string, to: string) {
      await real.rename(from, to)
      deeds.push(`rename ${kindOf(from)} to ${kindOf(to)}`)
    },
  }
})

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'akashi-durable-'))
  deeds.length = 0
  return () => rmSync(folder, { recursive: true, force: true })
})

function kindOf(path: string): string {
  if (path === folder) return 'the folder'
  return path.endsWith('.tmp') ? 'a temporary file' : basename(path)
}

test('secrets are on the disk before they have their name, and the name before they are used', () => {
  makeSecrets(['ONE'], join(folder, 'secrets.json'), '2026-02-03T05:00:00.000Z')
  expect(deeds).toEqual([
    'sync a temporary file',
    'link a temporary file as secrets.json',
    'sync the folder',
  ])
  expect(readdirSync(folder)).toEqual(['secrets.json'])
})

test('secrets that find their name taken leave nothing beside it', () => {
  const make = () => makeSecrets(['ONE'], join(folder, 'secrets.json'), '2026-02-03T05:00:00.000Z')
  make()
  expect(make).toThrow(/EEXIST/)
  expect(readdirSync(folder)).toEqual(['secrets.json'])
})

test('a file system without links keeps a file whole, and in nobody else’s place', () => {
  disk.links = false
  onTestFinished(() => {
    disk.links = true
  })
  const path = join(folder, 'backup.secrets')
  writeNew(path, 'one')
  expect([readdirSync(folder), readFileSync(path, 'utf8')]).toEqual([['backup.secrets'], 'one'])
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(() => writeNew(path, 'two')).toThrow(/EEXIST/)
  expect([readdirSync(folder), readFileSync(path, 'utf8')]).toEqual([['backup.secrets'], 'one'])
})

test('a guard that is closed is on the disk, and so is its name', async () => {
  const guard = openGuard(join(folder, 'guard.note'))
  await guard.write('one\n')
  await guard.close()
  expect(deeds).toEqual([
    'rename a temporary file to guard.note',
    'sync guard.note',
    'sync the folder',
  ])
})

test('many notes at once are synced together, a second after the first', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const guard = openGuard(join(folder, 'guard.note'))
  for (let i = 0; i < 3; i++) await guard.write(`${i}\n`)
  const rename = 'rename a temporary file to guard.note'
  expect(deeds).toEqual([rename, rename, rename])
  vi.advanceTimersByTime(1000)
  expect(deeds.slice(3)).toEqual(['sync guard.note', 'sync the folder'])
  await guard.close()
  expect(deeds).toHaveLength(5)
})
