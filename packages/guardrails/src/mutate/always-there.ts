import type { PolicyStatement } from '@uais/iam'

interface Certainty {
  key: string
  /** Whether AWS fills the key in each request that the statement can match. */
  isSure(statement: PolicyStatement): boolean
  because: string
}

/** Without actions of its own a statement matches any. */
const actionsOf = ({ Action }: PolicyStatement) => [Action ?? '*'].flat()
const isSigned = ({ Principal }: PolicyStatement) =>
  Principal === undefined || (typeof Principal === 'object' && ![Principal.AWS ?? '*'].flat().includes('*'))

/** Availability of keys (IAM User Guide, "AWS global condition context keys"), as far as our statements rest on it. */
const certainties: readonly Certainty[] = [
  {
    key: 'aws:PrincipalArn',
    isSure: isSigned,
    because: 'every signed request tells aws:PrincipalArn, and the statement matches no other',
  },
  {
    key: 'aws:ResourceAccount',
    isSure: (statement) => actionsOf(statement).every((one) => /^s3:/.test(one)),
    because: 'every request to Amazon S3 for a bucket or an object tells aws:ResourceAccount',
  },
  {
    key: 'aws:ViaAWSService',
    isSure: (statement) => actionsOf(statement).every((one) => /^(s3|sagemaker|secretsmanager):/.test(one)),
    because: 'aws:ViaAWSService is in every request to Amazon S3, SageMaker and Secrets Manager',
  },
  {
    key: 'cloudwatch:namespace',
    isSure: (statement) => actionsOf(statement).every((one) => one === 'cloudwatch:PutMetricData'),
    because: 'PutMetricData demands a namespace (Amazon CloudWatch API Reference)',
  },
]

/**
 * Why a request that the statement could match cannot lack the key, so that asking "if it exists" asks the same;
 * `undefined` where it can.
 */
export const alwaysThere = (key: string, statement: PolicyStatement): string | undefined =>
  certainties.find((one) => one.key.toLowerCase() === key.toLowerCase() && one.isSure(statement))?.because
