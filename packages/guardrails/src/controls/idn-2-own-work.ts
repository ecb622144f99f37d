import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { iamArn } from '../names.ts'
import type { AccountParams } from '../params.ts'
import { deny, inPlaces } from '../statement.ts'

/** What only people and the platform do: starting work, handing on roles, reading secrets, changing rights. */
const notForWorkloads = ['iam:*', 'sagemaker:*', 'secretsmanager:*', 'sts:AssumeRole']

const workloads = (p: AccountParams) =>
  ['training', 'inference'].map((role) => iamArn(p, p.awsAccountId, `role/uais/projects/uais-*-${role}`))

export const ownWork: Control = {
  id: 'IDN-2',
  title: 'Each role does its own work only',
  category: 'identity',
  words:
    'People, training jobs and served models have roles of their own. A job or a model can start no other work, pass on ' +
    'no role, read no secret and change no right, whatever else it was given.',
  enforcedBy: ['boundary', 'scp', 'identity policy'],
  limits: [
    'Pipelines have no role of their own yet: their steps run in the training role.',
    'A training job reads and writes what its project may; AWS gives jobs no finer identity than the role and the ' +
      "person's name.",
  ],
  sources: [
    'Amazon SageMaker AI Developer Guide, How to use SageMaker AI execution roles',
    'IAM User Guide, Security best practices in IAM: apply least-privilege permissions',
  ],
  statements: (params) =>
    inPlaces(
      ['scp', 'boundary'],
      deny('IDN2WorkloadsStartNothing', {
        Action: notForWorkloads,
        Resource: '*',
        Condition: { ArnLike: { 'aws:PrincipalArn': workloads(params) } },
      }),
    ),
  invariants: (params) => [
    nobody('IDN-2/workloads', notForWorkloads, { when: { ArnLike: { 'aws:PrincipalArn': workloads(params) } } }),
  ],
}
