import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketCorsCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketTaggingCommand,
  DeleteObjectCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAccelerateConfigurationCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let s3: S3Client

beforeAll(async () => {
  bench = await startTestBench()
  s3 = new S3Client(await bench.as('claims', 'admin'))
})
afterAll(() => bench.stop())

const create = (Bucket: string, more: object = {}, client = s3) =>
  client.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' }, ...more }),
  )

describe('buckets', () => {
  it('are made, found, listed and deleted', async () => {
    expect(await create('life')).toMatchObject({ Location: '/life' })
    expect(await s3.send(new HeadBucketCommand({ Bucket: 'life' }))).toMatchObject({ BucketRegion: 'eu-west-1' })
    const location = await s3.send(new GetBucketLocationCommand({ Bucket: 'life' }))
    expect(location.LocationConstraint).toBe('eu-west-1')
    const { Buckets } = await s3.send(new ListBucketsCommand({}))
    expect(Buckets?.map((bucket) => bucket.Name)).toEqual(['life'])
    await s3.send(new PutObjectCommand({ Bucket: 'life', Key: 'k', Body: 'x' }))
    expect(await refusal(s3.send(new DeleteBucketCommand({ Bucket: 'life' })))).toMatchObject({
      code: 'BucketNotEmpty',
      status: 409,
    })
    await s3.send(new DeleteObjectCommand({ Bucket: 'life', Key: 'k' }))
    await s3.send(new DeleteBucketCommand({ Bucket: 'life' }))
    expect(await refusal(s3.send(new HeadBucketCommand({ Bucket: 'life' })))).toMatchObject({ status: 404 })
    expect(await refusal(s3.send(new GetBucketLocationCommand({ Bucket: 'life' })))).toMatchObject({
      code: 'NoSuchBucket',
      message: 'The specified bucket does not exist',
    })
  })

  it('have names that are theirs alone and well formed', async () => {
    await create('taken')
    expect(await refusal(create('taken'))).toMatchObject({ code: 'BucketAlreadyOwnedByYou', status: 409 })
    const other = new S3Client(await bench.as('trials', 'admin'))
    expect(await refusal(create('taken', {}, other))).toMatchObject({ code: 'BucketAlreadyExists', status: 409 })
    expect((await other.send(new ListBucketsCommand({}))).Buckets).toEqual([])
    for (const name of ['Upper', 'under_score', '-start', 'a..b', '192.168.0.1', 'xn--a', 'end-'])
      expect((await refusal(create(name))).code).toBe('InvalidBucketName')
  })

  it('live in the Region that is asked for, and answer signatures of that Region only', async () => {
    expect(
      await refusal(create('wrong-region', { CreateBucketConfiguration: { LocationConstraint: 'eu-north-1' } })),
    ).toMatchObject({
      code: 'IllegalLocationConstraintException',
    })
    const config = await bench.as('claims', 'admin')
    const north = new S3Client({ ...config, region: 'us-east-1' })
    await north.send(new CreateBucketCommand({ Bucket: 'virginia' }))
    expect((await north.send(new GetBucketLocationCommand({ Bucket: 'virginia' }))).LocationConstraint).toBeUndefined()
    expect(await refusal(s3.send(new GetBucketVersioningCommand({ Bucket: 'virginia' })))).toMatchObject({
      code: 'AuthorizationHeaderMalformed',
      message: "The authorization header is malformed; the region 'eu-west-1' is wrong; expecting 'us-east-1'",
    })
  })

  it('tell their Region to who signed for another', async () => {
    const config = await bench.as('claims', 'admin')
    const client = new S3Client({ ...config, followRegionRedirects: true })
    expect(await client.send(new HeadBucketCommand({ Bucket: 'virginia' }))).toMatchObject({
      BucketRegion: 'us-east-1',
    })
  })

  it('can be told from a bucket of the same name elsewhere', async () => {
    await create('expected')
    const right = { Bucket: 'expected', ExpectedBucketOwner: '300000000003' }
    await s3.send(new GetBucketVersioningCommand(right))
    const wrong = { ...right, ExpectedBucketOwner: '400000000004' }
    expect(await refusal(s3.send(new GetBucketVersioningCommand(wrong)))).toMatchObject({ code: 'AccessDenied' })
  })
})

describe('sub-resources', () => {
  const at = { Bucket: 'settings' }
  beforeAll(() => create('settings'))

  it('say that they were never set', async () => {
    for (const [command, code] of [
      [new GetBucketPolicyCommand(at), 'NoSuchBucketPolicy'],
      [new GetBucketCorsCommand(at), 'NoSuchCORSConfiguration'],
      [new GetBucketWebsiteCommand(at), 'NoSuchWebsiteConfiguration'],
      [new GetBucketLifecycleConfigurationCommand(at), 'NoSuchLifecycleConfiguration'],
      [new GetBucketReplicationCommand(at), 'ReplicationConfigurationNotFoundError'],
      [new GetObjectLockConfigurationCommand(at), 'ObjectLockConfigurationNotFoundError'],
      [new GetBucketTaggingCommand(at), 'NoSuchTagSet'],
    ] as const)
      expect(await refusal(s3.send(command as GetBucketPolicyCommand))).toMatchObject({ code, status: 404 })
  })

  it('have the defaults of a new bucket', async () => {
    expect((await s3.send(new GetPublicAccessBlockCommand(at))).PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    })
    expect((await s3.send(new GetBucketOwnershipControlsCommand(at))).OwnershipControls?.Rules).toEqual([
      { ObjectOwnership: 'BucketOwnerEnforced' },
    ])
    expect((await s3.send(new GetBucketAclCommand(at))).Grants).toHaveLength(1)
    expect((await s3.send(new GetBucketVersioningCommand(at))).Status).toBeUndefined()
    expect((await s3.send(new GetBucketRequestPaymentCommand(at))).Payer).toBe('BucketOwner')
    expect((await s3.send(new GetBucketLoggingCommand(at))).LoggingEnabled).toBeUndefined()
    expect((await s3.send(new GetBucketAccelerateConfigurationCommand(at))).Status).toBeUndefined()
    await s3.send(new GetBucketNotificationConfigurationCommand(at))
    await s3.send(new DeletePublicAccessBlockCommand(at))
    expect(await refusal(s3.send(new GetPublicAccessBlockCommand(at)))).toMatchObject({
      code: 'NoSuchPublicAccessBlockConfiguration',
    })
    await s3.send(new DeleteBucketOwnershipControlsCommand(at))
    expect(await refusal(s3.send(new GetBucketOwnershipControlsCommand(at)))).toMatchObject({
      code: 'OwnershipControlsNotFoundError',
    })
  })

  it('come back as they were put', async () => {
    const LifecycleConfiguration = {
      Rules: [
        {
          ID: 'old',
          Status: 'Enabled' as const,
          Filter: { Prefix: 'logs/' },
          Expiration: { Days: 30 },
          NoncurrentVersionExpiration: { NoncurrentDays: 7 },
        },
      ],
    }
    await s3.send(new PutBucketLifecycleConfigurationCommand({ ...at, LifecycleConfiguration }))
    const found = await s3.send(new GetBucketLifecycleConfigurationCommand(at))
    expect(found).toMatchObject({
      ...LifecycleConfiguration,
      TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K',
    })
    await s3.send(new DeleteBucketLifecycleCommand(at))
    const TagSet = [{ Key: 'a', Value: '1' }]
    await s3.send(new PutBucketTaggingCommand({ ...at, Tagging: { TagSet } }))
    expect((await s3.send(new GetBucketTaggingCommand(at))).TagSet).toEqual(TagSet)
    const twice = { TagSet: [...TagSet, ...TagSet] }
    expect(await refusal(s3.send(new PutBucketTaggingCommand({ ...at, Tagging: twice })))).toMatchObject({
      code: 'InvalidTag',
    })
    await s3.send(new DeleteBucketTaggingCommand(at))
    await s3.send(new DeleteBucketPolicyCommand(at))
    await s3.send(new DeleteBucketCorsCommand(at))
    expect(await refusal(s3.send(new GetBucketTaggingCommand(at)))).toMatchObject({ code: 'NoSuchTagSet' })
  })
})

describe('object lock', () => {
  const Bucket = 'locked'
  const at = (VersionId?: string) => ({ Bucket, Key: 'k', ...(VersionId ? { VersionId } : {}) })
  const put = async (more: object = {}) =>
    (await s3.send(new PutObjectCommand({ ...at(), Body: 'x', ...more }))).VersionId
  const remove = (VersionId: string | undefined, more: object = {}) =>
    s3.send(new DeleteObjectCommand({ ...at(VersionId), ...more }))
  const later = (days: number) => new Date(Date.now() + days * 86_400_000)

  beforeAll(() => create(Bucket, { ObjectLockEnabledForBucket: true }))

  it('comes with versioning, which stays', async () => {
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled')
    const suspend = new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } })
    expect(await refusal(s3.send(suspend))).toMatchObject({ code: 'InvalidBucketState', status: 409 })
    await create('unlocked')
    const lock = { ObjectLockEnabled: 'Enabled' as const }
    const tooEarly = new PutObjectLockConfigurationCommand({ Bucket: 'unlocked', ObjectLockConfiguration: lock })
    expect(await refusal(s3.send(tooEarly))).toMatchObject({ code: 'InvalidBucketState' })
  })

  it('keeps versions by the default of the bucket', async () => {
    const ObjectLockConfiguration = {
      ObjectLockEnabled: 'Enabled' as const,
      Rule: { DefaultRetention: { Mode: 'COMPLIANCE' as const, Days: 1 } },
    }
    await s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }))
    expect(await s3.send(new GetObjectLockConfigurationCommand({ Bucket }))).toMatchObject({ ObjectLockConfiguration })
    const version = await put()
    expect((await s3.send(new GetObjectRetentionCommand(at(version)))).Retention?.Mode).toBe('COMPLIANCE')
    for (const more of [{}, { BypassGovernanceRetention: true }])
      expect(await refusal(remove(version, more))).toMatchObject({ code: 'AccessDenied', status: 403 })
    const marker = await s3.send(new DeleteObjectCommand(at()))
    expect(marker.DeleteMarker).toBe(true)
    await remove(marker.VersionId)
    const sooner = { Mode: 'COMPLIANCE' as const, RetainUntilDate: new Date(Date.now() + 60_000) }
    expect(await refusal(s3.send(new PutObjectRetentionCommand({ ...at(version), Retention: sooner })))).toMatchObject({
      code: 'AccessDenied',
    })
    const longer = { Mode: 'COMPLIANCE' as const, RetainUntilDate: later(9) }
    await s3.send(new PutObjectRetentionCommand({ ...at(version), Retention: longer }))
  })

  it('in governance mode yields to the permission to bypass it, a legal hold to nobody', async () => {
    const lock = { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: later(3) }
    const version = await put(lock)
    expect(await refusal(remove(version))).toMatchObject({ code: 'AccessDenied' })
    bench.role('claims', 'no-bypass', [{ Effect: 'Allow', Action: 's3:DeleteObject*', Resource: '*' }])
    const clerk = new S3Client(await bench.as('claims', 'no-bypass'))
    const bypass = new DeleteObjectCommand({ ...at(version), BypassGovernanceRetention: true })
    expect(await refusal(clerk.send(bypass))).toMatchObject({
      message: expect.stringContaining('s3:BypassGovernanceRetention'),
    })
    const hold = (Status: 'ON' | 'OFF') =>
      s3.send(new PutObjectLegalHoldCommand({ ...at(version), LegalHold: { Status } }))
    await hold('ON')
    expect(await refusal(s3.send(bypass))).toMatchObject({ code: 'AccessDenied' })
    await hold('OFF')
    await s3.send(bypass)
    expect(await refusal(put({ ...lock, ObjectLockRetainUntilDate: new Date(0) }))).toMatchObject({
      code: 'InvalidArgument',
    })
  })
})
