import { describe, expect, it } from 'vitest'
import type { PlanJson, ResourceChange } from '../terraform/plan-json.ts'
import { isDestructive, summarise } from './plan-summary.ts'

const resource = (change: Partial<ResourceChange['change']>, more: Partial<ResourceChange> = {}): ResourceChange => ({
  address: 'aws_iam_role.this',
  mode: 'managed',
  type: 'aws_iam_role',
  name: 'this',
  change: { actions: ['update'], before: null, after: null, ...change },
  ...more,
})
const plan = (...changes: ResourceChange[]): PlanJson => ({ format_version: '1.2', resource_changes: changes })

describe('summarise', () => {
  it('shows the attributes that change, and no others', () => {
    const before = { name: 'a', description: 'old', tags: { x: '1' } }
    const after = { name: 'a', description: 'new', tags: { x: '2' } }
    expect(summarise(plan(resource({ before, after }))).changes[0]?.attributes).toEqual([
      { name: 'description', before: 'old', after: 'new' },
      { name: 'tags', before: '{\n  "x": "1"\n}', after: '{\n  "x": "2"\n}' },
    ])
  })

  it('masks what is sensitive, wholly where a part is, and still says that it changes', () => {
    const change = {
      before: { secret: 'one', settings: { password: 'p1', port: 1 } },
      after: { secret: 'two', settings: { password: 'p2', port: 1 } },
      before_sensitive: { secret: true, settings: { password: true } },
      after_sensitive: { secret: true, settings: { password: true } },
    }
    const summary = summarise(plan(resource(change)))
    expect(summary.changes[0]?.attributes).toEqual([
      { name: 'secret', before: '(sensitive value)', after: '(sensitive value)' },
      { name: 'settings', before: '(sensitive value)', after: '(sensitive value)' },
    ])
    expect(JSON.stringify(summary)).not.toMatch(/one|two|p1|p2/)
  })

  it('leaves out what only the provider fills in while a resource is made', () => {
    const change = {
      actions: ['create' as const],
      after: { name: 'a', tags: {} },
      after_unknown: { arn: true, id: true },
    }
    expect(summarise(plan(resource(change))).changes[0]?.attributes).toEqual([
      { name: 'name', before: null, after: 'a' },
    ])
  })

  it('says where a known value becomes unknown', () => {
    const change = { before: { arn: 'arn:1' }, after: {}, after_unknown: { arn: true } }
    expect(summarise(plan(resource(change))).changes[0]?.attributes).toEqual([
      { name: 'arn', before: 'arn:1', after: '(known after apply)' },
    ])
  })

  it('says which attribute forces a replacement', () => {
    const change = { before: { name: 'a' }, after: { name: 'b' }, replace_paths: [['name']] }
    expect(summarise(plan(resource(change))).changes[0]?.attributes[0]?.after).toBe('b (forces replacement)')
  })

  it('indents policy documents, so that they can be compared', () => {
    const change = { before: { policy: '{"a":1}' }, after: { policy: '{"a":2}' } }
    expect(summarise(plan(resource(change))).changes[0]?.attributes[0]?.after).toBe('{\n  "a": 2\n}')
  })

  it('counts a replacement as one to add and one to destroy, an import as an import', () => {
    const { summary, changes } = summarise(
      plan(
        resource({ actions: ['delete', 'create'] }),
        resource({ actions: ['no-op'], importing: { id: 'x' } }),
        resource({ actions: ['no-op'] }),
        resource({ actions: ['read'] }, { mode: 'data' }),
      ),
    )
    expect(summary).toEqual({ add: 1, change: 0, destroy: 1, import: 1 })
    expect(changes.map((change) => change.actions)).toEqual([['delete', 'create'], ['import']])
  })
})

describe('isDestructive', () => {
  it.each([
    [['delete'], true],
    [['create', 'delete'], true],
    [['forget'], true],
    [['update'], false],
    [['create'], false],
  ] as [ResourceChange['change']['actions'], boolean][])('%s: %s', (actions, expected) => {
    expect(isDestructive(plan(resource({ actions })))).toBe(expected)
  })
})
