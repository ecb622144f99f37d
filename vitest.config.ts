import { defineConfig } from 'vitest/config'
import LongestFirst from './scripts/longest-first.ts'

const minutes = (count: number) => count * 60_000

/**
 * `unit` runs beside the code. `stack` boots what it needs (sandbox, database, server, Terraform), three files at a time.
 * `whole` works on one stack that has done the main job (`npm run demo`), started once and in the background.
 */
export default defineConfig({
  test: {
    reporters: ['default', './scripts/summary-reporter.ts'],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
          // Nobody changes what another file imports, and importing costs more than testing.
          isolate: false,
          testTimeout: minutes(1),
          hookTimeout: minutes(2),
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'stack',
          include: ['test/{service,e2e}/**/*.{test,e2e}.ts'],
          testTimeout: minutes(5),
          hookTimeout: minutes(5),
          isolate: false,
          // Terraform waits more than it computes, and every file has its own ports and directories.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'whole',
          include: ['test/whole/**/*.{test,e2e}.ts'],
          globalSetup: ['test/whole/setup.ts'],
          testTimeout: minutes(5),
          hookTimeout: minutes(16),
          maxWorkers: 3,
          // Begins while the longest of the others still run: by then the demo has done its job.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
