/**
 * What everyone may do with a managed thing: look at it, and use it for what it was made for. Patterns, each checked
 * against the whole action catalogue by a test: one that matches an action of another access level fails it,
 * unless that action is listed here by its full name.
 */
const looking = [
  'budgets:View*',
  'cloudtrail:Describe*',
  'cloudtrail:Get*',
  'cloudtrail:List*',
  'cloudtrail:LookupEvents',
  'ec2:Describe*',
  'ec2:Get*',
  'events:Describe*',
  'events:List*',
  'iam:Get*',
  'iam:List*',
  'iam:SimulatePrincipalPolicy',
  'kms:Describe*',
  'kms:Get*',
  'kms:List*',
  'logs:Describe*',
  'logs:FilterLogEvents',
  'logs:Get*',
  'logs:List*',
  'logs:StartQuery',
  's3:Get*',
  's3:List*',
  'sagemaker:Describe*',
  'sagemaker:List*',
  'sagemaker:Search',
  'secretsmanager:Describe*',
  'secretsmanager:List*',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
  'sqs:List*',
  'tag:Get*',
]
const using = [
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'sagemaker:InvokeEndpoint',
  'sagemaker:InvokeEndpointAsync',
  'sagemaker:InvokeEndpointWithResponseStream',
]
export const harmlessOnManaged = [...looking, ...using].sort()
