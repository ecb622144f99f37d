import type { ComputeNeed, ComputeWay } from './way.ts'

const itself = (...actions: readonly string[]): ComputeNeed[] => actions.map((action) => ({ action }))
const arn = (service: string, resource: string) => new RegExp(`^arn:([^:]+):${service}:([^:]*):([^:]*):${resource}$`)
const instance = arn('ec2', 'instance/(.+)')
const notebook = arn('sagemaker', 'notebook-instance/(.+)')

/**
 * Ways into compute that runs as a role already; the ARN formats are those of the Service Authorization Reference. What
 * was changed is taken to run: if not on the changer's demand, then when its next event, schedule or user starts it.
 */
export const computeWays: readonly ComputeWay[] = [
  {
    resource: arn('lambda', 'function:(.+)'),
    needs: itself('lambda:UpdateFunctionCode'),
    source: 'AWS Lambda API Reference, "UpdateFunctionCode"',
  },
  {
    resource: arn('lambda', 'function:(.+)'),
    needs: itself('lambda:UpdateFunctionConfiguration'),
    source: 'AWS Lambda Developer Guide, "Managing Lambda dependencies with layers"',
  },
  {
    resource: arn('glue', 'job/(.+)'),
    needs: itself('glue:UpdateJob'),
    source: 'AWS Glue API Reference, "UpdateJob"',
  },
  {
    resource: arn('glue', 'devEndpoint/(.+)'),
    needs: itself('glue:UpdateDevEndpoint'),
    source: 'AWS Glue API Reference, "UpdateDevEndpoint"',
  },
  {
    resource: arn('glue', 'session/(.+)'),
    needs: itself('glue:RunStatement'),
    source: 'AWS Glue API Reference, "RunStatement"',
  },
  {
    resource: arn('states', 'stateMachine:(.+)'),
    needs: itself('states:UpdateStateMachine'),
    source: 'AWS Step Functions API Reference, "UpdateStateMachine"',
  },
  ...['cloudformation:UpdateStack', 'cloudformation:ExecuteChangeSet'].map((action) => ({
    resource: arn('cloudformation', 'stack/(.+)/(.+)'),
    needs: itself(...(action.endsWith('Set') ? ['cloudformation:CreateChangeSet'] : []), action),
    source: 'AWS CloudFormation User Guide, "AWS CloudFormation service role"',
  })),
  {
    resource: arn('cloudformation', 'stackset/(.+):(.+)'),
    needs: itself('cloudformation:UpdateStackSet'),
    source: 'AWS CloudFormation User Guide, "Grant self-managed permissions"',
  },
  ...['ssm:SendCommand', 'ssm:StartSession', 'ec2-instance-connect:SendSSHPublicKey'].map((action) => ({
    resource: instance,
    needs: itself(action),
    source: 'IAM User Guide, "Use an IAM role to grant permissions to applications running on Amazon EC2 instances"',
  })),
  {
    resource: instance,
    needs: itself('ec2:ModifyInstanceAttribute'),
    source: 'Amazon EC2 User Guide, "Run commands when you launch an EC2 instance with user data input"',
  },
  {
    resource: notebook,
    needs: itself('sagemaker:CreatePresignedNotebookInstanceUrl'),
    source: 'Amazon SageMaker API Reference, "CreatePresignedNotebookInstanceUrl"',
  },
  {
    resource: notebook,
    needs: [
      {
        action: 'sagemaker:UpdateNotebookInstanceLifecycleConfig',
        on: 'arn:$1:sagemaker:$2:$3:notebook-instance-lifecycle-config/*',
      },
    ],
    source: 'Amazon SageMaker Developer Guide, "Customization of a SageMaker notebook instance using an LCC script"',
  },
  {
    resource: arn('sagemaker', 'domain/(.+)'),
    needs: [{ action: 'sagemaker:CreatePresignedDomainUrl', on: 'arn:$1:sagemaker:$2:$3:user-profile/$4/*' }],
    source: 'Amazon SageMaker API Reference, "CreatePresignedDomainUrl"',
  },
  {
    resource: arn('sagemaker', 'user-profile/(.+)/(.+)'),
    needs: itself('sagemaker:CreatePresignedDomainUrl'),
    source: 'Amazon SageMaker API Reference, "CreatePresignedDomainUrl"',
  },
  {
    resource: arn('sagemaker', 'space/(.+)/(.+)'),
    needs: itself('sagemaker:StartSession'),
    source:
      'Amazon SageMaker Developer Guide, "Connect your Visual Studio Code to SageMaker spaces with remote access"',
  },
  {
    resource: arn('sagemaker', 'pipeline/(.+)'),
    needs: itself('sagemaker:UpdatePipeline'),
    source: 'Amazon SageMaker API Reference, "UpdatePipeline"',
  },
  // A build takes a buildspec of its starter's that overrides the project's.
  ...['codebuild:UpdateProject', 'codebuild:StartBuild', 'codebuild:StartBuildBatch'].map((action) => ({
    resource: arn('codebuild', 'project/(.+)'),
    needs: itself(action),
    source: 'AWS CodeBuild API Reference, "StartBuild"',
  })),
  {
    resource: arn('ecs', 'task/([^/]+)/(.+)'),
    needs: [{ action: 'ecs:ExecuteCommand' }, { action: 'ecs:ExecuteCommand', on: 'arn:$1:ecs:$2:$3:cluster/$4' }],
    source: 'Amazon ECS Developer Guide, "Monitor Amazon ECS containers with ECS Exec"',
  },
  {
    resource: arn('codepipeline', '(.+)'),
    needs: itself('codepipeline:UpdatePipeline'),
    source: 'AWS CodePipeline API Reference, "UpdatePipeline"',
  },
  {
    resource: arn('elasticmapreduce', 'cluster/(.+)'),
    needs: itself('elasticmapreduce:AddJobFlowSteps'),
    source: 'Amazon EMR API Reference, "AddJobFlowSteps"',
  },
  {
    resource: arn('bedrock-agentcore', 'code-interpreter-custom/(.+)'),
    needs: itself('bedrock-agentcore:InvokeCodeInterpreter'),
    source: 'Amazon Bedrock AgentCore Developer Guide, "Credentials management" (Code Interpreter execution role)',
  },
  {
    resource: arn('bedrock-agentcore', 'runtime/(.+)'),
    needs: itself('bedrock-agentcore:UpdateAgentRuntime'),
    source: 'Amazon Bedrock AgentCore Developer Guide, "IAM Permissions for AgentCore Runtime"',
  },
  {
    resource: arn('apprunner', 'service/(.+)/(.+)'),
    needs: itself('apprunner:UpdateService'),
    source: 'AWS App Runner Developer Guide, "How App Runner works with IAM"',
  },
]
