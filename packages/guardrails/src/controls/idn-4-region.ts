import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import type { AccountParams } from '../params.ts'
import { exempt } from '../promise.ts'
import { but, deny, inPlaces } from '../statement.ts'

/** Services that answer from one region for all (Organizations User Guide, "Deny access to AWS based on the Region"). */
const everywhere = [
  'account:*',
  'aws-portal:*',
  'billing:*',
  'budgets:*',
  'ce:*',
  'cloudfront:*',
  // IAM tells of its calls in one region only: whoever watches its roles must look there.
  'cloudtrail:LookupEvents',
  'consolidatedbilling:*',
  'cur:*',
  'freetier:*',
  'globalaccelerator:*',
  'health:*',
  'iam:*',
  'invoicing:*',
  'networkmanager:*',
  'organizations:*',
  'payments:*',
  'pricing:*',
  'route53:*',
  'route53domains:*',
  's3:GetAccountPublicAccessBlock',
  's3:ListAllMyBuckets',
  'shield:*',
  'sts:*',
  'support:*',
  'tax:*',
  'trustedadvisor:*',
]

/** What a person would work with elsewhere; the rule itself names what is spared, and spares nothing else. */
const regional = ['ec2:*', 'kms:*', 'lambda:*', 's3:*Bucket', 's3:*Object', 'sagemaker:*', 'secretsmanager:*']

const elsewhere = (p: AccountParams) => ({ StringNotEquals: { 'aws:RequestedRegion': p.region } })

export const region: Control = {
  id: 'IDN-4',
  title: 'Work stays in the agreed region',
  category: 'identity',
  words:
    'Machine learning runs in the region agreed with you, where your network, key and trail are. In the profile ' +
    '`regulated` nothing else runs elsewhere either.',
  enforcedBy: ['scp'],
  limits: [
    'Services that AWS runs once for all regions (identities, billing, names) are not bound to one.',
    'Who copies an object to another region needs a bucket there: reading from yours is guarded by DAT-2.',
  ],
  sources: [
    'AWS Organizations User Guide, Service control policy examples: deny access to AWS based on the requested Region',
    'IAM User Guide, AWS global condition context keys: aws:RequestedRegion',
  ],
  statements: (params) =>
    inPlaces(
      ['scp'],
      params.profile === 'regulated'
        ? deny('IDN4OnlyAgreedRegion', {
            NotAction: everywhere,
            Resource: '*',
            Condition: { ...elsewhere(params), ...but(params, 'break-glass') },
          })
        : deny('IDN4OnlyAgreedRegion', {
            Action: 'sagemaker:*',
            Resource: '*',
            Condition: { ...elsewhere(params), ...but(params, 'break-glass') },
          }),
    ),
  invariants: (params) => [
    nobody('IDN-4/region', params.profile === 'regulated' ? regional : 'sagemaker:*', {
      but: exempt(params),
      when: elsewhere(params),
    }),
  ],
}
