import { AwsError } from '../kernel/aws-error.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Call } from '../kernel/operation.ts'
import { roles } from '../services/iam/state.ts'
import { issueSession } from '../services/sts/session.ts'
import { platformAccount, stateBucket } from './roles.ts'

const alias = 'alias/uais-state'
const region = 'eu-west-1'

/** The platform's Terraform state: versioned, encrypted with its own key, closed to the public. */
export async function seedStateBucket(call: Call, kernel: Kernel): Promise<void> {
  if (!kernel.services.some((service) => service.name === 's3')) return
  const role = roles(call, platformAccount).get('admin')
  if (!role) return
  const { principal } = issueSession(call, { role, sessionName: 'sandbox-seed', seconds: 900 })
  const as = { principal, region }
  const s3 = (operation: string, input: object) => call.invoke('s3', operation, { Bucket: stateBucket, ...input }, as)
  if (await exists(() => s3('HeadBucket', {}))) return
  const { Aliases } = await call.invoke<{ Aliases: { AliasName: string; TargetKeyId: string }[] }>(
    'kms',
    'ListAliases',
    {},
    as,
  )
  const keyId = Aliases.find(({ AliasName }) => AliasName === alias)?.TargetKeyId ?? (await createKey(call, as))
  await s3('CreateBucket', { CreateBucketConfiguration: { LocationConstraint: region } })
  await s3('PutBucketVersioning', { VersioningConfiguration: { Status: 'Enabled' } })
  const encryption = {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyId },
    BucketKeyEnabled: true,
  }
  await s3('PutBucketEncryption', { ServerSideEncryptionConfiguration: { Rules: [encryption] } })
  await s3('PutPublicAccessBlock', {
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
  })
}

async function createKey(call: Call, as: { principal: Call['principal']; region: string }): Promise<string> {
  const input = { Description: "Terraform state of the platform's stacks" }
  const { KeyMetadata } = await call.invoke<{ KeyMetadata: { KeyId: string; Arn: string } }>(
    'kms',
    'CreateKey',
    input,
    as,
  )
  await call.invoke('kms', 'CreateAlias', { AliasName: alias, TargetKeyId: KeyMetadata.KeyId }, as)
  return KeyMetadata.Arn
}

async function exists(head: () => Promise<unknown>): Promise<boolean> {
  try {
    await head()
    return true
  } catch (error) {
    if (error instanceof AwsError && ['404', 'NotFound', 'NoSuchBucket'].includes(error.code)) return false
    throw error
  }
}
