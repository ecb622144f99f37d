import type { Control } from '../control.ts'
import { nobody, stays } from '../invariant.ts'
import { bucketArn, dataBucketArn, projectPrefix, projectRoleArn, rootArn, trailBucketArn } from '../names.ts'
import type { AccountParams, ProjectParams } from '../params.ts'
import { allow, but, deny, forAnyone, inPlaces, isProject, sparing } from '../statement.ts'

const bucketAndObjects = (arn: string) => [arn, `${arn}/*`]

const plainText = { Bool: { 'aws:SecureTransport': 'false' } }
const writing = ['s3:DeleteObject*', 's3:PutObject*', 's3:ReplicateObject']
const pulling = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
const elsewhere = (p: AccountParams) => ({ StringNotEquals: { 'aws:ResourceAccount': p.awsAccountId } })
const foreignNetwork = (p: AccountParams) => ({
  Null: { 'aws:VpceAccount': 'false' },
  StringNotEquals: { 'aws:VpceAccount': p.awsAccountId },
})

const insecure = (arn: string) =>
  forAnyone(
    deny('DAT2OnlyTls', {
      Action: 's3:*',
      Resource: bucketAndObjects(arn),
      Condition: plainText,
    }),
  )

/** Layers of container images come from buckets of AWS (Amazon ECR User Guide, "Minimum Amazon S3 bucket permissions"). */
const imageLayers = (p: AccountParams) => bucketArn(p, `prod-${p.region}-starport-layer-bucket/*`)

export const channels: Control = {
  id: 'DAT-2',
  title: 'Data stays in your buckets and travels encrypted',
  category: 'data',
  words:
    'From inside your network only buckets of your account can be reached, over TLS; nothing can be written to ' +
    "somebody else's bucket, and nobody else's network can reach in.",
  enforcedBy: ['boundary', 'resource policy', 'endpoint policy'],
  limits: [
    'Whoever may decrypt your data may do so from outside the network too, as in the console.',
    'Credentials taken out of a Studio session work from elsewhere until they end, at most an hour later.',
    'What a person sees in the browser can be copied from the screen.',
    'The root user of the account can always read and repair the policy of a bucket: AWS lets no policy forbid it.',
  ],
  sources: [
    'Amazon S3 User Guide, Security best practices: enforce encryption of data in transit',
    'IAM User Guide, AWS global condition context keys: aws:ResourceAccount, aws:VpceAccount',
    'AWS PrivateLink Guide, Gateway endpoints for Amazon S3: endpoint policies',
  ],
  statements: (params) => [
    { place: 'data-bucket', statement: insecure(dataBucketArn(params)) },
    { place: 'trail-bucket', statement: insecure(trailBucketArn(params)) },
    {
      place: 'data-bucket',
      // Only where there is an endpoint: the console and AWS's own services come through none.
      statement: forAnyone(
        deny('DAT2NoForeignNetwork', {
          Action: 's3:*',
          Resource: bucketAndObjects(dataBucketArn(params)),
          Condition: { ...foreignNetwork(params), ...but(params, 'break-glass') },
        }),
      ),
    },
    ...inPlaces(
      ['boundary'],
      deny('DAT2NoForeignBuckets', { Action: writing, Resource: '*', Condition: elsewhere(params) }),
    ),
    ...throughEndpoints(params),
  ],
  invariants: (params) => {
    const [data, trail] = [dataBucketArn(params), trailBucketArn(params)]
    const owner = sparing(params, 'break-glass')
    const root = rootArn(params)
    const when = foreignNetwork(params)
    return [
      nobody('DAT-2/tls', 's3:*', { on: [`${data}/*`, `${trail}/*`], when: plainText }),
      nobody('DAT-2/tls-bucket', 's3:*', { but: [root], on: [data, trail], when: plainText }),
      nobody('DAT-2/foreign-network', 's3:*', { but: owner, on: [`${data}/*`], when }),
      nobody('DAT-2/foreign-network-bucket', 's3:*', { but: [...owner, root], on: [data], when }),
      ...(isProject(params) ? [readingStays(params)] : []),
    ]
  },
}

/** Own principals on own things, and the images of jobs, which lie in accounts of AWS. */
function throughEndpoints(params: AccountParams) {
  const ours = { 'aws:PrincipalAccount': params.awsAccountId }
  const own = { ...ours, 'aws:ResourceAccount': params.awsAccountId }
  return [
    ...inPlaces(
      ['s3-endpoint'],
      forAnyone(allow('DAT2OwnBuckets', { Action: 's3:*', Resource: '*', Condition: { StringEquals: own } })),
      forAnyone(allow('DAT2ImageLayers', { Action: 's3:GetObject', Resource: imageLayers(params) })),
    ),
    ...inPlaces(
      ['interface-endpoint'],
      forAnyone(
        allow('DAT2OwnThings', {
          Action: '*',
          Resource: '*',
          // Some actions name no thing, and so no account of it.
          Condition: { StringEquals: ours, StringEqualsIfExists: { 'aws:ResourceAccount': params.awsAccountId } },
        }),
      ),
      forAnyone(allow('DAT2PullImages', { Action: pulling, Resource: '*', Condition: { StringEquals: ours } })),
    ),
  ]
}

const readingStays = (params: ProjectParams) =>
  stays(
    'DAT-2/reading',
    projectRoleArn(params, params.project.name, 'training'),
    's3:GetObject',
    `${dataBucketArn(params)}/${projectPrefix(params.project.name)}models/a/model.tar.gz`,
    { 'aws:SecureTransport': true, 'aws:ResourceAccount': params.awsAccountId },
  )
