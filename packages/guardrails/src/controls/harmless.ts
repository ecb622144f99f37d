/**
 * What everyone may do with a managed thing: look at it, and use it for what it was made for. Patterns, each checked
 * against the whole action catalogue by a test: one that matches an action of another access level fails it,
 * unless that action is listed here by its full name. What names no thing (lists of all, searches) needs no mention.
 */
const looking = [
  'budgets:View*',
  'cloudtrail:Get*',
  'cloudtrail:List*',
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
  'secretsmanager:Describe*',
  'secretsmanager:List*',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
  'sqs:List*',
]
const using = [
  // Bringing data: whoever may write it there needs a key for it, and decrypts nothing.
  'kms:GenerateDataKey',
  'sagemaker:InvokeEndpoint',
  'sagemaker:InvokeEndpointAsync',
  'sagemaker:InvokeEndpointWithResponseStream',
]
export const harmlessOnManaged = [...looking, ...using].sort()
