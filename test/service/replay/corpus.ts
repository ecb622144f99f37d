import type { Invariant, PolicyStatement, ProofBundle, ProofPrincipal, ProofResource } from '@uais/iam'
import { account, document, everything, fullAccess, region, roleArn } from './statements.ts'

/** A policy that circulates, what it was meant to promise, and a form that keeps the promise. */
export interface ReplayCase {
  title: string
  /** Where the fault comes from: a section of a list of published errors, or an AWS page. */
  source: string
  invariant: Invariant
  naive: Policies
  fixed: Policies
  /** Beside the administrator, who is always there. */
  principals?: (policies: Policies) => ProofPrincipal[]
  resources?: ProofResource[]
  assume?: ProofBundle['assume']
  /** Last part of AWS's message when the fixed form refuses. */
  refusal: string
}

/** `scp` binds the account; `identity` is attached to the case's own role. */
export interface Policies {
  scp?: PolicyStatement[]
  identity?: PolicyStatement[]
}

const trustAccount = document([
  {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
  },
])

/** The bundle of a case in its naive or fixed form. */
export function bundleOf(one: ReplayCase, policies: Policies): ProofBundle {
  const { scp } = policies
  return {
    ...{ account, partition: 'aws', region },
    serviceControlPolicies: [
      { level: 'root', policies: [fullAccess] },
      { level: account, policies: [fullAccess, ...(scp ? [{ name: 'guardrail', policy: document(scp) }] : [])] },
    ],
    principals: [
      {
        arn: roleArn('admin'),
        identityPolicies: [{ name: 'AdministratorAccess', policy: document([everything]) }],
        trustPolicy: trustAccount,
      },
      ...(one.principals?.(policies) ?? []),
    ],
    resources: one.resources ?? [],
    invariants: [one.invariant],
    ...(one.assume ? { assume: one.assume } : {}),
  }
}

const tags = { ManagedBy: 'UAIS' }
const sagemaker = (name: string) => `arn:aws:sagemaker:${region}:${account}:${name}`
const group = { arn: sagemaker('model-package-group/churn'), type: 'aws_sagemaker_model_package_group', tags }
const notebook = { arn: sagemaker('notebook-instance/lab'), type: 'aws_sagemaker_notebook_instance', tags }
const managed = { 'aws:ResourceTag/ManagedBy': 'UAIS' }
const platform = roleArn('uais/uais-provision')
/** Section 5 of the study of proofs: what is usually published. */
const published: PolicyStatement = {
  Effect: 'Deny',
  Action: ['sagemaker:Update*', 'sagemaker:Delete*'],
  Resource: '*',
  Condition: {
    StringEquals: managed,
    ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/UAIS-*' },
  },
}
const reading = [
  ...['sagemaker:Describe*', 'sagemaker:List*', 'sagemaker:GetModelPackageGroupPolicy', 'sagemaker:Search'],
]
const onlyPlatform = { ArnNotEquals: { 'aws:PrincipalArn': platform } }
const strict: PolicyStatement[] = [
  {
    Effect: 'Deny',
    NotAction: reading,
    Resource: '*',
    Condition: { StringEquals: managed, ...onlyPlatform },
  },
  { Effect: 'Deny', Action: 'iam:*', Resource: roleArn('uais/*'), Condition: onlyPlatform },
]
const nobody = (id: string, may: string[], on: { arns: string[] }, when?: object): Invariant => ({
  ...{ id, nobodyBut: [platform], may, on },
  ...(when ? { when: when as never } : {}),
})
const explicit = 'with an explicit deny in a service control policy'
const implicit = 'because no identity-based policy allows'

/** The one role of the cases about identity policies. */
const scientist = ({ identity = [] }: Policies): ProofPrincipal[] => [
  {
    arn: roleArn('scientist'),
    identityPolicies: [{ name: 'own', policy: document(identity) }],
    trustPolicy: trustAccount,
  },
]
const bucket = 'arn:aws:s3:::replay-lake'

export const corpus: ReplayCase[] = [
  {
    title: 'stop instead of delete',
    source: 'Verbs that a list forgets: Stop*, Start*',
    invariant: nobody('stop', ['sagemaker:StopNotebookInstance'], { arns: [notebook.arn] }),
    resources: [notebook],
    naive: { scp: [published] },
    fixed: { scp: strict },
    refusal: explicit,
  },
  {
    title: 'overwrite the tag that protects',
    source: 'Amazon SageMaker API Reference, AddTags: a tag of the same key is overwritten',
    invariant: nobody('tag', ['sagemaker:AddTags'], { arns: [group.arn] }),
    resources: [group],
    naive: { scp: [published] },
    fixed: { scp: strict },
    refusal: explicit,
  },
  {
    title: 'a role of the exempt name',
    source: 'Exemption by a name pattern with any account: CreateRole UAIS-evil',
    invariant: nobody('name', ['sagemaker:DeleteModelPackageGroup'], { arns: [group.arn] }),
    resources: [group],
    naive: { scp: [published] },
    fixed: { scp: strict },
    refusal: explicit,
  },
  {
    title: 'a presigned URL is a shell',
    source: 'Amazon SageMaker API Reference, CreatePresignedNotebookInstanceUrl',
    invariant: nobody('url', ['sagemaker:CreatePresignedNotebookInstanceUrl'], { arns: [notebook.arn] }),
    resources: [notebook],
    naive: { scp: [published] },
    fixed: { scp: strict },
    refusal: explicit,
  },
  {
    title: 'Null over two keys in one block',
    source: 'IAM User Guide, Conditions with multiple context keys or values: a block is an AND',
    invariant: nobody(
      'null',
      ['sagemaker:CreateNotebookInstance'],
      { arns: ['*'] },
      {
        Null: { 'sagemaker:VpcSecurityGroupIds': 'true' },
      },
    ),
    naive: {
      scp: [
        {
          ...{ Effect: 'Deny', Action: 'sagemaker:CreateNotebookInstance', Resource: '*' },
          Condition: { Null: { 'sagemaker:VpcSubnets': 'true', 'sagemaker:VpcSecurityGroupIds': 'true' } },
        },
      ],
    },
    fixed: {
      scp: ['VpcSubnets', 'VpcSecurityGroupIds'].map((key) => ({
        ...{ Effect: 'Deny', Action: 'sagemaker:CreateNotebookInstance', Resource: '*' },
        Condition: { Null: { [`sagemaker:${key}`]: 'true' } },
      })),
    },
    refusal: explicit,
  },
  {
    title: 'listing a bucket without a prefix',
    source: 'IAM User Guide, IAM JSON policy elements: Condition operators (IfExists)',
    invariant: {
      ...{ id: 'prefix', nobodyBut: [roleArn('admin')], may: ['s3:ListBucket'], on: { arns: [bucket] } },
      when: { Null: { 's3:prefix': 'true' } },
    },
    principals: scientist,
    resources: [{ arn: bucket, type: 'aws_s3_bucket' }],
    naive: {
      identity: [
        {
          ...{ Effect: 'Allow', Action: 's3:ListBucket', Resource: bucket },
          Condition: { StringLikeIfExists: { 's3:prefix': 'users/bob/*' } },
        },
      ],
      scp: [{ Effect: 'Deny', Action: 'iam:*', Resource: '*' }],
    },
    fixed: {
      identity: [
        {
          ...{ Effect: 'Allow', Action: 's3:ListBucket', Resource: bucket },
          Condition: { StringLike: { 's3:prefix': ['users/bob/*', 'users/bob/'] } },
        },
      ],
      scp: [{ Effect: 'Deny', Action: 'iam:*', Resource: '*' }],
    },
    refusal: implicit,
  },
]
