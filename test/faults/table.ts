import type { Reporter, TestModule } from 'vitest/node'
import type { Row } from './plan.ts'

const HEAD = [
  '| fault | times | answers held against what was there after it | lost | twice | wrong | seeds |',
  '|---|---:|---:|---:|---:|---:|---|',
]

/** Prints what the tests of faults did, and what came of it, as the table of docs/faults.md. */
export class FaultsTable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const rows = tests.flatMap((one) => one.meta().faults ?? [])
    console.log([...HEAD, ...rows.map(lineOf)].join('\n'))
  }
}

function lineOf({ fault, times, answers, lost, twice, wrong, seeds = '–' }: Row): string {
  const numbers = [times, answers, lost, twice, wrong].map((count) => count.toLocaleString('en'))
  return `| ${[fault, ...numbers, seeds].join(' | ')} |`
}
