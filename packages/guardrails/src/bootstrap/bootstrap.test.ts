import type { PolicyStatement } from '@uais/iam'
import { describe, expect, it } from 'vitest'
import { params } from '../case-world.ts'
import { renderBootstrap } from './bootstrap.ts'
import { budgetStopRole } from './budget-stop.ts'
import { hcl } from './hcl.ts'
import { renderOrganizationBootstrap } from './organization.ts'
import { readPolicy } from './read.ts'
import { bootstrapRoles } from './roles.ts'

const externalId = 'uais-0123456789abcdef'
const roles = bootstrapRoles({ ...params, externalId })
const statementsOf = (name: string): PolicyStatement[] =>
  Object.values(roles.find((role) => role.name === name)!.policies).flat()
const actionsOf = (statements: readonly PolicyStatement[]) =>
  statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action ?? [])

describe('the bootstrap of an account', () => {
  const bootstrap = renderBootstrap({ ...params, externalId })

  it('makes four roles that one platform role each may enter, with external id and source identity', () => {
    expect(bootstrap.roles.map(({ name }) => name)).toEqual([
      'uais-provision',
      'uais-mint',
      'uais-audit',
      'uais-teardown',
    ])
    for (const { name, trust, trustedPrincipal } of roles) {
      for (const { Principal, Condition } of trust) {
        expect(Principal, name).toEqual({ AWS: trustedPrincipal })
        expect(Condition).toMatchObject({ StringLike: { 'sts:SourceIdentity': expect.anything() } })
      }
      expect(trust.find(({ Action }) => Action === 'sts:AssumeRole')?.Condition).toMatchObject({
        StringEquals: { 'sts:ExternalId': externalId },
      })
    }
    expect(bootstrap.roles[1]?.trustedPrincipal).toBe('arn:aws:iam::200000000002:role/uais-api')
  })

  it('says in words what each role may and may not, in the file and beside it', () => {
    for (const role of bootstrap.roles)
      for (const text of [role.purpose, ...role.may, ...role.mayNot]) expect(bootstrap.terraform).toContain(text)
  })

  it('gives no role a change of everything', () => {
    const unbounded = roles.flatMap(({ name, policies }) =>
      Object.values(policies)
        .flat()
        .filter(({ Effect, Resource, Condition }) => Effect === 'Allow' && Resource === '*' && !Condition)
        .flatMap(({ Action }) => [Action ?? []].flat().map((action) => `${name} ${action}`)),
    )
    expect(unbounded).toEqual([
      'uais-provision route53:AssociateVPCWithHostedZone',
      'uais-audit cloudtrail:LookupEvents',
      'uais-audit cloudwatch:GetMetricData',
      'uais-audit iam:GetAccountAuthorizationDetails',
      'uais-audit iam:GetAccountSummary',
      'uais-audit sagemaker:QueryLineage',
    ])
  })

  it('lets no role both build and read', () => {
    for (const name of ['uais-provision', 'uais-teardown'])
      expect(actionsOf(statementsOf(name)).filter((action) => /^(s3:GetObject|secretsmanager:)/.test(action))).toEqual(
        name === 'uais-teardown' ? ['s3:GetObjectLegalHold', 's3:GetObjectRetention'] : [],
      )
    for (const name of ['uais-audit', 'uais-mint'])
      expect(
        actionsOf(statementsOf(name)).filter((action) =>
          /:(Create(?!Presigned)|Update|Delete(?!Message$))/.test(action),
        ),
      ).toEqual([])
    expect(actionsOf(readPolicy(params)).filter((action) => !/:(Describe|Get|List|View)/.test(action))).toEqual([])
  })

  it("keeps key policy, key state and boundary out of the platform's hands", () => {
    const held = roles.flatMap(({ name }) => actionsOf(statementsOf(name)))
    for (const action of ['kms:PutKeyPolicy', 'kms:DisableKey', 'iam:DeleteRolePermissionsBoundary', 'iam:CreateUser'])
      expect(held).not.toContain(action)
  })

  it('refuses what does not fit', () => {
    expect(() => renderBootstrap({ ...params, externalId, accountName: 'x'.repeat(20_000) })).not.toThrow()
    expect(() => renderBootstrap({ ...params, externalId, region: 'r'.repeat(2_000) })).toThrow(/AWS takes 6144/)
  })
})

describe('the bootstrap of a management account', () => {
  const bootstrap = renderOrganizationBootstrap({
    ...{ partition: 'aws', managementAccountId: '100000000001', platformAccountId: '200000000002' },
    ...{ region: 'eu-west-1', externalId },
  })

  it('makes one role for tagged service control policies, and one for the budget', () => {
    expect(bootstrap.roles).toMatchObject([
      { arn: 'arn:aws:iam::100000000001:role/uais/uais-organization' },
      { arn: 'arn:aws:iam::100000000001:role/uais/uais-budget-stop', trustedPrincipal: 'budgets.amazonaws.com' },
    ])
    expect(bootstrap.terraform).toContain('organizations:AttachPolicy')
    expect(bootstrap.terraform).not.toContain('"organizations:*"')
  })

  it('lets AWS Budgets attach the stop, and no other policy', () => {
    const { trust, policies } = budgetStopRole({
      ...{ partition: 'aws', managementAccountId: '100000000001', platformAccountId: '200000000002' },
      ...{ region: 'eu-west-1', externalId },
    })
    expect(trust[0]?.Condition).toMatchObject({ StringEquals: { 'aws:SourceAccount': '100000000001' } })
    const attach = Object.values(policies)
      .flat()
      .find(({ Resource }) => String(Resource).includes(':policy/'))
    expect(attach?.Condition?.StringEquals).toEqual({
      'aws:ResourceTag/ManagedBy': 'UAIS',
      'aws:ResourceTag/uais:purpose': 'budget-stop',
    })
  })
})

describe('Terraform text', () => {
  it('keeps what Terraform would take for a template', () => {
    expect(hcl('${aws:SourceIdentity} %{x}')).toBe('"$${aws:SourceIdentity} %%{x}"')
  })

  it('aligns neighbours as terraform fmt does, and sets long lists as text', () => {
    const long = Array.from({ length: 12 }, (_, index) => `service:Action${index}`)
    expect(hcl({ Sid: 'A', Effect: 'Allow', Action: long, Resource: ['*'] })).toBe(
      [
        '{',
        '  Sid    = "A"',
        '  Effect = "Allow"',
        '  Action = [',
        '    "service:Action0", "service:Action1", "service:Action2", "service:Action3", "service:Action4",',
        '    "service:Action5", "service:Action6", "service:Action7", "service:Action8", "service:Action9",',
        '    "service:Action10", "service:Action11",',
        '  ]',
        '  Resource = ["*"]',
        '}',
      ].join('\n'),
    )
  })
})
