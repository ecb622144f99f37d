import type { ProofBundle, ProofPrincipal } from '@uais/iam'
import { proofBundle } from '../../packages/guardrails/src/bundle/proof-bundle.ts'
import { params } from '../../packages/guardrails/src/case-world.ts'

/**
 * The regulated profile in an account that had so many roles and resources before: administrators, engineers who pass
 * roles, and readers of some bucket, each trusted by a service.
 */
export function grownAccount(principals: number, resources: number): ProofBundle {
  const bundle = proofBundle(params)
  const { account, region } = bundle
  const roles = Array.from({ length: principals - bundle.principals.length }, (_, index) => roleOf(account, index))
  const more = Array.from({ length: resources - bundle.resources.length }, (_, index) => ({
    arn:
      index % 2 === 0 ? `arn:aws:s3:::team-${index}` : `arn:aws:sagemaker:${region}:${account}:endpoint/team-${index}`,
    tags: { team: `team-${index}` },
  }))
  return { ...bundle, principals: [...bundle.principals, ...roles], resources: [...bundle.resources, ...more] }
}

const powers = [
  { Action: '*', Resource: '*' },
  { Action: ['s3:*', 'sagemaker:*', 'iam:PassRole', 'lambda:*'], Resource: '*' },
  { Action: ['s3:GetObject', 's3:ListBucket'], Resource: ['arn:aws:s3:::team-0', 'arn:aws:s3:::team-0/*'] },
]

function roleOf(account: string, index: number): ProofPrincipal {
  const power = powers[index % powers.length]!
  const Service = ['lambda.amazonaws.com', 'ec2.amazonaws.com'][index % 2]!
  return {
    arn: `arn:aws:iam::${account}:role/team-${index}`,
    tags: { team: `team-${index}` },
    identityPolicies: [
      { name: `team-${index}`, policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...power }] } },
    ],
    trustPolicy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
    },
  }
}
