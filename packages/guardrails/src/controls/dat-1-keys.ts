import type { Control } from '../control.ts'
import { dataBucketArn, keyArnPattern } from '../names.ts'
import type { AccountParams } from '../params.ts'
import { deny, forAnyone, inPlaces } from '../statement.ts'
import { haveOutputKey, haveVolumeKey } from './actions.ts'

/** A missing key makes the negated operator true, so "no key" is refused too. */
const wrongKey = (params: AccountParams, name: string): Record<string, Record<string, string>> =>
  params.keyArn ? { ArnNotEquals: { [name]: params.keyArn } } : { Null: { [name]: 'true' } }

export const keys: Control = {
  id: 'DAT-1',
  title: 'Everything is encrypted with your key',
  category: 'data',
  words: 'Disks, results and stored objects are encrypted with the key that you administer and can switch off.',
  enforcedBy: ['scp', 'boundary', 'identity policy', 'resource policy'],
  limits: [
    'Instance types with local NVMe disks take no key; the approved list holds none.',
    'Until the key is known, some customer key is required; from then on, exactly yours.',
    'The trail is encrypted by S3, so that switching your key off does not blind your own audit.',
  ],
  sources: [
    'Service Authorization Reference, Amazon SageMaker AI: sagemaker:VolumeKmsKeyArn, sagemaker:OutputKmsKeyArn',
    'Amazon S3 User Guide, Using server-side encryption with AWS KMS keys',
  ],
  statements: (params) => {
    const volume = (p: AccountParams) =>
      deny('DAT1RequireVolumeKey', {
        Action: haveVolumeKey,
        Resource: '*',
        Condition: wrongKey(p, 'sagemaker:VolumeKmsKeyArn'),
      })
    const output = (p: AccountParams) =>
      deny('DAT1RequireOutputKey', {
        Action: haveOutputKey,
        Resource: '*',
        Condition: wrongKey(p, 'sagemaker:OutputKmsKeyArn'),
      })
    // The boundary comes from the bootstrap, before there is a key, and must not change when there is one.
    const unknown = { ...params, keyArn: undefined }
    return [
      ...inPlaces(['scp', 'studio'], volume(params), output(params)),
      ...inPlaces(['boundary'], volume(unknown), output(unknown)),
      // Saying nothing takes the bucket's own setting, which is your key; a negated operator alone would refuse that.
      ...inPlaces(
        ['data-bucket'],
        forAnyone(
          deny('DAT1OnlyKms', {
            Action: 's3:PutObject',
            Resource: `${dataBucketArn(params)}/*`,
            Condition: {
              Null: { 's3:x-amz-server-side-encryption': 'false' },
              StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' },
            },
          }),
        ),
        forAnyone(
          deny('DAT1OnlyOwnKeys', {
            Action: 's3:PutObject',
            Resource: `${dataBucketArn(params)}/*`,
            Condition: {
              ArnNotLike: { 's3:x-amz-server-side-encryption-aws-kms-key-id': keyArnPattern(params) },
              Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' },
            },
          }),
        ),
      ),
    ]
  },
}
