import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { apiRoleArn, dataBucketArn, eventQueueArn, iamArn, secretArn, workerRoleArn } from '../names.ts'
import type { AccountParams } from '../params.ts'
import { deny, forAnyone, inPlaces } from '../statement.ts'

/** Services with data or keys of ours that resource control policies reach; SageMaker is not one of those. */
const guarded = ['ecr:*', 'kms:*', 's3:*', 'secretsmanager:*', 'sqs:*']
const enter = 'sts:AssumeRole'
/** Confused deputies: a service that acts for somebody else than an account of the organization. */
const byServices = ['kms:*', 's3:*', 'secretsmanager:*', 'sqs:*']

/** Where the id is not known, that of the resource: both are of one organization, or the request is refused. */
const organization = (p: AccountParams) => p.organizationId ?? '${aws:ResourceOrgID}'
/** `IfExists` refuses the anonymous too, who carry neither key. */
const outsider = (p: AccountParams) => ({
  BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
  StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organization(p) },
})
/** Nobody enters a role without signing the request, so the key is always there. */
const entering = (p: AccountParams) => ({
  Bool: { 'aws:PrincipalIsAWSService': 'false' },
  StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organization(p) },
})
const deputy = (p: AccountParams) => ({
  // Only a service carries it (IAM User Guide, "aws:SourceAccount").
  Null: { 'aws:SourceAccount': 'false' },
  StringNotEqualsIfExists: { 'aws:SourceOrgID': organization(p) },
})
/** The platform need not be of the owner's organization: its two roles are named, and it enters no other role. */
const platform = (p: AccountParams) => [apiRoleArn(p), workerRoleArn(p)]

export const organizationOnly: Control = {
  id: 'DAT-8',
  title: 'Outsiders reach neither data nor keys, whatever a policy says',
  category: 'data',
  words:
    'No principal outside of your organization can use a bucket, key, queue, image or secret of the account or enter ' +
    'one of its roles, even if a policy there allows it by mistake; the two roles of the platform enter, and use nothing.',
  enforcedBy: ['rcp'],
  limits: [
    'SageMaker itself is not among the services that resource control policies reach: DAT-3 covers its sharing.',
    'They do not bind service-linked roles, keys that AWS manages, and retiring a grant.',
    'They must be enabled in your organization; until then this is not enforced, and the platform says so.',
    'Entering by SAML or OpenID Connect is decided by the trust policy alone.',
  ],
  sources: [
    'AWS Organizations User Guide, Resource control policies (RCPs)',
    'AWS Organizations User Guide, Resource control policy examples',
    'IAM User Guide, The confused deputy problem: aws:SourceOrgID',
  ],
  statements: (params) =>
    inPlaces(
      ['rcp'],
      forAnyone(deny('DAT8OnlyOrganization', { Action: guarded, Resource: '*', Condition: outsider(params) })),
      forAnyone(
        deny('DAT8OnlyOrganizationEnters', {
          Action: enter,
          Resource: '*',
          Condition: { ...entering(params), ArnNotEqualsIfExists: { 'aws:PrincipalArn': platform(params) } },
        }),
      ),
      forAnyone(deny('DAT8OnlyOwnDeputies', { Action: byServices, Resource: '*', Condition: deputy(params) })),
    ),
  invariants: (params) => [
    nobody('DAT-8/outsiders', guarded, {
      on: [dataBucketArn(params), `${dataBucketArn(params)}/*`, ...(params.keyArn ? [params.keyArn] : [])],
      when: outsider(params),
    }),
    nobody('DAT-8/enter', enter, {
      but: platform(params),
      on: [iamArn(params, params.awsAccountId, 'role/*')],
      when: entering(params),
    }),
    nobody('DAT-8/deputies', byServices, {
      on: [
        dataBucketArn(params),
        `${dataBucketArn(params)}/*`,
        eventQueueArn(params),
        secretArn(params, 'uais/*'),
        ...(params.keyArn ? [params.keyArn] : []),
      ],
      when: deputy(params),
    }),
  ],
}
