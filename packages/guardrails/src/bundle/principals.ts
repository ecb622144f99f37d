import type { PolicyDocument, ProofPrincipal } from '@uais/iam'
import { readPolicy } from '../bootstrap/read.ts'
import { bootstrapRoles } from '../bootstrap/roles.ts'
import { documentOf } from '../document.ts'
import {
  bootstrapRoleArn,
  boundaryArn,
  iamArn,
  type ProjectRole,
  projectRoleArn,
  projectRoleName,
  rootArn,
  serviceRolesArn,
} from '../names.ts'
import type { AccountParams, ProjectParams } from '../params.ts'
import { isProject } from '../statement.ts'
import { type Documents, documentIn, everything, named } from './documents.ts'

/** What the platform would have made at random; a proof holds for each. */
const externalId = 'uais-external-id-of-the-proof'

/** People of a directory sign in through a provider, for the console or with a tool. */
const signedInBy = (provider: string): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: provider },
      Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
      Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
    },
  ],
})

/**
 * Whom every account has: an administrator, the break-glass role, a permission set of IAM Identity Center, and the
 * root user. A proof for an administrator with every right covers everybody with fewer.
 */
function owners(p: AccountParams): ProofPrincipal[] {
  const own = (path: string) => iamArn(p, p.awsAccountId, path)
  const trustPolicy = signedInBy(own('saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE'))
  const identityPolicies = [{ name: 'AdministratorAccess', policy: everything }]
  const reserved = `role/aws-reserved/sso.amazonaws.com/${p.region}/AWSReservedSSO_AdministratorAccess_0123456789abcdef`
  return [
    { arn: own('role/admin'), identityPolicies, trustPolicy },
    { arn: p.breakGlassPrincipal, identityPolicies, trustPolicy },
    { arn: own(reserved), identityPolicies, trustPolicy },
    { arn: rootArn(p), identityPolicies: [] },
  ]
}

/** The four roles of the bootstrap, as the owner's file makes them. */
const platform = (p: AccountParams): ProofPrincipal[] =>
  bootstrapRoles({ ...p, externalId }).map(({ name, policies, reads, trust }) => ({
    arn: bootstrapRoleArn(p, name),
    tags: { ManagedBy: 'UAIS', 'uais:account': p.accountName },
    identityPolicies: [
      ...Object.entries(policies).map(([policy, statements]) => ({ name: policy, policy: documentOf(statements) })),
      ...(reads
        ? [
            {
              name: 'uais-read',
              arn: iamArn(p, p.awsAccountId, 'policy/uais/uais-read'),
              policy: documentOf(readPolicy(p)),
            },
          ]
        : []),
    ],
    trustPolicy: documentOf(trust),
  }))

const rolePolicies: Record<ProjectRole, readonly string[]> = {
  studio: ['studio', 'studio-guards', 'read', 'artifact-lock'],
  training: ['training', 'read', 'artifact-lock'],
  inference: ['inference'],
}

function ofProject(p: ProjectParams, documents: Documents): ProofPrincipal[] {
  return (Object.keys(rolePolicies) as ProjectRole[]).map((role) => ({
    arn: projectRoleArn(p, p.project.name, role),
    tags: { ManagedBy: 'UAIS', 'uais:account': p.accountName, 'uais:project': p.project.name },
    identityPolicies: named(documents, ...rolePolicies[role]).map((document) => ({
      ...document,
      // Those of a data source or an endpoint are written into the role, the role's own are policies of their own.
      ...(document.name in { read: 1, 'artifact-lock': 1 }
        ? {}
        : { arn: iamArn(p, p.awsAccountId, `policy/uais/projects/${projectRoleName(p.project.name, role)}`) }),
    })),
    permissionsBoundary: { ...named(documents, 'boundary')[0]!, arn: boundaryArn(p) },
    trustPolicy: documentIn(documents[`${role}-trust`]!),
  }))
}

/** The role that a domain needs before it has projects: it may do nothing. */
const idle = (p: AccountParams, documents: Documents): ProofPrincipal => ({
  arn: serviceRolesArn(p).replace('*', 'uais-studio-default'),
  tags: { ManagedBy: 'UAIS', 'uais:account': p.accountName },
  identityPolicies: [],
  permissionsBoundary: { ...named(documents, 'boundary')[0]!, arn: boundaryArn(p) },
  trustPolicy: documentIn(documents['domain-trust']!),
})

/** Everybody of the account as the stacks and the bootstrap leave it. */
export const principalsOf = (p: AccountParams | ProjectParams, documents: Documents): ProofPrincipal[] => [
  ...owners(p),
  ...platform(p),
  idle(p, documents),
  ...(isProject(p) ? ofProject(p, documents) : []),
]
