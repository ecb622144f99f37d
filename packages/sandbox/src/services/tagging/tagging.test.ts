import { CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2'
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import {
  GetResourcesCommand,
  GetTagKeysCommand,
  GetTagValuesCommand,
  ResourceGroupsTaggingAPIClient,
  TagResourcesCommand,
  UntagResourcesCommand,
} from '@aws-sdk/client-resource-groups-tagging-api'
import { CreateBucketCommand, GetBucketTaggingCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateModelPackageGroupCommand, SageMakerClient } from '@aws-sdk/client-sagemaker'
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let client: ResourceGroupsTaggingAPIClient
let vpc: string
const queue = 'arn:aws:sqs:eu-west-1:300000000003:tagged'

beforeAll(async () => {
  bench = await startTestBench()
  const config = await bench.as('claims', 'admin')
  client = new ResourceGroupsTaggingAPIClient(config)
  const TagSpecifications = [{ ResourceType: 'vpc' as const, Tags: [{ Key: 'project', Value: 'fraud' }] }]
  const made = await new EC2Client(config).send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', TagSpecifications }))
  vpc = `arn:aws:ec2:eu-west-1:300000000003:vpc/${made.Vpc?.VpcId}`
  await new SQSClient(config).send(new CreateQueueCommand({ QueueName: 'tagged', tags: { project: 'churn' } }))
})
afterAll(() => bench.stop())

const found = async (input: object) =>
  (await client.send(new GetResourcesCommand(input))).ResourceTagMappingList?.map((one) => one.ResourceARN)

it('finds resources of all services by tag, type and ARN, in pages', async () => {
  expect(await found({ TagFilters: [{ Key: 'project' }] })).toEqual([vpc, queue])
  expect(await found({ TagFilters: [{ Key: 'project', Values: ['fraud', 'other'] }] })).toEqual([vpc])
  expect(await found({ ResourceTypeFilters: ['ec2:vpc'] })).toEqual([vpc])
  expect(await found({ ResourceTypeFilters: ['ec2:subnet'] })).toEqual([])
  expect(await found({ ResourceARNList: [queue] })).toEqual([queue])
  const TagFilters = [{ Key: 'project' }]
  const first = await client.send(new GetResourcesCommand({ ResourcesPerPage: 1, TagFilters }))
  const { PaginationToken } = first
  expect(await found({ ResourcesPerPage: 1, TagFilters, PaginationToken })).toEqual([queue])
  expect((await client.send(new GetTagKeysCommand({}))).TagKeys).toContain('project')
  const values = await client.send(new GetTagValuesCommand({ Key: 'project' }))
  expect(values.TagValues).toEqual(expect.arrayContaining(['churn', 'fraud']))
})

it('keeps the other tags of a bucket', async () => {
  const s3 = new S3Client(await bench.as('claims', 'admin'))
  const Bucket = 'tagged-bucket'
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }))
  const change = async (command: TagResourcesCommand | UntagResourcesCommand) =>
    (await client.send(command as TagResourcesCommand)).FailedResourcesMap
  const ResourceARNList = [`arn:aws:s3:::${Bucket}`]
  expect(await change(new TagResourcesCommand({ ResourceARNList, Tags: { a: '1', b: '2' } }))).toEqual({})
  expect(await change(new TagResourcesCommand({ ResourceARNList, Tags: { b: '3' } }))).toEqual({})
  const tags = async () => (await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet
  expect(await tags()).toEqual([
    { Key: 'a', Value: '1' },
    { Key: 'b', Value: '3' },
  ])
  await change(new UntagResourcesCommand({ ResourceARNList, TagKeys: ['a'] }))
  expect(await found({ ResourceTypeFilters: ['s3'], TagFilters: [{ Key: 'b' }] })).toEqual(ResourceARNList)
  await change(new UntagResourcesCommand({ ResourceARNList, TagKeys: ['b'] }))
  expect(await refusal(tags())).toMatchObject({ code: 'NoSuchTagSet' })
})

it('knows keys, secrets and SageMaker resources', async () => {
  const config = await bench.as('claims', 'admin')
  const tag = { Key: 'team', Value: 'one' }
  const key = await new KMSClient(config).send(new CreateKeyCommand({ Tags: [{ TagKey: 'team', TagValue: 'one' }] }))
  const secrets = new SecretsManagerClient(config)
  const secret = await secrets.send(new CreateSecretCommand({ Name: 's', SecretString: 'x', Tags: [tag] }))
  const group = await new SageMakerClient(config).send(
    new CreateModelPackageGroupCommand({ ModelPackageGroupName: 'g', Tags: [tag] }),
  )
  const arns = [key.KeyMetadata?.Arn, secret.ARN, group.ModelPackageGroupArn] as string[]
  expect(await found({ TagFilters: [{ Key: 'team' }] })).toEqual([...arns].sort())
  expect(await found({ ResourceTypeFilters: ['sagemaker:model-package-group'] })).toEqual([arns[2]])
  await client.send(new TagResourcesCommand({ ResourceARNList: arns, Tags: { second: 'tag' } }))
  expect(await found({ TagFilters: [{ Key: 'second' }] })).toHaveLength(3)
})

it('sets and removes tags through the owning services', async () => {
  const Tags = { owner: 'lena' }
  const missing = 'arn:aws:sqs:eu-west-1:300000000003:missing'
  const answer = await client.send(new TagResourcesCommand({ ResourceARNList: [vpc, queue, missing], Tags }))
  expect(Object.keys(answer.FailedResourcesMap ?? {})).toEqual([missing])
  expect(await found({ TagFilters: [{ Key: 'owner', Values: ['lena'] }] })).toEqual([vpc, queue])
  await client.send(new UntagResourcesCommand({ ResourceARNList: [vpc, queue], TagKeys: ['owner'] }))
  expect(await found({ TagFilters: [{ Key: 'owner' }] })).toEqual([])
})

it("needs the owning service's permission too", async () => {
  bench.role('claims', 'tagger', [{ Effect: 'Allow', Action: ['tag:*', 'sqs:TagQueue'], Resource: '*' }])
  const tagger = new ResourceGroupsTaggingAPIClient(await bench.as('claims', 'tagger'))
  const Tags = { owner: 'me' }
  const answer = await tagger.send(new TagResourcesCommand({ ResourceARNList: [vpc, queue], Tags }))
  expect(Object.keys(answer.FailedResourcesMap ?? {})).toEqual([vpc])
  expect(answer.FailedResourcesMap?.[vpc]?.ErrorMessage).toContain('ec2:CreateTags')
  bench.role('claims', 'no-tagger', [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }])
  const none = new ResourceGroupsTaggingAPIClient(await bench.as('claims', 'no-tagger'))
  expect(await refusal(none.send(new TagResourcesCommand({ ResourceARNList: [queue], Tags })))).toMatchObject({
    code: 'AccessDeniedException',
  })
})
