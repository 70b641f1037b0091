import { existsSync, statfsSync } from 'node:fs'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'
import { ClosingLine } from './test/support/closing-line.ts'
import { WRANGLER_ENV } from './test/support/wrangler-env.ts'

Object.assign(process.env, WRANGLER_ENV)
useMemory('/dev/shm', 4 * 2 ** 30)

/** Files in memory where there is room: thousands of commits wait for a disk that proves nothing here. */
function useMemory(folder: string, bytes: number): void {
  if (!existsSync(folder)) return
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize >= bytes) process.env.TMPDIR ??= folder
}

/** They put something in the place of Node's own modules, which no other file may then have loaded. */
const ALONE = 'test/outside/**/*.test.ts'

export default defineConfig({
  test: {
    reporters: ['default', new ClosingLine()],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/stories/**', ALONE],
          // Most of them wait for processes of their own, which would leave a core idle now and then.
          maxWorkers: 3,
          // What they load is loaded once in each worker, and none of them changes it.
          isolate: false,
          restoreMocks: true,
          // Real processes, real files: a busy machine must not fail what a quiet one passes.
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: [ALONE], maxWorkers: 3 },
      },
      {
        extends: true,
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                MIGRATIONS: await readD1Migrations('./db'),
                GUARD_MIGRATIONS: await readD1Migrations('./db/guard'),
              },
            },
          })),
        ],
        test: {
          name: 'workers',
          // One workerd with one database of each kind, which one file has at a time: it is one file.
          include: ['test/contract/all-on-workers.ts'],
          maxWorkers: 3,
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'stories',
          include: ['test/stories/**/*.test.ts'],
          // After the rest: their waits are measured in wall time. In each worker one browser and one
          // server serve all files.
          maxWorkers: 3,
          isolate: false,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
