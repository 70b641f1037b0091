import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openGuard } from '../../src/outside/guard-file.ts'

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-guard-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('a note that was written is the one that is read, also by who opens it next', async () => {
  const path = join(newFolder(), 'guard.note')
  const guard = openGuard(path)
  expect(await guard.read()).toEqual({ state: 'absent' })
  await guard.write('one\n')
  await guard.write('two\n')
  expect(await guard.read()).toEqual({ state: 'kept', note: 'two\n' })
  await guard.close()
  expect(await openGuard(path).read()).toEqual({ state: 'kept', note: 'two\n' })
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('the last of many notes at once stays, whole, and nothing else is left in the folder', async () => {
  const folder = newFolder()
  const path = join(folder, 'guard.note')
  const guard = openGuard(path)
  const notes = Array.from({ length: 50 }, (_, i) => `${i}`.repeat(2000))
  await Promise.all(notes.map((note) => guard.write(note)))
  expect(readFileSync(path, 'utf8')).toBe(notes.at(-1))
  expect(readdirSync(folder)).toEqual(['guard.note'])
  await guard.close()
})

test('two that have it open do not disturb each other', async () => {
  const path = join(newFolder(), 'guard.note')
  const [one, other] = [openGuard(path), openGuard(path)]
  await Promise.all(
    Array.from({ length: 40 }, (_, i) => (i % 2 ? one : other).write(`note ${i}\n`)),
  )
  expect(await one.read()).toMatchObject({
    state: 'kept',
    note: expect.stringMatching(/^note \d+\n$/),
  })
  await Promise.all([one.close(), other.close()])
})

test('an empty file and a folder in its place are unreadable, which is not the same as absent', async () => {
  const path = join(newFolder(), 'guard.note')
  writeFileSync(path, '')
  const guard = openGuard(path)
  expect(await guard.read()).toEqual({ state: 'unreadable' })
  rmSync(path)
  mkdirSync(path)
  expect(await guard.read()).toEqual({ state: 'unreadable' })
})

test('a folder that is not there yet is made for its owner alone', async () => {
  const folder = join(newFolder(), 'not', 'yet')
  const guard = openGuard(join(folder, 'guard.note'))
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(readdirSync(folder)).toEqual([])
  await guard.write('one\n')
  await guard.close()
})

test('where no note could ever be written nothing is opened', () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'file'), '')
  mkdirSync(join(folder, 'guard.note'))
  expect(() => openGuard(join(folder, 'file', 'guard.note'))).toThrow(/ENOTDIR|EEXIST/)
  expect(() => openGuard(join(folder, 'guard.note'))).toThrow(/EISDIR/)
})

test('what a crash left behind is cleared away, and nothing of another process at work', () => {
  const folder = newFolder()
  const name = (letter: string) => `guard.note.${letter.repeat(8)}-0000-4000-8000-000000000000.tmp`
  const others = ['guard.note.tmp', 'other.note.00000000-0000-4000-8000-000000000000.tmp']
  for (const one of [name('a'), name('b'), ...others]) writeFileSync(join(folder, one), 'x')
  const longAgo = new Date(Date.now() - 120_000)
  for (const one of [name('a'), ...others]) utimesSync(join(folder, one), longAgo, longAgo)
  openGuard(join(folder, 'guard.note'))
  expect(readdirSync(folder).sort()).toEqual([name('b'), ...others].sort())
})

test('a note that cannot be written is told, and tried again until it is there', async () => {
  const folder = join(newFolder(), 'guards')
  const guard = openGuard(join(folder, 'guard.note'))
  await guard.retry()
  expect(await guard.read()).toEqual({ state: 'absent' })
  rmSync(folder, { recursive: true })
  await expect(guard.write('one\n')).rejects.toThrow(/ENOENT/)
  await expect(guard.retry()).rejects.toThrow(/ENOENT/)
  mkdirSync(folder)
  await guard.retry()
  expect(await guard.read()).toEqual({ state: 'kept', note: 'one\n' })
  await guard.write('two\n')
  await guard.retry()
  expect(await guard.read()).toEqual({ state: 'kept', note: 'two\n' })
  await guard.close()
})

test('a file that is gone when it is to reach the disk ends nothing', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const path = join(newFolder(), 'guard.note')
  const guard = openGuard(path)
  await guard.write('one\n')
  rmSync(path)
  vi.advanceTimersByTime(1000)
  await guard.write('two\n')
  rmSync(path)
  await guard.close()
  expect(await guard.read()).toEqual({ state: 'absent' })
})
