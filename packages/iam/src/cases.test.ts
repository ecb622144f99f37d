import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { evaluateBatchLine } from './batch/batch-line.ts'
import { readBatchRequest } from './batch/batch-request.ts'
import type { Decision, Reason } from './evaluate/decision.ts'
import { decide, evaluate } from './evaluate/evaluate.ts'

/** A fact about AWS decisions: a line of the batch format with its source and the decision that AWS documents. */
interface Case {
  name: string
  source: string
  expected: { decision?: Decision['decision']; because?: Partial<Reason>[]; error?: string }
}

const directory = new URL('../cases/', import.meta.url)

for (const file of readdirSync(directory).filter((name) => name.endsWith('.json'))) {
  const cases = JSON.parse(readFileSync(new URL(file, directory), 'utf8')) as Case[]
  describe(file, () => {
    it.each(cases.map((one) => [one.name, one] as const))('%s', (_name, { source, expected, ...line }) => {
      expect(source).toMatch(/\S/)
      const answer = JSON.parse(evaluateBatchLine(JSON.stringify({ id: line.name, ...line })))
      expect(answer.error?.code).toBe(expected.error)
      expect(answer.decision).toBe(expected.decision)
      for (const reason of expected.because ?? [])
        expect(answer.because).toContainEqual(expect.objectContaining(reason))
      if (expected.because) expect(answer.because[0]).toMatchObject(expected.because[0]!)
      if (expected.error) return
      const { request, policies } = readBatchRequest(JSON.parse(JSON.stringify(line)))
      expect(decide(request, policies)).toBe(expected.decision)
      expect(evaluate(request, policies).decision).toBe(expected.decision)
    })
  })
}
