import { defineConfig } from 'vitest/config'
import { FaultsTable } from './table.ts'

export default defineConfig({
  test: {
    root: `${import.meta.dirname}/../..`,
    include: ['test/faults/*.test.ts'],
    reporters: ['default', new FaultsTable()],
    // One after the other: the machine may have others to serve, and kills measure nothing.
    fileParallelism: false,
  },
})
