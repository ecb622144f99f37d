import type { PolicyDocument } from '@uais/iam'
import { uniqueId } from '../kernel/credentials.ts'
import type { Call } from '../kernel/operation.ts'
import { roles } from '../services/iam/state.ts'
import { seedAccounts } from './organization.ts'

const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess'

interface SeedRole {
  account: string
  name: string
  description: string
  trust: PolicyDocument
  attached?: string[]
  inline?: Record<string, PolicyDocument>
}

/** Trust of roles that people sign in to: what an identity center would put there; the sandbox's door plays its part. */
const signIn = (account: string): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::${account}:saml-provider/uais-sandbox-sign-in` },
    Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession', 'sts:SetSourceIdentity'],
    Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
  },
})

const tasks: PolicyDocument = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' },
}

export const platformAccount = '200000000002'
export const stateBucket = `uais-state-${platformAccount}`

/** What the platform's worker and API may do: assume the roles that owners gave them, and keep Terraform's state. */
function platformPolicy(roleNames: string[]): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'AssumeRolesOfOwners',
        Effect: 'Allow',
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
        Resource: roleNames.map((name) => `arn:aws:iam::*:role/uais/${name}`),
      },
      {
        Sid: 'ListState',
        Effect: 'Allow',
        Action: ['s3:ListBucket', 's3:GetBucketVersioning', 's3:GetBucketLocation'],
        Resource: `arn:aws:s3:::${stateBucket}`,
      },
      {
        Sid: 'KeepState',
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:DeleteObject'],
        Resource: `arn:aws:s3:::${stateBucket}/*`,
      },
      {
        Sid: 'UseStateKey',
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
        Resource: `arn:aws:kms:*:${platformAccount}:key/*`,
        Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/uais-state' } },
      },
    ],
  }
}

function seedRoles(): SeedRole[] {
  const people = seedAccounts.flatMap(({ id }): SeedRole[] => [
    {
      account: id,
      name: 'admin',
      description: 'Administrator of the account, as identity center would grant it',
      trust: signIn(id),
      attached: [administrator],
    },
    {
      account: id,
      name: 'break-glass',
      description: 'The principal that the owner names for his levers',
      trust: signIn(id),
      attached: [administrator],
    },
  ])
  const worker = ['uais-provision', 'uais-audit', 'uais-teardown', 'uais-organization']
  return [
    ...people,
    {
      account: platformAccount,
      name: 'uais-worker',
      description: 'The platform worker: runs Terraform in the accounts of data owners',
      trust: tasks,
      inline: { platform: platformPolicy(worker) },
    },
    {
      account: platformAccount,
      name: 'uais-api',
      description: 'The platform API: mints workspace links in the accounts of data owners',
      trust: tasks,
      inline: { platform: platformPolicy(['uais-mint']) },
    },
  ]
}

export function seedRolesOf(call: Call): void {
  for (const { account, name, description, trust, attached, inline } of seedRoles()) {
    const documents = Object.entries(inline ?? {}).map(([key, document]) => [key, JSON.stringify(document)])
    roles(call, account).put(name, {
      name,
      path: '/',
      id: uniqueId('AROA'),
      arn: `arn:aws:iam::${account}:role/${name}`,
      account,
      trust: JSON.stringify(trust),
      description,
      maxSessionDuration: 43_200,
      createdAt: call.now.toISOString(),
      tags: {},
      inline: Object.fromEntries(documents),
      attached: attached ?? [],
    })
  }
}
