import type { PolicyRow } from './state.ts'

/** AWS managed policies that the sandbox knows (AWS Managed Policy Reference Guide). Others do not exist here. */
const documents: Record<string, { path: string; description: string; document: object }> = {
  AdministratorAccess: {
    path: '/',
    description: 'Provides full access to AWS services and resources.',
    document: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    },
  },
  PowerUserAccess: {
    path: '/',
    description:
      'Provides full access to AWS services and resources, but does not allow management of Users and groups.',
    document: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
        {
          Effect: 'Allow',
          Action: [
            'account:GetAccountInformation',
            'account:GetGovCloudAccountInformation',
            'account:GetPrimaryEmail',
            'account:ListRegions',
            'iam:CreateServiceLinkedRole',
            'iam:DeleteServiceLinkedRole',
            'iam:ListRoles',
            'organizations:DescribeOrganization',
          ],
          Resource: '*',
        },
      ],
    },
  },
  IAMFullAccess: {
    path: '/',
    description: 'Provides full access to IAM via the AWS Management Console.',
    document: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: [
            'iam:*',
            'organizations:DescribeAccount',
            'organizations:DescribeOrganization',
            'organizations:DescribeOrganizationalUnit',
            'organizations:DescribePolicy',
            'organizations:ListChildren',
            'organizations:ListParents',
            'organizations:ListPoliciesForTarget',
            'organizations:ListRoots',
            'organizations:ListPolicies',
            'organizations:ListTargetsForPolicy',
          ],
          Resource: '*',
        },
      ],
    },
  },
  AmazonS3ReadOnlyAccess: {
    path: '/',
    description: 'Provides read only access to all buckets via the AWS Management Console.',
    document: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*', 's3-object-lambda:List*'],
          Resource: '*',
        },
      ],
    },
  },
  AmazonS3FullAccess: {
    path: '/',
    description: 'Provides full access to all buckets via the AWS Management Console.',
    document: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['s3:*', 's3-object-lambda:*'], Resource: '*' }],
    },
  },
}

const since = '2015-02-06T18:39:46Z'

const rows = new Map(
  Object.entries(documents).map(([name, { path, description, document }]): [string, PolicyRow] => {
    const arn = `arn:aws:iam::aws:policy${path}${name}`
    const version = { id: 'v1', document: JSON.stringify(document), createdAt: since }
    const row: PolicyRow = {
      name,
      path,
      id: `ANPA${Buffer.from(name).toString('hex').toUpperCase().slice(0, 17).padEnd(17, 'A')}`,
      arn,
      description,
      defaultVersion: 'v1',
      versions: [version],
      lastVersion: 1,
      createdAt: since,
      updatedAt: since,
      tags: {},
    }
    return [arn, row]
  }),
)

export const awsManagedPolicies = (): PolicyRow[] => [...rows.values()]

/** The policy `arn:aws:iam::aws:policy/Name`, in any partition; undefined for one that is not known here. */
export function awsManagedPolicy(arn: string): PolicyRow | undefined {
  return rows.get(arn.replace(/^arn:aws[a-z-]*:/, 'arn:aws:'))
}

export const isAwsManaged = (arn: string): boolean => /^arn:aws[a-z-]*:iam::aws:policy\//.test(arn)
