import type { PolicyStatement } from '@uais/iam'
import { checkSize, render } from '../document.ts'
import { trustPlatform } from '../documents/trust.ts'
import { iamArn, managedTag, workerRoleArn } from '../names.ts'
import type { OrganizationBootstrapParams } from '../params.ts'
import { allow } from '../statement.ts'
import { type Bootstrap, roleBlocks, settings } from './bootstrap.ts'
import { budgetStopRole, keepBudgets } from './budget-stop.ts'

const name = 'uais-organization'

/** Makes and attaches our own service and resource control policies; detaches and deletes no other. */
function policy(p: OrganizationBootstrapParams): PolicyStatement[] {
  const policies = ['resource_control_policy', 'service_control_policy'].map(
    (kind) => `arn:${p.partition}:organizations::${p.managementAccountId}:policy/*/${kind}/*`,
  )
  const targets = ['account', 'ou', 'root'].map(
    (kind) => `arn:${p.partition}:organizations::${p.managementAccountId}:${kind}/*`,
  )
  const isTagged = { [`aws:ResourceTag/${managedTag.key}`]: managedTag.value }
  const asTagged = { [`aws:RequestTag/${managedTag.key}`]: managedTag.value }
  return [
    allow('MakeTaggedPolicies', {
      Action: ['organizations:CreatePolicy', 'organizations:TagResource'],
      Resource: '*',
      Condition: { StringEquals: asTagged },
    }),
    allow('ChangeTaggedPolicies', {
      Action: [
        'organizations:DeletePolicy',
        'organizations:TagResource',
        'organizations:UntagResource',
        'organizations:UpdatePolicy',
      ],
      Resource: policies,
      Condition: { StringEquals: isTagged },
    }),
    // Both the policy and the target are resources of these actions; the tag is asked of the policy.
    allow('AttachTaggedPolicies', {
      Action: ['organizations:AttachPolicy', 'organizations:DetachPolicy'],
      Resource: policies,
      Condition: { StringEquals: isTagged },
    }),
    allow('AttachToTargets', {
      Action: ['organizations:AttachPolicy', 'organizations:DetachPolicy'],
      Resource: targets,
      Condition: {
        StringEquals: { 'organizations:PolicyType': ['RESOURCE_CONTROL_POLICY', 'SERVICE_CONTROL_POLICY'] },
      },
    }),
    allow('ReadOrganization', {
      Action: [
        'organizations:DescribeOrganization',
        'organizations:DescribePolicy',
        'organizations:ListParents',
        'organizations:ListPolicies',
        'organizations:ListPoliciesForTarget',
        'organizations:ListRoots',
        'organizations:ListTagsForResource',
        'organizations:ListTargetsForPolicy',
      ],
      Resource: '*',
    }),
    ...keepBudgets(p),
  ]
}

/** The one role in the management account that the platform enters, and what it holds. */
export function organizationRole(p: OrganizationBootstrapParams) {
  const worker = workerRoleArn(p)
  return {
    name,
    purpose: 'Keeps the guardrails: service and resource control policies of the accounts that chose UAIS.',
    trustedPrincipal: worker,
    trust: trustPlatform(worker, p.externalId),
    policies: { [`${name}-policies`]: policy(p) },
    reads: false,
    may: [
      'create, change, attach and detach service and resource control policies that carry the tag ManagedBy=UAIS',
      'keep a budget of each account that chose to be stopped by it, and hand AWS Budgets the role below for that',
    ],
    mayNot: ['touch any other policy', 'create or move accounts', 'enter an account'],
  }
}

/**
 * The management account's bootstrap: one role that may keep our own control policies and budgets, and one by which AWS
 * Budgets stops an account whose budget is spent.
 */
export function renderOrganizationBootstrap(p: OrganizationBootstrapParams): Bootstrap {
  const roles = [organizationRole(p), budgetStopRole(p)]
  for (const role of roles) checkSize(role.name, Object.values(role.policies).map(render), 'role-inline')
  return {
    fileName: 'uais-bootstrap-organization.tf',
    terraform: [
      `# United AI Studio in the organization's management account (${p.managementAccountId}): two roles, once for all of its\n` +
        '# accounts. Keep this directory and its state: for the next account apply what has changed, from here.\n',
      settings(p.managementAccountId, p.region, { ManagedBy: 'UAIS', 'uais:stack': 'bootstrap/organization' }),
      ...roles.map(roleBlocks),
    ].join('\n'),
    roles: roles.map(({ name, purpose, trustedPrincipal, may, mayNot }) => ({
      ...{ name, purpose, trustedPrincipal, may, mayNot },
      arn: iamArn(p, p.managementAccountId, `role/uais/${name}`),
    })),
    commands: ['terraform init', 'terraform plan -out=bootstrap.tfplan', 'terraform apply bootstrap.tfplan'],
  }
}
