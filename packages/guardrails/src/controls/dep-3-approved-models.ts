import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { dataBucketArn, sagemakerArn } from '../names.ts'
import { exempt } from '../promise.ts'
import { but, deny, inPlaces } from '../statement.ts'

const make = ['sagemaker:CreateEndpointConfig', 'sagemaker:CreateModel', 'sagemaker:CreateTransformJob']
const foreign = (p: Parameters<typeof sagemakerArn>[0]) => ({
  ArnNotLike: { 'sagemaker:ModelArn': sagemakerArn(p, 'model/uais-*') },
})

export const approvedModels: Control = {
  id: 'DEP-3',
  title: 'Only approved models reach an endpoint',
  category: 'deployment',
  words:
    'Models and endpoint configurations are made by the platform only, and only from the artifact that was reviewed.',
  enforcedBy: ['scp', 'boundary', 'identity policy'],
  limits: [
    'The platform compares the artifact with the digest that was reviewed; AWS itself does not.',
    'While an artifact is served, project roles cannot write or delete it; your break-glass role can.',
  ],
  sources: [
    'Service Authorization Reference, Amazon SageMaker AI: sagemaker:ModelArn on CreateEndpointConfig',
    'Amazon SageMaker API Reference, CreateModel: ModelDataUrl takes no object version',
  ],
  statements: (params) => [
    ...inPlaces(
      ['scp', 'boundary'],
      deny('DEP3OnlyPlatformMakesModels', {
        Action: make,
        Resource: '*',
        Condition: but(params, 'provision'),
      }),
    ),
    ...inPlaces(
      ['scp'],
      deny('DEP3OnlyUaisModels', {
        Action: 'sagemaker:CreateEndpointConfig',
        Resource: '*',
        Condition: foreign(params),
      }),
    ),
  ],
  invariants: (params) => [
    nobody('DEP-3/make', make, { but: exempt(params, 'provision') }),
    nobody('DEP-3/foreign', 'sagemaker:CreateEndpointConfig', { when: foreign(params) }),
  ],
}

/** Denies project roles any change of one served artifact. `key` is the object's key in the data bucket. */
export const artifactLock = (params: Parameters<typeof dataBucketArn>[0], key: string) =>
  deny('DEP3LockServedArtifact', {
    Action: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObject'],
    Resource: `${dataBucketArn(params)}/${key}`,
  })
