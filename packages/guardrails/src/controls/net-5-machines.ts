import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { deny, inPlaces } from '../statement.ts'

const make = 'sagemaker:CreateNotebookInstance'
const change = 'sagemaker:UpdateNotebookInstance'

export const machines: Control = {
  id: 'NET-5',
  title: 'Nobody is root, and machines keep their credentials',
  category: 'network',
  words:
    "Notebook instances give nobody root, and give their role's credentials only to requests that a foreign program " +
    'cannot be talked into (version 2 of the metadata service).',
  enforcedBy: ['scp'],
  limits: [
    'A lifecycle script of a notebook instance always runs as root: who may write one is decided by your own policies.',
    'Inside a Studio app a person is root of a container, not of the machine.',
  ],
  sources: [
    'Service Authorization Reference, Amazon SageMaker AI: sagemaker:RootAccess, sagemaker:MinimumInstanceMetadataServiceVersion',
    'Amazon SageMaker AI Developer Guide, Control root access to a notebook instance',
  ],
  // SageMaker's defaults are root and, for older settings, version 1: saying nothing is refused when one is made.
  statements: () =>
    inPlaces(
      ['scp'],
      deny('NET5NoRoot', {
        Action: make,
        Resource: '*',
        Condition: { StringNotEquals: { 'sagemaker:RootAccess': 'Disabled' } },
      }),
      deny('NET5NoRootLater', {
        Action: change,
        Resource: '*',
        Condition: { StringEquals: { 'sagemaker:RootAccess': 'Enabled' } },
      }),
      deny('NET5OnlyNewMetadata', {
        Action: make,
        Resource: '*',
        Condition: { StringNotEquals: { 'sagemaker:MinimumInstanceMetadataServiceVersion': '2' } },
      }),
      deny('NET5NoOldMetadataLater', {
        Action: change,
        Resource: '*',
        Condition: { StringEquals: { 'sagemaker:MinimumInstanceMetadataServiceVersion': '1' } },
      }),
    ),
  invariants: () => [
    nobody('NET-5/root', make, { when: { StringNotEquals: { 'sagemaker:RootAccess': 'Disabled' } } }),
    nobody('NET-5/root-later', change, { when: { StringEquals: { 'sagemaker:RootAccess': 'Enabled' } } }),
    nobody('NET-5/metadata', make, {
      when: { StringNotEquals: { 'sagemaker:MinimumInstanceMetadataServiceVersion': '2' } },
    }),
    nobody('NET-5/metadata-later', change, {
      when: { StringEquals: { 'sagemaker:MinimumInstanceMetadataServiceVersion': '1' } },
    }),
  ],
}
