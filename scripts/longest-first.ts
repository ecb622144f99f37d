import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take minutes, the longest first: one that starts last keeps every other core waiting for it. */
const longest = [
  'test/service/worker-adopt.test.ts',
  'test/service/worker-teardown.test.ts',
  'test/e2e/terraform-stacks.e2e.ts',
  'test/service/worker-lost.test.ts',
  'test/service/worker-restart.test.ts',
  'test/service/worker-runs.test.ts',
]

/** Vitest's order, which knows durations only where it has run before, with the longest files in front. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = longest.indexOf(relative(this.ctx.config.root, moduleId))
      return at === -1 ? longest.length : at
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}
