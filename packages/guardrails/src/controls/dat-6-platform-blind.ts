import { markerName } from '../bootstrap/read.ts'
import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { bootstrapRoleArn, dataBucketArn, projectPrefix } from '../names.ts'
import type { AccountParams } from '../params.ts'
import { deny, forAnyone, inPlaces, isProject } from '../statement.ts'

const platform = (p: AccountParams) => ({
  ArnEquals: {
    'aws:PrincipalArn': (['uais-audit', 'uais-mint', 'uais-provision', 'uais-teardown'] as const).map((role) =>
      bootstrapRoleArn(p, role),
    ),
  },
})
const readObjects = ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTorrent']
/** Artifacts, for the digest that a review is bound to, and the notes that data sources leave. */
const readable = (p: AccountParams) => [
  `${dataBucketArn(p)}/projects/*/data/*/${markerName}`,
  `${dataBucketArn(p)}/projects/*/models/*`,
]
/** A star stands for slashes too, so a folder called `models` inside of data would pass for a place of artifacts. */
const looksLikeArtifacts = (p: AccountParams, ...places: string[]) =>
  places.flatMap((place) =>
    [`${place}/models/*`, `${place}/*/models/*`].map((path) => `${dataBucketArn(p)}/projects/*/${path}`),
  )
const decrypt = ['kms:Decrypt', 'kms:ReEncryptFrom']
const readSecrets = 'secretsmanager:GetSecretValue'

export const platformBlind: Control = {
  id: 'DAT-6',
  title: 'The platform cannot read your data',
  category: 'data',
  words:
    'None of the four roles by which the platform works can read a data set, a file of a person or a secret, or decrypt ' +
    'by itself: it reads model artifacts, to compute the digest of a review, and the notes that it left itself.',
  enforcedBy: ['scp', 'identity policy', 'resource policy'],
  limits: [
    'The platform reads the trail and the logs of jobs: what a job writes into its log is seen.',
    'Names, sizes and dates of objects are visible to it.',
  ],
  sources: ['AWS KMS Developer Guide, Key policies', 'Amazon S3 User Guide, Bucket policies for Amazon S3'],
  statements: (params) => [
    ...inPlaces(
      ['data-bucket'],
      forAnyone(
        deny('DAT6PlatformReadsNoData', {
          Action: readObjects,
          NotResource: readable(params),
          Condition: platform(params),
        }),
      ),
      forAnyone(
        deny('DAT6OnlyArtifactsAreArtifacts', {
          Action: readObjects,
          // Those of people are kept by ISO-2.
          Resource: looksLikeArtifacts(params, 'data', 'capture'),
          Condition: platform(params),
        }),
      ),
    ),
    ...inPlaces(
      ['scp'],
      deny('DAT6PlatformDecryptsNothing', {
        Action: decrypt,
        Resource: '*',
        Condition: { ...platform(params), Null: { 'kms:ViaService': 'true' } },
      }),
      deny('DAT6PlatformReadsNoSecrets', { Action: readSecrets, Resource: '*', Condition: platform(params) }),
    ),
  ],
  invariants: (params) => [
    ...(isProject(params)
      ? [
          nobody('DAT-6/data', readObjects, {
            on: ['data/*.csv', 'users/*'].map(
              (path) => `${dataBucketArn(params)}/${projectPrefix(params.project.name)}${path}`,
            ),
            when: platform(params),
          }),
          nobody('DAT-6/lookalikes', readObjects, {
            on: looksLikeArtifacts(params, 'data', 'users', 'capture').map((arn) =>
              arn.replace('/projects/*/', `/${projectPrefix(params.project.name)}`),
            ),
            when: platform(params),
          }),
        ]
      : []),
    nobody('DAT-6/decrypt', decrypt, { when: { ...platform(params), Null: { 'kms:ViaService': 'true' } } }),
    nobody('DAT-6/secrets', readSecrets, { when: platform(params) }),
  ],
}
