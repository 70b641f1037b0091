import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/**
 * Ends the output with `N passed, N failed, N skipped`, the line that CI prints. A file that could
 * not be loaded and an error outside any test count as failed: neither may hide behind a zero.
 */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const count = { passed: 0, failed: errors.length, skipped: 0, pending: 0 }
    for (const module of modules) {
      count.failed += module.errors().length
      for (const test of module.children.allTests()) count[test.result().state]++
    }
    const skipped = count.skipped + count.pending
    console.log(`${count.passed} passed, ${count.failed} failed, ${skipped} skipped`)
  }
}
