import { compilePolicy, type PolicyDocument } from '@uais/iam'
import { describe, expect, it } from 'vitest'
import { params } from './case-world.ts'
import { compileAccount, compileDataSource, compileEndpoint, compileOrganization, compileProject } from './compile.ts'
import { PolicyTooLarge } from './document.ts'
import { endpointName } from './names.ts'
import type { ProjectParams } from './params.ts'

const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}-0123456789abcdef${i}`)

/** The longest names and the most ids that the API takes, in the partition and region with the longest names. */
const largest: ProjectParams = {
  ...params,
  partition: 'aws-us-gov',
  region: 'ap-southeast-2',
  accountName: 'c'.repeat(32),
  breakGlassPrincipal: `arn:aws-us-gov:iam::300000000003:role/aws-reserved/sso.amazonaws.com/ap-southeast-2/AWSReservedSSO_${'b'.repeat(49)}`,
  network: { vpcId: 'vpc-0123456789abcdef0', subnetIds: ids('subnet', 6), securityGroupIds: ids('sg', 5) },
  keyArn: 'arn:aws-us-gov:kms:ap-southeast-2:300000000003:key/mrk-11111111222233334444555555555555',
  project: { name: 'p'.repeat(32) },
}
const artifactUri = 's3://uais-data-300000000003-eu-west-1/projects/fraud/models/a/output/model.tar.gz'

const all = (p: ProjectParams) => ({
  ...compileAccount(p).policies,
  ...compileProject(p).policies,
  ...compileDataSource({ ...p, dataSource: { kind: 'upload', name: 'strikes' } }).policies,
  ...compileOrganization(p).policies,
})

describe('compiling', () => {
  it('gives the same bytes for the same parameters', () => {
    expect(all({ ...params })).toEqual(all(structuredClone(params)))
  })

  it('gives documents that AWS would store', () => {
    for (const [name, text] of Object.entries(all(params))) {
      const document = JSON.parse(text) as PolicyDocument
      expect(document.Version, name).toBe('2012-10-17')
      expect(JSON.stringify(document), `${name} is not minified`).toBe(text)
      expect(() => compilePolicy(text, { name })).not.toThrow()
    }
  })

  it('fits with the longest names and the most ids', () => {
    const { sizes } = compileProject(largest)
    for (const { characters, limit } of Object.values(sizes)) expect(characters).toBeLessThanOrEqual(limit)
    const names = Object.keys(compileOrganization({ ...largest, targetId: 'ou-abcd-12345678' }).policies)
    // Half of the places at a target stay the owner's.
    expect(names.filter((name) => name.startsWith('guardrails-')).length).toBeLessThan(6)
    expect(names.filter((name) => name.startsWith('resource-'))).toEqual(['resource-guardrails-1'])
  })

  it('refuses what AWS would refuse for its size', () => {
    const approvedInstanceTypes = Array.from({ length: 900 }, (_, index) => `ml.c5.${index}xlarge`)
    expect(() => compileOrganization({ ...params, approvedInstanceTypes })).toThrow(PolicyTooLarge)
  })

  it('keeps the boundary the same whatever the account builds or reads later', () => {
    const { network: _, keyArn: __, domainId: ___, ...before } = params
    expect(compileAccount(before).policies.boundary).toBe(compileAccount(params).policies.boundary)
  })

  it('tells which controls a stack carries', () => {
    expect(compileOrganization(params).controls.map(({ id }) => id)).toContain('IMM-1')
    expect(compileProject(params).controls.find(({ id }) => id === 'NET-1')?.sids).toEqual(['NET1OnlyAgreedSubnets'])
  })

  it('binds only the one account where policies are attached above it', () => {
    const [first] = Object.values(compileOrganization({ ...params, targetId: 'ou-abcd-12345678' }).policies)
    for (const { Condition } of (JSON.parse(first!) as { Statement: { Condition: object }[] }).Statement)
      expect(Condition).toMatchObject({ StringEquals: { 'aws:PrincipalAccount': params.awsAccountId } })
  })

  it('locks the served artifact, and serves none from elsewhere', () => {
    const { policies } = compileEndpoint({ ...params, endpoint: { name: 'live', artifactUri } })
    expect(policies['artifact-lock']).toContain('/projects/fraud/models/a/output/model.tar.gz"')
    for (const elsewhere of ['s3://other/model.tar.gz', artifactUri.replace('fraud', 'pricing')])
      expect(() => compileEndpoint({ ...params, endpoint: { name: 'live', artifactUri: elsewhere } })).toThrow(
        /train it in this project/,
      )
  })
})

describe('a data source', () => {
  it('cannot pass for a place of artifacts', () => {
    const dataSource = { kind: 'upload' as const, name: 'models' }
    expect(() => compileDataSource({ ...params, dataSource })).toThrow(/is kept for artifacts/)
  })

  it('cannot be a bucket in which UAIS keeps projects apart', () => {
    for (const bucket of ['uais-data-300000000003-eu-west-1', 'uais-trail-300000000003-eu-west-1'])
      expect(() =>
        compileDataSource({
          ...params,
          dataSource: { kind: 's3', name: 'theirs', bucket, prefix: 'projects/pricing/' },
        }),
      ).toThrow(/is a bucket of UAIS/)
  })

  it('grants reading below its prefix only', () => {
    const dataSource = { kind: 's3' as const, name: 'history', bucket: 'claims-history', prefix: 'claims/2026/' }
    expect(compileDataSource({ ...params, dataSource }).policies.read).toBe(
      '{"Version":"2012-10-17","Statement":[' +
        '{"Sid":"ListSource","Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::claims-history",' +
        '"Condition":{"StringLike":{"s3:prefix":["claims/2026/*"]}}},' +
        '{"Sid":"ReadSource","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::claims-history/claims/2026/*"}]}',
    )
  })
})

describe('names', () => {
  it('fit SageMaker, and stay apart when cut', () => {
    const long = (last: string) => endpointName('p'.repeat(32), `${'d'.repeat(31)}${last}`)
    expect(endpointName('fraud', 'live')).toBe('uais-fraud--live')
    expect(long('a')).toMatch(/^uais-p{32}--[a-z0-9-]+$/)
    expect(long('a').length).toBeLessThanOrEqual(54)
    expect(long('a')).not.toBe(long('b'))
  })
})
