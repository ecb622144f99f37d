import type { Control } from '../control.ts'
import { bucketArn, dataBucketArn, trailBucketArn } from '../names.ts'
import type { AccountParams } from '../params.ts'
import { allow, but, deny, forAnyone, inPlaces } from '../statement.ts'

const bucketAndObjects = (arn: string) => [arn, `${arn}/*`]

const insecure = (arn: string) =>
  forAnyone(
    deny('DAT2OnlyTls', {
      Action: 's3:*',
      Resource: bucketAndObjects(arn),
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
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
          Condition: {
            Null: { 'aws:VpceAccount': 'false' },
            StringNotEquals: { 'aws:VpceAccount': params.awsAccountId },
            ...but(params, 'break-glass'),
          },
        }),
      ),
    },
    ...inPlaces(
      ['boundary'],
      deny('DAT2NoForeignBuckets', {
        Action: ['s3:DeleteObject*', 's3:PutObject*', 's3:ReplicateObject'],
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:ResourceAccount': params.awsAccountId } },
      }),
    ),
    ...inPlaces(
      ['s3-endpoint'],
      forAnyone(
        allow('DAT2OwnBuckets', {
          Action: 's3:*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:ResourceAccount': params.awsAccountId } },
        }),
      ),
      forAnyone(allow('DAT2ImageLayers', { Action: 's3:GetObject', Resource: imageLayers(params) })),
    ),
    ...inPlaces(
      ['interface-endpoint'],
      forAnyone(
        allow('DAT2OwnPrincipals', {
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:PrincipalAccount': params.awsAccountId } },
        }),
      ),
    ),
  ],
}
