import type * as promises from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { fullestDisk, onOneVolume } from '../../src/outside/disk.ts'

/** The temporary folder stands for a disk of its own. */
vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof promises>()),
  statfs: async (path: string) =>
    path === tmpdir() ? { bavail: 3, blocks: 100 } : { bavail: 80, blocks: 100 },
}))

test('of the disks on which files lie, or will lie, the fullest counts', async () => {
  const [here, there] = [join(import.meta.dirname, 'a'), join(tmpdir(), 'not', 'yet', 'b')]
  const full = { folder: tmpdir(), free: 0.03 }
  expect(await fullestDisk([here, there])).toEqual(full)
  expect(await fullestDisk([there, here])).toEqual(full)
  expect(await fullestDisk([here])).toEqual({ folder: import.meta.dirname, free: 0.8 })
})

test('files lie on one volume with those beside them, not with those of another', () => {
  const [here, there] = [join(tmpdir(), 'a'), join(tmpdir(), 'not', 'yet', 'b')]
  expect(onOneVolume(here, there)).toBe(true)
  // The kernel's own, which no disk holds.
  expect(onOneVolume(here, '/proc/self/b')).toBe(false)
})
