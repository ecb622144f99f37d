import type { Need, PassingWay } from './way.ts'

const calls = (...actions: readonly string[]): Need[] => actions.map((action) => ({ action }))

/** What RunInstances is authorised on besides the instance (EC2, "Example policies to control access the Amazon EC2 API"). */
const launch = ['instance', 'image', 'network-interface', 'security-group', 'subnet', 'volume']

/**
 * Services that run code, or call AWS, as a role that one passes to them. A role that trusts a service which is not here
 * is taken not to be reachable through it.
 */
export const passingWays: readonly PassingWay[] = [
  ...['lambda:InvokeFunction', 'lambda:CreateEventSourceMapping', 'lambda:AddPermission'].map((start) => ({
    service: 'lambda.amazonaws.com',
    needs: calls('lambda:CreateFunction', start),
    source: 'AWS Lambda Developer Guide, "Defining Lambda function permissions with an execution role"',
  })),
  {
    service: 'ec2.amazonaws.com',
    needs: [{ action: 'ec2:RunInstances', types: launch }],
    source: 'IAM User Guide, "Use an IAM role to grant permissions to applications running on Amazon EC2 instances"',
  },
  {
    service: 'ec2.amazonaws.com',
    needs: calls('ec2:AssociateIamInstanceProfile', 'ssm:StartSession'),
    source: 'Amazon EC2 User Guide, "Attach an IAM role to an instance"',
  },
  {
    service: 'sagemaker.amazonaws.com',
    needs: calls('sagemaker:CreateNotebookInstance', 'sagemaker:CreatePresignedNotebookInstanceUrl'),
    source: 'Amazon SageMaker Developer Guide, "How to use SageMaker AI execution roles"',
  },
  ...[
    'sagemaker:CreateTrainingJob',
    'sagemaker:CreateProcessingJob',
    'sagemaker:CreateHyperParameterTuningJob',
    'sagemaker:CreateAutoMLJob',
    'sagemaker:CreateAutoMLJobV2',
    'sagemaker:CreateCluster',
  ].map((action) => ({
    service: 'sagemaker.amazonaws.com',
    needs: calls(action),
    source: 'Amazon SageMaker Developer Guide, "How to use SageMaker AI execution roles"',
  })),
  {
    service: 'sagemaker.amazonaws.com',
    needs: calls('sagemaker:CreateModel', 'sagemaker:CreateEndpointConfig', 'sagemaker:CreateEndpoint'),
    source: 'Amazon SageMaker Developer Guide, "How to use SageMaker AI execution roles"',
  },
  {
    service: 'sagemaker.amazonaws.com',
    needs: calls('sagemaker:CreateModel', 'sagemaker:CreateTransformJob'),
    source: 'Amazon SageMaker Developer Guide, "How to use SageMaker AI execution roles"',
  },
  {
    service: 'sagemaker.amazonaws.com',
    needs: calls('sagemaker:CreatePipeline', 'sagemaker:StartPipelineExecution'),
    source: 'Amazon SageMaker Developer Guide, "IAM Access Management" (pipelines)',
  },
  ...['sagemaker:CreateDomain', 'sagemaker:CreateUserProfile', 'sagemaker:UpdateUserProfile'].map((action) => ({
    service: 'sagemaker.amazonaws.com',
    needs: calls(action, 'sagemaker:CreatePresignedDomainUrl'),
    source: 'Amazon SageMaker Developer Guide, "How to use SageMaker AI execution roles"',
  })),
  {
    service: 'glue.amazonaws.com',
    needs: calls('glue:CreateDevEndpoint'),
    source: 'AWS Glue Developer Guide, "Adding a development endpoint"',
  },
  ...['glue:StartJobRun', 'glue:CreateTrigger'].map((start) => ({
    service: 'glue.amazonaws.com',
    needs: calls('glue:CreateJob', start),
    source: 'AWS Glue Developer Guide, "Setting up IAM permissions for AWS Glue"',
  })),
  {
    service: 'glue.amazonaws.com',
    needs: calls('glue:CreateSession', 'glue:RunStatement'),
    source: 'AWS Glue Developer Guide, "Interactive sessions with IAM"',
  },
  {
    service: 'cloudformation.amazonaws.com',
    needs: calls('cloudformation:CreateStack'),
    source: 'AWS CloudFormation User Guide, "AWS CloudFormation service role"',
  },
  ...['codebuild:StartBuild', 'codebuild:StartBuildBatch', 'codebuild:CreateWebhook'].map((start) => ({
    service: 'codebuild.amazonaws.com',
    needs: calls('codebuild:CreateProject', start),
    source: 'AWS CodeBuild User Guide, "Allow CodeBuild to interact with other AWS services"',
  })),
  {
    service: 'ecs-tasks.amazonaws.com',
    needs: calls('ecs:RegisterTaskDefinition', 'ecs:RunTask'),
    source: 'Amazon ECS Developer Guide, "Amazon ECS task IAM role"',
  },
  {
    service: 'states.amazonaws.com',
    needs: calls('states:CreateStateMachine', 'states:StartExecution'),
    source: 'AWS Step Functions Developer Guide, "Creating an IAM role for your state machine"',
  },
  {
    service: 'datapipeline.amazonaws.com',
    needs: calls('datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition', 'datapipeline:ActivatePipeline'),
    source: 'AWS Data Pipeline Developer Guide, "IAM Roles for AWS Data Pipeline"',
  },
  {
    service: 'ssm.amazonaws.com',
    needs: calls('ssm:StartAutomationExecution'),
    source: 'AWS Systems Manager User Guide, "Configuring a service role (assume role) access for automations"',
  },
]
