import type { PolicyStatement } from '@uais/iam'
import { markerName } from './bootstrap/read.ts'
import { checkSize, render } from './document.ts'
import {
  bucketArn,
  budgetStopRoleArn,
  dataBucketArn,
  endpointName,
  iamArn,
  logGroupArn,
  modelPackageGroupName,
  type ProjectRole,
  projectLogGroup,
  projectRoleArn,
  sagemakerArn,
  serviceRolesArn,
  splunkRoleArn,
  uploadPrefix,
} from './names.ts'
import type { AccountParams } from './params.ts'
import { allow, deny } from './statement.ts'

/**
 * What a session of the worker is narrowed to: a run of one stack, one person's workspace, or one decision about a
 * model. The names say which; everything else comes from the account.
 */
export type RunScope =
  | { kind: 'account' }
  | { kind: 'organization' }
  | { kind: 'project'; project: string }
  | { kind: 'data-source'; project: string; dataSource: string }
  | { kind: 'endpoint'; project: string; deployment: string }
  | { kind: 'workspace'; project: string; domainId: string; userProfile: string; space: string }
  | { kind: 'model-approval'; modelPackageArn: string }

/** All that an ARN needs to know of an account. */
type Place = Pick<AccountParams, 'partition' | 'awsAccountId' | 'region'>

const looking = allow('Look', {
  Action: [
    'budgets:List*',
    'budgets:View*',
    'iam:Get*',
    'iam:List*',
    'kms:Describe*',
    'kms:Get*',
    'kms:List*',
    'logs:Describe*',
    'logs:List*',
    's3:GetBucket*',
    's3:List*',
    'sagemaker:Describe*',
    'sagemaker:List*',
  ],
  Resource: '*',
})

const rolesOf = (p: AccountParams, project: string, ...roles: ProjectRole[]) =>
  roles.map((role) => projectRoleArn(p, project, role))

/** The roles' own managed policies, each by its name: a pattern would take in a project whose name begins alike. */
const policiesOf = (p: AccountParams, project: string) =>
  ['studio', 'studio-guards', 'training', 'inference'].map((name) =>
    iamArn(p, p.awsAccountId, `policy/uais/projects/uais-${project}-${name}`),
  )

/** A log group is named with and without its streams (Service Authorization Reference, "Amazon CloudWatch Logs"). */
const logGroup = (p: AccountParams, name: string) => [logGroupArn(p, name), logGroupArn(p, `${name}:*`)]

const inlinePolicies = ['iam:DeleteRolePolicy', 'iam:PutRolePolicy']

function narrowed(scope: RunScope, p: AccountParams): PolicyStatement[] {
  switch (scope.kind) {
    case 'organization':
      return ofOrganization(p)
    case 'account':
      return ofAccount(p)
    case 'project':
      return [looking, ...ofProject(p, scope.project)]
    case 'data-source':
      return [
        looking,
        allow('Grants', { Action: inlinePolicies, Resource: rolesOf(p, scope.project, 'studio', 'training') }),
        allow('Marker', {
          Action: 's3:*',
          Resource: `${dataBucketArn(p)}/${uploadPrefix(scope.project, scope.dataSource)}${markerName}`,
        }),
        allow('Encrypt', { Action: 'kms:GenerateDataKey', Resource: '*' }),
      ]
    case 'endpoint':
      return [looking, ...ofEndpoint(p, scope.project, scope.deployment)]
    case 'workspace':
      return [looking, ...ofWorkspace(p, scope)]
    case 'model-approval':
      return [allow('Decide', { Action: 'sagemaker:UpdateModelPackage', Resource: scope.modelPackageArn })]
  }
}

const ofOrganization = (p: AccountParams): PolicyStatement[] => [
  allow('Guardrails', { Action: 'organizations:*', Resource: '*' }),
  // The management account is known to the role's own policy, not to the account's parameters.
  ...(p.budgetStop
    ? [
        allow('Budget', {
          Action: 'budgets:*',
          Resource: ['', '/action/*'].map(
            (part) => `arn:${p.partition}:budgets::*:budget/uais-${p.accountName}${part}`,
          ),
        }),
        allow('PassToBudgets', { Action: 'iam:PassRole', Resource: budgetStopRoleArn(p, '*') }),
      ]
    : []),
]

const ofAccount = (p: AccountParams): PolicyStatement[] => [
  allow('Account', {
    NotAction: ['iam:*', 'sagemaker:CreateEndpoint*', 'sagemaker:UpdateModelPackage', 'sts:*'],
    Resource: '*',
  }),
  allow('Look', { Action: ['iam:Get*', 'iam:List*'], Resource: '*' }),
  allow('ServiceRoles', {
    Action: 'iam:*',
    Resource: [serviceRolesArn(p), iamArn(p, p.awsAccountId, 'role/aws-service-role/*')],
  }),
  ...(p.splunk ? [allow('PassToEventBridge', { Action: 'iam:PassRole', Resource: splunkRoleArn(p) })] : []),
]

const ofProject = (p: AccountParams, project: string): PolicyStatement[] => [
  allow('Roles', {
    Action: 'iam:*',
    Resource: [...rolesOf(p, project, 'studio', 'training', 'inference'), ...policiesOf(p, project)],
  }),
  allow('Models', {
    Action: 'sagemaker:*',
    Resource: sagemakerArn(p, `model-package-group/${modelPackageGroupName(project)}`),
  }),
  allow('Logs', { Action: 'logs:*', Resource: logGroup(p, projectLogGroup(project)) }),
  allow('Budget', {
    Action: 'budgets:*',
    Resource: `arn:${p.partition}:budgets::${p.awsAccountId}:budget/uais-${project}`,
  }),
]

function ofEndpoint(p: AccountParams, project: string, deployment: string): PolicyStatement[] {
  const name = endpointName(project, deployment)
  // Models and configurations end in eight digits of their content, which change with every release.
  const parts = [`endpoint/${name}`, `endpoint-config/${name}-????????`, `model/${name}-????????`]
  return [
    allow('Locks', { Action: inlinePolicies, Resource: rolesOf(p, project, 'studio', 'training') }),
    allow('Pass', { Action: 'iam:PassRole', Resource: rolesOf(p, project, 'inference') }),
    allow('Serve', { Action: 'sagemaker:*', Resource: parts.map((part) => sagemakerArn(p, part)) }),
    allow('Encrypt', {
      Action: ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKeyWithoutPlaintext'],
      Resource: '*',
    }),
    allow('Logs', { Action: 'logs:*', Resource: logGroup(p, `/aws/sagemaker/Endpoints/${name}`) }),
  ]
}

function ofWorkspace(p: AccountParams, scope: Extract<RunScope, { kind: 'workspace' }>): PolicyStatement[] {
  const { project, domainId, userProfile, space } = scope
  const parts = [
    `user-profile/${domainId}/${userProfile}`,
    `space/${domainId}/${space}`,
    `app/${domainId}/${userProfile}/*`,
    `app/${domainId}/${space}/*`,
  ]
  return [
    allow('Studio', { Action: 'sagemaker:*', Resource: [...new Set(parts)].map((part) => sagemakerArn(p, part)) }),
    allow('Pass', { Action: 'iam:PassRole', Resource: rolesOf(p, project, 'studio') }),
  ]
}

/**
 * Session policy for AssumeRole of the worker: with the role's own policies it can only narrow. A run for one project
 * cannot touch another's, whatever its plan says. At most 2,048 characters (AWS STS API Reference, "AssumeRole").
 */
export function sessionPolicyFor(scope: RunScope, params: AccountParams): string {
  return session(narrowed(scope, params))
}

/** Session policy of `uais-mint` for one person: exactly that person's own profile. */
export const mintSessionPolicy = (userProfileArn: string): string =>
  session([allow('OpenOwnStudio', { Action: 'sagemaker:CreatePresignedDomainUrl', Resource: userProfileArn })])

/** Session policy of `uais-mint` for one file: this key in this bucket, encrypted with this key, and nothing else. */
export const uploadSessionPolicy = (account: Place, file: { bucket: string; key: string; keyArn: string }) =>
  session([
    allow('Upload', { Action: 's3:PutObject', Resource: `${bucketArn(account, file.bucket)}/${file.key}` }),
    allow('Encrypt', { Action: 'kms:GenerateDataKey', Resource: file.keyArn }),
  ])

/** Session policy of `uais-mint` for the names below one prefix; contents stay out of reach. */
export const listSessionPolicy = (account: Place, place: { bucket: string; prefix: string }) =>
  session([
    allow('List', {
      Action: 's3:ListBucket',
      Resource: bucketArn(account, place.bucket),
      Condition: { StringLike: { 's3:prefix': [place.prefix, `${place.prefix}*`] } },
    }),
  ])

/** For trying a way in: such a session may do nothing at all, so that only the entry itself is tried. */
export const probeSessionPolicy = (): string => session([deny('NothingAtAll', { Action: '*', Resource: '*' })])

/** For looking at what binds an account from above; it changes nothing. */
export const lookAboveSessionPolicy = (): string =>
  session([allow('LookAbove', { Action: ['organizations:Describe*', 'organizations:List*'], Resource: '*' })])

function session(statements: readonly PolicyStatement[]): string {
  const text = render(statements)
  checkSize('of a session', text, 'session')
  return text
}
