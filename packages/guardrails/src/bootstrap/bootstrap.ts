import type { PolicyStatement } from '@uais/iam'
import { checkSize, documentOf, render } from '../document.ts'
import { boundary } from '../documents/account.ts'
import { bootstrapRoleArn, boundaryName, splunkRoleArn } from '../names.ts'
import type { BootstrapParams } from '../params.ts'
import { block, hcl } from './hcl.ts'
import { readPolicy } from './read.ts'
import { bootstrapRoles, type RoleDefinition } from './roles.ts'
import { splunkConnection, splunkRole } from './splunk.ts'

/** What an owner reads and runs, once, before the platform can do anything. */
export interface Bootstrap {
  fileName: string
  terraform: string
  roles: {
    name: string
    arn: string
    purpose: string
    trustedPrincipal: string
    may: string[]
    mayNot: string[]
  }[]
  commands: string[]
}

const json = (statements: readonly PolicyStatement[]) => `jsonencode(${hcl(documentOf(statements), '  ')})`
const label = (name: string) => name.replace(/^uais-/, '').replaceAll('-', '_')

/**
 * The owner's bootstrap of one account: the boundary, which stays the owner's, and four roles that only the
 * platform's own roles can enter. Plain Terraform with the documents written out, so that it can be read and kept.
 * @throws PolicyTooLarge
 */
export function renderBootstrap(p: BootstrapParams): Bootstrap {
  const roles = bootstrapRoles(p)
  checkSize(boundaryName, render(boundary(p)), 'managed')
  checkSize('uais-read', render(readPolicy(p)), 'managed')
  for (const role of roles) checkSize(role.name, Object.values(role.policies).map(render), 'role-inline')
  const parts = [
    heading(p),
    settings(p.awsAccountId, p.region, {
      ManagedBy: 'UAIS',
      'uais:account': p.accountName,
      'uais:stack': `bootstrap/${p.accountName}`,
    }),
    `# The most that any role of a project can ever do. Yours: the platform cannot change it.\n${policyBlock(boundaryName, boundary(p))}`,
    `# Looking at settings, for three of the four roles. No data, no secrets.\n${policyBlock('uais-read', readPolicy(p))}`,
    ...roles.map(roleBlocks),
    ...(p.splunk ? [roleBlocks(splunkRole(p)), splunkConnection(p)] : []),
  ]
  return {
    fileName: `uais-bootstrap-${p.accountName}.tf`,
    terraform: parts.join('\n'),
    roles: [
      ...roles.map((role) => ({ ...shown(role), arn: bootstrapRoleArn(p, role.name) })),
      ...(p.splunk ? [{ ...shown(splunkRole(p)), arn: splunkRoleArn(p) }] : []),
    ],
    commands: ['terraform init', 'terraform plan -out=bootstrap.tfplan', 'terraform apply bootstrap.tfplan'],
  }
}

const heading = (p: BootstrapParams) => `# United AI Studio in the account "${p.accountName}" (${p.awsAccountId}).
#
# Run it as an administrator of that account; once guardrails are attached, as
# ${p.breakGlassPrincipal}.
# It makes one boundary and four roles. Only the platform (account ${p.platformAccountId})
# can enter them, only with the external id below, and only saying for which run or person.
# To end everything at once: delete the roles, or deny them; it needs nobody's consent.
`

export function settings(account: string, region: string, tags: Record<string, string>): string {
  return `terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100"
    }
  }
}

provider "aws" {
  allowed_account_ids = ["${account}"]
  region              = "${region}"

  default_tags {
    tags = ${hcl(tags, '    ')}
  }
}
`
}

const policyBlock = (name: string, statements: readonly PolicyStatement[]) =>
  block(`resource "aws_iam_policy" "${label(name)}"`, {
    name: hcl(name),
    path: hcl('/uais/'),
    policy: json(statements),
  })

/** A role as its owner reads it: `path` where it is none of the platform's. */
type WrittenRole = Omit<RoleDefinition, 'name'> & { name: string; path?: string }

const shown = ({ name, purpose, trustedPrincipal, may, mayNot }: WrittenRole) => ({
  name,
  purpose,
  trustedPrincipal,
  may,
  mayNot,
})

export function roleBlocks(role: WrittenRole): string {
  const id = label(role.name)
  const comment = [
    `# ${role.purpose}`,
    ...role.may.map((text) => `#   may      ${text}`),
    ...role.mayNot.map((text) => `#   may not  ${text}`),
  ].join('\n')
  const parts = [
    `${comment}\n${block(`resource "aws_iam_role" "${id}"`, {
      name: hcl(role.name),
      path: hcl(role.path ?? '/uais/'),
      description: hcl(role.purpose),
      assume_role_policy: json(role.trust),
    })}`,
    ...Object.entries(role.policies).map(([name, statements]) =>
      block(`resource "aws_iam_role_policy" "${label(name)}"`, {
        name: hcl(name),
        role: `aws_iam_role.${id}.name`,
        policy: json(statements),
      }),
    ),
    ...(role.reads
      ? [
          block(`resource "aws_iam_role_policy_attachment" "${id}_read"`, {
            policy_arn: 'aws_iam_policy.read.arn',
            role: `aws_iam_role.${id}.name`,
          }),
        ]
      : []),
  ]
  return parts.join('\n')
}
