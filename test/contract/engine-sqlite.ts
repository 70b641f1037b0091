import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { openNode } from '../../src/open.ts'
import { fullestDisk } from '../../src/outside/disk.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { freshDatabase } from '../support/fresh-database.ts'
import { ENVIRONMENT, type Engine } from './engine.ts'

/** SQLite in a file, opened as the server on Node opens it. */
export const sqlite: Engine = {
  async newDatabase() {
    const dataDir = mkdtempSync(join(tmpdir(), 'akashi-contract-'))
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
    const config = readConfig({ DATA_DIR: dataDir, ...ENVIRONMENT })
    freshDatabase(config.databasePath)
    return {
      open() {
        const store = openSqlite(config.databasePath)
        onTestFinished(() => store.close())
        return store
      },
      async start(clock) {
        const opened = await openNode(config, clock, false)
        onTestFinished(() => opened.close())
        return { ...opened, config }
      },
      freeRoom: async () => (await fullestDisk([config.databasePath])).free,
    }
  },
}
