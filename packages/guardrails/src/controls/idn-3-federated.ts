import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { exempt } from '../promise.ts'
import { but, deny, inPlaces } from '../statement.ts'

/** Credentials that last, and the users that hold them (IAM User Guide, "Security best practices in IAM"). */
const lasting = [
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:CreateServiceSpecificCredential',
  'iam:CreateUser',
  'iam:ResetServiceSpecificCredential',
  'iam:UpdateLoginProfile',
  'iam:UploadSigningCertificate',
  'iam:UploadSSHPublicKey',
]

export const federated: Control = {
  id: 'IDN-3',
  title: 'People come through your directory only',
  category: 'identity',
  words:
    'No users, passwords or access keys are made in the account: people sign in through your identity provider, and ' +
    'what they hold ends by itself.',
  enforcedBy: ['scp'],
  limits: [
    'Part of the profile `regulated`. Users and keys that exist already go on working: the owner removes them.',
    'The root user of the account can make keys for itself; central management of root access takes that away.',
  ],
  sources: [
    'IAM User Guide, Security best practices in IAM: require human users to use federation',
    'AWS Organizations User Guide, Service control policy examples',
  ],
  statements: (params) =>
    params.profile === 'regulated'
      ? inPlaces(
          ['scp'],
          deny('IDN3NoLastingCredentials', { Action: lasting, Resource: '*', Condition: but(params, 'break-glass') }),
        )
      : [],
  invariants: (params) =>
    params.profile === 'regulated' ? [nobody('IDN-3/lasting', lasting, { but: exempt(params) })] : [],
}
