import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { afterAll, expect, it } from 'vitest'
import { startTestBench } from '../test-bench.ts'

const directory = mkdtempSync(join(tmpdir(), 'uais-persistence-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const at = { Bucket: 'kept', Key: '../../k' }

it('objects, keys, secrets and parameters outlive the process', async () => {
  const first = await startTestBench(directory)
  const config = await first.as('claims', 'admin')
  const s3 = new S3Client(config)
  const { KeyMetadata } = await new KMSClient(config).send(new CreateKeyCommand({}))
  const sse = { ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: KeyMetadata?.Arn }
  await s3.send(
    new CreateBucketCommand({ Bucket: 'kept', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
  )
  await s3.send(new PutBucketVersioningCommand({ Bucket: 'kept', VersioningConfiguration: { Status: 'Enabled' } }))
  const one = await s3.send(new PutObjectCommand({ ...at, Body: 'one', ...sse }))
  await s3.send(new PutObjectCommand({ ...at, Body: 'two' }))
  await new SecretsManagerClient(config).send(new CreateSecretCommand({ Name: 's', SecretString: 'x' }))
  await new SSMClient(config).send(new PutParameterCommand({ Name: 'p', Value: 'y', Type: 'SecureString' }))
  await first.stop()

  const second = await startTestBench(directory)
  const again = await second.as('claims', 'admin')
  const client = new S3Client(again)
  const read = async (VersionId?: string) =>
    (await client.send(new GetObjectCommand({ ...at, VersionId }))).Body?.transformToString()
  expect(await read()).toBe('two')
  expect(await read(one.VersionId)).toBe('one')
  const secret = await new SecretsManagerClient(again).send(new GetSecretValueCommand({ SecretId: 's' }))
  expect(secret.SecretString).toBe('x')
  const parameter = await new SSMClient(again).send(new GetParameterCommand({ Name: 'p', WithDecryption: true }))
  expect(parameter.Parameter?.Value).toBe('y')

  const blobs = () =>
    readdirSync(join(directory, 'blobs'), { recursive: true, withFileTypes: true }).filter((e) => e.isFile())
  const before = blobs().length
  await client.send(new DeleteObjectCommand({ ...at, VersionId: one.VersionId }))
  expect(blobs()).toHaveLength(before - 1)
  await second.stop()
})
