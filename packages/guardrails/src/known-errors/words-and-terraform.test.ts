import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { params } from '../case-world.ts'
import { catalogue } from '../catalogue.ts'
import { needNetwork } from '../controls/actions.ts'
import { everyStatement } from '../every-document.ts'

interface Source {
  path: string
  text: string
}
const root = new URL('../../../../', import.meta.url)
const read = (folder: string, ending: string): Source[] =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending) && !path.includes('.terraform/'))
    .map((path) => ({ path: `${folder}${path}`, text: readFileSync(new URL(`${folder}${path}`, root), 'utf8') }))
const terraform = read('terraform/', '.tf')
const backends = read('packages/server/src/terraform/', '.ts')
const pages = read('docs/', '.md').filter(({ path }) => /(guardrails|not-guaranteed)\.md$/.test(path))
const where = (files: readonly Source[], form: RegExp) =>
  files.filter(({ text }) => form.test(text)).map(({ path }) => path)
const standing = everyStatement(params)
const denies = (sid: string) => standing.filter(({ statement }) => statement.Effect === 'Deny' && statement.Sid === sid)

describe('errors of published Terraform', () => {
  it.each([
    ['11: the role of the account in the backend, at the top level', /backend "s3"[^}]*\brole_arn\b/],
    ['12: a lock in DynamoDB', /dynamodb_table/],
    ['13: sign-on by a directory beside links of its own', /auth_mode\s*=\s*"SSO"/],
    ['21: a grant with too few operations, written by hand', /resource "aws_kms_grant"/],
    [
      '22: encryption inside of the bucket',
      /resource "aws_s3_bucket" "[^"]+" \{[^}]*server_side_encryption_configuration/,
    ],
    ['23: a data store of CloudTrail Lake, which takes no new customers', /event_data_store/],
  ])('%s', (_, form) => {
    expect(terraform.length).toBeGreaterThan(50)
    expect(where(terraform, form)).toEqual([])
    expect(where(backends, form)).toEqual([])
  })

  it('13: no domain without its subnets', () => {
    const domains = where(terraform, /resource "aws_sagemaker_domain"/)
    expect(domains.length).toBeGreaterThan(0)
    expect(
      where(
        terraform.filter(({ path }) => domains.includes(path)),
        /\bsubnet_ids\s*=/,
      ),
    ).toEqual(domains)
  })

  it('24: what is changed is reported by events, not by a rule that there is none of', () => {
    expect(where(terraform, /resource "aws_cloudwatch_event_rule"/).length).toBeGreaterThan(0)
    expect(JSON.stringify(catalogue)).not.toMatch(/restor\w+ from (the )?(terraform )?state/i)
  })
})

describe('errors of published guardrails, in what there must be', () => {
  it('3: every job with a network is asked for it, and for the agreed one', () => {
    for (const action of ['AutoMLJob', 'AutoMLJobV2', 'Cluster', 'Domain', 'Job', 'MonitoringSchedule', 'Model'])
      expect(needNetwork).toContain(`sagemaker:Create${action}`)
    for (const sid of [
      'NET1RequireVpcSubnets',
      'NET1OnlyAgreedSubnets',
      'NET2RequireSecurityGroups',
      'NET2OnlyAgreedSecurityGroups',
    ])
      expect(
        denies(sid).some(({ document }) => document.startsWith('organization/guardrails-')),
        sid,
      ).toBe(true)
  })

  it('8: there are no shared spaces, in which nobody has a name', () => {
    for (const sid of ['ISO1OnlyPrivateSpaces', 'ISO1NoSharedSpaces'])
      expect(denies(sid).length, sid).toBeGreaterThan(0)
  })

  it('15: the bucket is bound to the network of the account, whole', () => {
    expect(denies('DAT2NoForeignNetwork')).toMatchObject([
      { document: 'account/data-bucket', statement: { Action: 's3:*' } },
    ])
  })

  it('16: what is locked by a tag is locked against every verb that is not known to be harmless', () => {
    expect(denies('IMM1ProtectManagedResources')).toMatchObject([{ statement: { NotAction: expect.anything() } }])
  })

  it('18: all that ends a key or opens it is named', () => {
    const named = [...denies('IMM5OwnerHoldsKey'), ...denies('IMM5OnlyTeardownEndsKey')].flatMap(
      ({ statement }) => statement.Action ?? [],
    )
    for (const verb of ['ScheduleKeyDeletion', 'DisableKey', 'PutKeyPolicy', 'RevokeGrant'])
      expect(named).toContain(`kms:${verb}`)
    // Jobs retire their own: what is refused to everybody else is whatever is not named here.
    const [byTag] = denies('IMM1ProtectManagedResources')
    expect(JSON.stringify(byTag?.statement.NotAction)).not.toMatch(/kms:R/)
    for (const verb of ['DeleteImportedKeyMaterial', 'CancelKeyDeletion']) expect(named).toContain(`kms:${verb}`)
  })

  it('21: what a domain with a key of its own needs is granted', () => {
    const lent = standing.find(({ statement }) => statement.Sid === 'LendKeyToSageMaker')
    expect(lent?.statement.Action).toEqual(['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKeyWithoutPlaintext'])
  })

  it('25: sizes are denied, since quotas can only be raised', () => {
    expect(catalogue.find(({ id }) => id === 'COST-1')?.enforcedBy).toContain('scp')
    const lowered = standing.filter(({ statement }) => JSON.stringify(statement).includes('servicequotas:Request'))
    expect(lowered.filter(({ statement }) => statement.Effect === 'Allow')).toEqual([])
  })

  it('26: what only looks is not said to correct', () => {
    const corrects = /(Access Analyzer|Security Hub|GuardDuty|Macie)[^.]*\b(correct|repair|restore|prevent)s?\b/i
    expect(JSON.stringify(catalogue)).not.toMatch(corrects)
    expect(where(pages, corrects)).toEqual([])
  })

  it('27: nobody is told that data never leaves', () => {
    expect(pages).toHaveLength(2)
    expect(where(pages, /zero data movement|data never leaves/i)).toEqual([])
    expect(JSON.stringify(catalogue)).not.toMatch(/zero data movement|never leaves/i)
  })
})
