import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node'

/** Ends a run with one plain line, which CI and people read: `N passed, N failed[, N skipped]`. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], _reason: TestRunEndReason): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0, pending: 0 }
    for (const module of modules) {
      for (const test of module.children.allTests()) counts[test.result().state]++
      // A file that could not be loaded, or whose hooks failed, has run no test and is a failure all the same.
      if (module.state() === 'failed' && ![...module.children.allTests('failed')].length) counts.failed++
    }
    const skipped = counts.skipped + counts.pending
    process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed${skipped ? `, ${skipped} skipped` : ''}\n`)
  }
}
