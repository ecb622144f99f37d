import type { PolicyStatement } from '@uais/iam'
import { checkSize, render } from './document.ts'
import {
  dataBucketArn,
  endpointName,
  iamArn,
  modelPackageGroupName,
  type ProjectRole,
  projectRoleArn,
  sagemakerArn,
  serviceRolesArn,
  uploadPrefix,
} from './names.ts'
import type { AccountParams } from './params.ts'
import { allow } from './statement.ts'

/** What a session of a run is narrowed to. The names say which stack; everything else comes from the account. */
export type RunScope =
  | { kind: 'account' }
  | { kind: 'organization' }
  | { kind: 'project'; project: string }
  | { kind: 'data-source'; project: string; dataSource: string }
  | { kind: 'endpoint'; project: string; deployment: string }

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

function narrowed(scope: RunScope, p: AccountParams): PolicyStatement[] {
  const budgets = (name: string) => `arn:${p.partition}:budgets::${p.awsAccountId}:budget/${name}`
  switch (scope.kind) {
    case 'organization':
      return [allow('Guardrails', { Action: 'organizations:*', Resource: '*' })]
    case 'account':
      return [
        allow('Account', {
          NotAction: ['iam:*', 'sagemaker:CreateEndpoint*', 'sagemaker:UpdateModelPackage', 'sts:*'],
          Resource: '*',
        }),
        allow('Look', { Action: ['iam:Get*', 'iam:List*'], Resource: '*' }),
        allow('ServiceRoles', {
          Action: 'iam:*',
          Resource: [serviceRolesArn(p), iamArn(p, p.awsAccountId, 'role/aws-service-role/*')],
        }),
      ]
    case 'project':
      return [
        looking,
        allow('Roles', {
          Action: 'iam:*',
          Resource: [
            ...rolesOf(p, scope.project, 'studio', 'training', 'inference'),
            iamArn(p, p.awsAccountId, `policy/uais/projects/uais-${scope.project}-*`),
          ],
        }),
        allow('Models', {
          Action: 'sagemaker:*',
          Resource: sagemakerArn(p, `model-package-group/${modelPackageGroupName(scope.project)}`),
        }),
        allow('Logs', {
          Action: 'logs:*',
          Resource: `arn:${p.partition}:logs:${p.region}:${p.awsAccountId}:log-group:/uais/projects/${scope.project}*`,
        }),
        allow('Budget', { Action: 'budgets:*', Resource: budgets(`uais-${scope.project}`) }),
      ]
    case 'data-source':
      return [
        looking,
        allow('Grants', { Action: 'iam:*RolePolicy', Resource: rolesOf(p, scope.project, 'studio', 'training') }),
        allow('Marker', {
          Action: 's3:*',
          Resource: `${dataBucketArn(p)}/${uploadPrefix(scope.project, scope.dataSource)}*`,
        }),
        allow('Encrypt', { Action: 'kms:GenerateDataKey', Resource: '*' }),
      ]
    case 'endpoint': {
      const name = endpointName(scope.project, scope.deployment)
      return [
        looking,
        allow('Locks', { Action: 'iam:*RolePolicy', Resource: rolesOf(p, scope.project, 'studio', 'training') }),
        allow('Pass', { Action: 'iam:PassRole', Resource: rolesOf(p, scope.project, 'inference') }),
        allow('Serve', {
          Action: 'sagemaker:*',
          Resource: ['endpoint', 'endpoint-config', 'model'].map((kind) => sagemakerArn(p, `${kind}/${name}*`)),
        }),
        allow('Encrypt', {
          Action: ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKeyWithoutPlaintext'],
          Resource: '*',
        }),
        allow('Logs', {
          Action: 'logs:*',
          Resource: `arn:${p.partition}:logs:${p.region}:${p.awsAccountId}:log-group:/aws/sagemaker/Endpoints/${name}*`,
        }),
      ]
    }
  }
}

/**
 * Session policy for AssumeRole of a run: with the role's own policies it can only narrow. A run for one project
 * cannot touch another's, whatever its plan says. At most 2,048 characters (AWS STS API Reference, "AssumeRole").
 */
export function sessionPolicyFor(scope: RunScope, params: AccountParams): string {
  return session(narrowed(scope, params))
}

/** Session policy of `uais-mint` for one person: exactly that person's own profile. */
export const mintSessionPolicy = (userProfileArn: string): string =>
  session([allow('OpenOwnStudio', { Action: 'sagemaker:CreatePresignedDomainUrl', Resource: userProfileArn })])

/** Session policy of `uais-mint` for uploads into one data source. */
export function uploadSessionPolicy(params: AccountParams, project: string, dataSource: string): string {
  const prefix = uploadPrefix(project, dataSource)
  return session([
    allow('Upload', { Action: 's3:PutObject', Resource: `${dataBucketArn(params)}/${prefix}*` }),
    allow('ListUploads', {
      Action: 's3:ListBucket',
      Resource: dataBucketArn(params),
      Condition: { StringLike: { 's3:prefix': [prefix, `${prefix}*`] } },
    }),
    allow('Encrypt', { Action: 'kms:GenerateDataKey', Resource: '*' }),
  ])
}

function session(statements: readonly PolicyStatement[]): string {
  const text = render(statements)
  checkSize('of a session', text, 'session')
  return text
}
