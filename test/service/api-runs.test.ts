import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ApiStack, furnish, startApiStack } from './api-stack.ts'

let stack: ApiStack
let day: Awaited<ReturnType<typeof furnish>>
beforeAll(async () => {
  stack = await startApiStack()
  day = await furnish(stack)
})
afterAll(() => stack.stop())

const walk = async (limit: number) => {
  const seen: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await day.owen.client.call('runs.list', { query: { limit, ...(cursor ? { cursor } : {}) } })
    expect(page.total).toBe(7)
    seen.push(...page.items.map((run) => run.stack.key))
    if (!page.nextCursor) return seen
    cursor = page.nextCursor
  }
}

it('runs that began within one millisecond are each on one page, and on one only', async () => {
  // PostgreSQL keeps microseconds; a JavaScript Date would make one moment of six of these.
  const begun = ['000100', '000101', '000350', '000350', '000999', '001000', '000002']
  for (const [index, fraction] of begun.entries())
    await stack.pool.query(
      `insert into run (id, stack_kind, stack_key, resource_id, generation, operation, reason, phase, aws_account_id, created_at, ended_at)
       values (gen_random_uuid(), 'account', $1, $2, 1, 'apply', 'a test', 'succeeded', '300000000003', $3, now())`,
      [`account/run-${index}`, day.account.id, `2026-11-22T08:00:00.${fraction}Z`],
    )
  const all = await walk(100)
  expect(all.slice(0, 2)).toEqual(['account/run-5', 'account/run-4'])
  expect(all.slice(4)).toEqual(['account/run-1', 'account/run-0', 'account/run-6'])
  for (const limit of [1, 2, 3]) expect(await walk(limit)).toEqual(all)
})
