import type { ChainCase } from './chain-cases.ts'
import type { ProveCase } from './prove-cases.ts'
import { account, region } from './statements.ts'

const sagemaker = (name: string) => `arn:aws:sagemaker:${region}:${account}:${name}`
const managed = { ManagedBy: 'UAIS' }
const nobody = (may: string[], arn: string, more: object = {}) => ({ nobodyBut: [], may, on: { arns: [arn] }, ...more })
const group = sagemaker('model-package-group/x')
const [one, two] = [sagemaker('model-package-group/one'), sagemaker('model-package-group/two')]
const profile = sagemaker('user-profile/d-1/x')
const key = `arn:aws:kms:${region}:${account}:key/1`
const elsewhere = 'arn:aws:s3:::elsewhere/*'
const passing = (name: string) => ({
  [name]: { policies: [{ Effect: 'Allow' as const, Action: ['sagemaker:*', 'iam:PassRole'], Resource: '*' }] },
})
const ofOthers = { when: { StringNotEquals: { 'aws:ResourceAccount': account } } }

/**
 * The prover answers "on what" with any one of a class of alike resources: a kind that the sandbox lacks, a name that
 * the service does not take, or an id that nobody can choose. Here the same question is put to another of the class.
 */
export const sendable: Record<string, Partial<ProveCase>> = {
  'ForAllValues in an Allow is met by a request without the key': {
    invariant: nobody(['sagemaker:AddTags'], group, { when: { Null: { 'aws:TagKeys': 'true' } } }),
  },
  'ForAllValues in a Deny misses a set with one other value': {
    invariant: nobody(['sagemaker:AddTags'], group, {
      when: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'ManagedBy' } },
    }),
  },
  // SageMaker takes no other spelling of an approval; S3 takes any of a prefix.
  'case matters to StringEquals': {
    principals: { 'role/Scientist': { allow: 's3:*' } },
    scp: [
      {
        ...{ Effect: 'Deny', Action: 's3:ListBucket', Resource: '*' },
        Condition: { StringEquals: { 's3:prefix': 'Approved' } },
      },
    ],
    invariant: nobody(['s3:ListBucket'], 'arn:aws:s3:::data', {
      when: { StringEqualsIgnoreCase: { 's3:prefix': 'approved' } },
    }),
  },
  // The call passes a role too.
  'a limit on a number lets the limit itself through': {
    principals: passing('role/Scientist'),
    invariant: nobody(['sagemaker:CreateTrainingJob'], sagemaker('training-job/*'), {
      when: { NumericGreaterThanEquals: { 'sagemaker:MaxRuntimeInSeconds': '86400' } },
    }),
  },
  // The sandbox sees this machine's own address.
  'the last address of a range is in it and the next is not': {
    scp: [
      {
        ...{ Effect: 'Deny', Action: '*', Resource: '*' },
        Condition: { NotIpAddress: { 'aws:SourceIp': ['127.0.0.0/32', '127.0.0.1/32'] } },
      },
    ],
    invariant: nobody(['sagemaker:CreateModel'], '*', {
      when: { NotIpAddress: { 'aws:SourceIp': '127.0.0.0/32' } },
    }),
  },
  'a question about resources of one tag is answered for them, though no policy asks for it': {
    principals: { 'role/Reader': { allow: 'sagemaker:DeleteModelPackageGroup' } },
    resources: { [one]: { tags: { team: 'red' } }, [two]: { tags: { team: 'blue' } } },
    invariant: {
      ...{ nobodyBut: [], may: ['sagemaker:DeleteModelPackageGroup'], on: { arns: [one, two] } },
      when: { StringEquals: { 'aws:ResourceTag/team': 'blue' } },
    },
  },
  'a tag can be overwritten where only DeleteTags is denied': {
    resources: { [group]: { tags: managed } },
    invariant: nobody(['sagemaker:AddTags', 'sagemaker:DeleteTags'], group),
  },
  'a wide read list opens presigned URLs': {
    resources: { [sagemaker('domain/d-1')]: {}, [profile]: { tags: managed } },
    invariant: nobody(['sagemaker:*'], profile, { accessLevels: ['Write', 'Tagging', 'Permissions management'] }),
  },
  // VpcConfig of a training job holds both or neither.
  'two keys in one Null block: a request with only the security groups passes': {
    principals: passing('role/Scientist'),
    scp: [
      {
        ...{ Effect: 'Deny', Action: 'sagemaker:CreateNotebookInstance', Resource: '*' },
        Condition: { Null: { 'sagemaker:VpcSubnets': 'true', 'sagemaker:VpcSecurityGroupIds': 'true' } },
      },
    ],
    invariant: nobody(['sagemaker:CreateNotebookInstance'], '*', {
      when: { Null: { 'sagemaker:VpcSubnets': 'true' } },
    }),
  },
  'without service control policies nothing binds an administrator': {
    resources: { [group]: { tags: managed } },
    invariant: nobody(['sagemaker:DeleteModelPackageGroup'], group),
  },
  'data can leave for a bucket of another account': { invariant: nobody(['s3:PutObject'], elsewhere, ofOthers) },
  "resource control policies do not bind other accounts' buckets": { invariant: nobody(['s3:PutObject'], elsewhere) },
  'a key of the default policy is open to whom IAM lets': {
    resources: { [key]: {} },
    invariant: nobody(['kms:ScheduleKeyDeletion'], key),
  },
  // KMS takes no key policy with the ARN of a role that is not there, but a condition on it.
  'an administrator can create the role that a key policy names': {
    resources: {
      [key]: {
        policy: [
          {
            ...{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:*', Resource: '*' },
            Condition: { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/uais/uais-provision` } },
          },
        ],
      },
    },
    invariant: nobody(['kms:Decrypt'], key),
  },
  'an action on no resource in particular is on every resource': { invariant: nobody(['sagemaker:ListModels'], '*') },
}

/** The same of chains. IAM takes no trust policy with the ARN of a role that is not there, but a condition on it. */
export const sendableChains: Record<string, Partial<ChainCase>> = {
  // What the policy denies is S3. Who can attach a policy could also make another role with it, were only detaching denied.
  'a policy that denies is detached after another is attached': {
    act: 's3:ListAllMyBuckets',
    closedBy: [{ Effect: 'Deny', Action: 'iam:AttachRolePolicy', Resource: '*' }],
  },
  // Were only deleting denied, a new role of the path could take the tag away.
  'a role that its tag protects is created again without it': {
    closedBy: [{ Effect: 'Deny', Action: 'iam:CreateRole', Resource: `arn:aws:iam::${account}:role/uais/*` }],
  },
  'a name that a trust policy mentions before anybody has it': {
    principals: {
      'role/Dev': { policies: [{ Effect: 'Allow', Action: ['iam:CreateRole'], Resource: '*' }] },
      'role/uais/worker': {
        policies: [{ Effect: 'Allow', Action: ['sagemaker:*'], Resource: '*' }],
        trust: { AWS: '*' },
        trustWhen: { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/later` } },
      },
    },
  },
}
