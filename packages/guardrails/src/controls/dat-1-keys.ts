import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { bootstrapRoleArn, dataBucketArn, keyArnPattern } from '../names.ts'
import type { AccountParams } from '../params.ts'
import { exempt } from '../promise.ts'
import { deny, forAnyone, inPlaces } from '../statement.ts'
import { besidesRefused, haveOutputKey, haveSharingKey, haveVolumeKey } from './actions.ts'

type When = Record<string, Record<string, string>>

/** Saying nothing takes the bucket's own setting, which is your key; a negated operator alone would refuse that. */
const notKms: When = {
  Null: { 's3:x-amz-server-side-encryption': 'false' },
  StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' },
}
const notOwnKey = (params: AccountParams): When => ({
  ArnNotLike: { 's3:x-amz-server-side-encryption-aws-kms-key-id': params.keyArn ?? keyArnPattern(params) },
  Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' },
})

/** A missing key makes the negated operator true, so "no key" is refused too. */
const wrongKey = (params: AccountParams, name: string): When =>
  params.keyArn ? { ArnNotEquals: { [name]: params.keyArn } } : { Null: { [name]: 'true' } }

export const keys: Control = {
  id: 'DAT-1',
  title: 'Everything is encrypted with your key',
  category: 'data',
  words: 'Disks, results and stored objects are encrypted with the key that you administer and can switch off.',
  enforcedBy: ['scp', 'rcp', 'boundary', 'identity policy', 'resource policy'],
  limits: [
    'Instance types with local NVMe disks take no key; the approved list holds none.',
    'Until the key is known, some customer key is required; from then on, exactly yours.',
    'Without an organization your bucket takes any key of this account.',
    'With a key that UAIS made, your administrators and roles outside projects cannot start such jobs at all: SageMaker ' +
      'asks for a grant on the key in their name, and IMM-1 refuses it. Training and serving begin in a project.',
    'The trail is encrypted by S3, so that switching your key off does not blind your own audit.',
  ],
  sources: [
    'Service Authorization Reference, Amazon SageMaker AI: sagemaker:VolumeKmsKeyArn, sagemaker:OutputKmsKeyArn',
    'Amazon S3 User Guide, Using server-side encryption with AWS KMS keys',
  ],
  statements: (params) => {
    // Boundary and bucket are made before or with the key, and must not change when there is one.
    const unknown = { ...params, keyArn: undefined }
    const objects = `${dataBucketArn(params)}/*`
    return [
      ...inPlaces(['scp', 'studio'], ...ofJobs(params)),
      ...inPlaces(['boundary'], ...ofJobs(unknown)),
      ...inPlaces(
        ['scp'],
        ...Object.entries(otherKeys(params)).map(([name, { may, when }]) =>
          deny(`DAT1Only${name}`, { Action: may, Resource: '*', Condition: when }),
        ),
      ),
      ...inPlaces(
        ['data-bucket'],
        forAnyone(deny('DAT1OnlyKms', { Action: 's3:PutObject', Resource: objects, Condition: notKms })),
        forAnyone(
          deny('DAT1OnlyOwnKeys', { Action: 's3:PutObject', Resource: objects, Condition: notOwnKey(unknown) }),
        ),
      ),
      ...(params.keyArn
        ? inPlaces(
            ['rcp'],
            forAnyone(
              deny('DAT1OnlyYourKey', { Action: 's3:PutObject', Resource: objects, Condition: notOwnKey(params) }),
            ),
          )
        : []),
    ]
  },
  invariants: (params) => {
    const objects = [`${dataBucketArn(params)}/*`]
    return [
      nobody('DAT-1/volume', haveVolumeKey, { when: wrongKey(params, 'sagemaker:VolumeKmsKeyArn') }),
      nobody('DAT-1/output', haveOutputKey, { when: wrongKey(params, 'sagemaker:OutputKmsKeyArn') }),
      ...Object.entries(otherKeys(params)).map(([name, { may, when }]) =>
        nobody(`DAT-1/${name.toLowerCase()}`, may, { when }),
      ),
      nobody('DAT-1/not-kms', 's3:PutObject', { on: objects, when: notKms }),
      nobody('DAT-1/foreign-key', 's3:PutObject', { on: objects, when: notOwnKey({ ...params, keyArn: undefined }) }),
      ...(params.keyArn
        ? [
            nobody('DAT-1/other-key', 's3:PutObject', { on: objects, when: notOwnKey(params) }),
            ...usesOfKey(params, params.keyArn),
          ]
        : []),
    ]
  },
}

const ofJobs = (params: AccountParams) => [
  deny('DAT1RequireVolumeKey', {
    Action: besidesRefused(params.profile, haveVolumeKey),
    Resource: '*',
    Condition: wrongKey(params, 'sagemaker:VolumeKmsKeyArn'),
  }),
  deny('DAT1RequireOutputKey', {
    Action: besidesRefused(params.profile, haveOutputKey),
    Resource: '*',
    Condition: wrongKey(params, 'sagemaker:OutputKmsKeyArn'),
  }),
]

/** What need not be encrypted because it need not be there: asked for only where it is. */
function otherKeys(params: AccountParams): Record<string, { may: string | string[]; when: When }> {
  const feature = (part: string) => `sagemaker:FeatureGroup${part}`
  const create = 'sagemaker:CreateFeatureGroup'
  return {
    OnlineFeatures: {
      may: create,
      when: merged(
        { Bool: { [feature('EnableOnlineStore')]: 'true' } },
        wrongKey(params, feature('OnlineStoreKmsKeyArn')),
      ),
    },
    OfflineFeatures: {
      may: create,
      when: merged(
        { Null: { [feature('OfflineStoreS3Uri')]: 'false' } },
        wrongKey(params, feature('OfflineStoreKmsKeyArn')),
      ),
    },
    ...(params.keyArn
      ? {
          SharedOutputs: {
            may: haveSharingKey,
            when: merged(
              { Null: { 'sagemaker:DomainSharingOutputKmsKeyArn': 'false' } },
              wrongKey(params, 'sagemaker:DomainSharingOutputKmsKeyArn'),
            ),
          },
        }
      : {}),
  }
}

const merged = (left: When, right: When): When =>
  Object.fromEntries(
    [...new Set([...Object.keys(left), ...Object.keys(right)])].map((operator) => [
      operator,
      { ...left[operator], ...right[operator] },
    ]),
  )

/** What the key's own policy keeps: use through services only, and what lies in the bucket for those it is for. */
function usesOfKey(params: AccountParams, keyArn: string) {
  const via = (...services: string[]) => services.map((service) => `${service}.${params.region}.amazonaws.com`)
  const place = (path: string) => ({
    'kms:EncryptionContext:aws:s3:arn': `${dataBucketArn(params)}/projects/*/${path}/*`,
  })
  const throughS3 = { StringEquals: { 'kms:ViaService': via('s3')[0]! } }
  const on = [keyArn]
  const projects = exempt(params, 'projects')
  return [
    nobody('DAT-1/by-hand', ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'], {
      but: exempt(params),
      on,
      when: { StringNotEquals: { 'kms:ViaService': via('s3', 'sagemaker', 'secretsmanager') } },
    }),
    nobody('DAT-1/decrypt', 'kms:Decrypt', {
      but: projects,
      on,
      when: { ...throughS3, StringNotLike: place('models') },
    }),
    nobody('DAT-1/artifacts', 'kms:Decrypt', {
      but: [...projects, bootstrapRoleArn(params, 'uais-audit')],
      on,
      when: { ...throughS3, StringLike: place('models') },
    }),
    nobody('DAT-1/bring', 'kms:GenerateDataKey', {
      but: projects,
      on,
      when: { ...throughS3, StringNotLike: place('data') },
    }),
    nobody('DAT-1/grants', 'kms:CreateGrant', {
      but: exempt(params),
      on,
      when: { StringNotEquals: { 'kms:ViaService': via('sagemaker')[0]! } },
    }),
  ]
}
