import { accountCreate, api, dataSourceCreate, projectCreate } from '@uais/contract'
import { describe, expect, it } from 'vitest'
import { strictly } from './strict.ts'

const project = {
  name: 'fraud',
  spec: {
    accountId: '7f1f9e3c-53e2-4f6e-9a3b-0d6f3a4c1b2a',
    objective: 'Find fraudulent claims early',
    costCentre: 'CC-1',
    classification: 'internal',
    groups: [{ groupId: '7f1f9e3c-53e2-4f6e-9a3b-0d6f3a4c1b2b', role: 'lead' }],
  },
}
const refusals = (schema: Parameters<typeof strictly>[0], value: unknown) =>
  strictly(schema)
    .safeParse(value)
    .error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)

describe('strictly', () => {
  it('accepts what the schema accepts, with its defaults', () => {
    expect(strictly(projectCreate).parse(project)).toMatchObject({ spec: { monthlyBudgetUsd: 200 } })
  })

  it('refuses unknown members at any depth: object, array element, union member', () => {
    expect(refusals(projectCreate, { ...project, kind: 'Project' })).toEqual([': Unrecognized key: "kind"'])
    const inArray = structuredClone(project)
    Object.assign(inArray.spec.groups[0] as object, { admin: true })
    expect(refusals(projectCreate, inArray)).toEqual(['spec.groups.0: Unrecognized key: "admin"'])
    const upload = {
      name: 'claims',
      spec: { source: 'upload', purpose: 'train', classification: 'internal', bucket: 'x' },
    }
    expect(refusals(dataSourceCreate, upload)).toEqual(['spec: Unrecognized key: "bucket"'])
  })

  it('keeps refinements', () => {
    const noLead = structuredClone(project)
    noLead.spec.groups[0]!.role = 'viewer'
    expect(refusals(projectCreate, noLead)).toEqual(['spec.groups: one group must have the role lead'])
  })

  it('can rebuild every request schema of the API', () => {
    for (const route of Object.values(api))
      for (const part of ['params', 'query', 'body'] as const)
        if (part in route) expect(strictly((route as never)[part])).toBeDefined()
    expect(
      refusals(accountCreate, { name: 'x'.repeat(3), spec: { network: { kind: 'managed', vpcId: 'vpc-1' } } }),
    ).toContain('spec.network: Unrecognized key: "vpcId"')
  })
})
