import { DescribeVpcEndpointsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms'
import { GetBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3'
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { awsErrorCode, orNone } from '../aws-error.ts'
import type { AwsSession } from '../session.ts'

/** A resource's own policy as it is; `null`: it has none, or there is no such resource. */
export interface LiveResourcePolicy {
  /** The compiler's name of the document that belongs there: `data-bucket`, `key`, ... */
  document: string
  arn: string
  type: string
  text: string | null
}

/** Where the account's own documents live, as far as they exist by now. */
export interface PolicyPlaces {
  dataBucket: string
  trailBucket: string
  eventQueueUrl?: string | undefined
  keyArn?: string | undefined
  vpcId?: string | undefined
}

/** Reads the policies of the account's buckets, queue, key and network endpoints. */
export async function readResourcePolicies(session: AwsSession, places: PolicyPlaces): Promise<LiveResourcePolicy[]> {
  const { partition, region, accountId } = session
  const bucket = async (document: string, name: string): Promise<LiveResourcePolicy> => ({
    ...{ document, arn: `arn:${partition}:s3:::${name}`, type: 'aws_s3_bucket' },
    text: await bucketPolicy(session, name),
  })
  const { eventQueueUrl, keyArn, vpcId } = places
  const read = await Promise.all([
    bucket('data-bucket', places.dataBucket),
    bucket('trail-bucket', places.trailBucket),
    ...(eventQueueUrl
      ? [
          queuePolicy(session, eventQueueUrl).then((text) => ({
            ...{ document: 'event-queue', type: 'aws_sqs_queue', text },
            arn: `arn:${partition}:sqs:${region}:${accountId}:${eventQueueUrl.split('/').at(-1)}`,
          })),
        ]
      : []),
    ...(keyArn
      ? [keyPolicy(session, keyArn).then((text) => ({ document: 'key', arn: keyArn, type: 'aws_kms_key', text }))]
      : []),
  ])
  return [...read, ...(vpcId ? await endpointPolicies(session, vpcId) : [])]
}

async function bucketPolicy(session: AwsSession, name: string): Promise<string | null> {
  try {
    const found = await orNone(session.client(S3Client).send(new GetBucketPolicyCommand({ Bucket: name })))
    return found?.Policy ?? null
  } catch (error) {
    if (awsErrorCode(error) === 'NoSuchBucketPolicy') return null
    throw error
  }
}

async function queuePolicy(session: AwsSession, url: string): Promise<string | null> {
  const asked = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['Policy'] })
  return (await orNone(session.client(SQSClient).send(asked)))?.Attributes?.Policy ?? null
}

async function keyPolicy(session: AwsSession, arn: string): Promise<string | null> {
  const asked = new GetKeyPolicyCommand({ KeyId: arn, PolicyName: 'default' })
  return (await orNone(session.client(KMSClient).send(asked)))?.Policy ?? null
}

/** Of the endpoints that UAIS made: others are the owner's own, in a network that the owner brought. */
async function endpointPolicies(session: AwsSession, vpcId: string): Promise<LiveResourcePolicy[]> {
  const { VpcEndpoints } = await session.client(EC2Client).send(
    new DescribeVpcEndpointsCommand({
      Filters: [
        { Name: 'vpc-id', Values: [vpcId] },
        { Name: 'tag:ManagedBy', Values: ['UAIS'] },
      ],
    }),
  )
  const { partition, region, accountId } = session
  return (VpcEndpoints ?? []).map((endpoint) => ({
    document: endpoint.VpcEndpointType === 'Gateway' ? 's3-endpoint' : 'interface-endpoint',
    arn: `arn:${partition}:ec2:${region}:${accountId}:vpc-endpoint/${endpoint.VpcEndpointId}`,
    type: 'aws_vpc_endpoint',
    text: endpoint.PolicyDocument ?? null,
  }))
}
