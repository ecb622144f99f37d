import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { deny, inPlaces } from '../statement.ts'
import { besidesRefused, haveTrafficEncryption } from './actions.ts'

/** `IfExists`: off is SageMaker's default, so a job that says nothing is refused. */
const plain = { BoolIfExists: { 'sagemaker:InterContainerTrafficEncryption': 'false' } }

export const betweenContainers: Control = {
  id: 'NET-7',
  title: 'Machines of one job speak encrypted',
  category: 'network',
  words: 'Where a job runs on several machines, what they tell each other is encrypted on the way.',
  enforcedBy: ['scp', 'identity policy'],
  limits: ['A distributed training job can take longer for it.'],
  sources: [
    'Service Authorization Reference, Amazon SageMaker AI: sagemaker:InterContainerTrafficEncryption',
    'Amazon SageMaker AI Developer Guide, Protect communications between ML compute instances in a distributed training job',
  ],
  statements: (params) =>
    inPlaces(
      ['scp', 'studio'],
      deny('NET7EncryptBetweenContainers', {
        Action: besidesRefused(params.profile, haveTrafficEncryption),
        Resource: '*',
        Condition: plain,
      }),
    ),
  invariants: () => [nobody('NET-7/plain', haveTrafficEncryption, { when: plain })],
}
