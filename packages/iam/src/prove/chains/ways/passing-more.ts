import type { PassingWay } from './way.ts'

/** One row per service: what one creates there runs as the role, or calls AWS as the role on one's behalf. */
const rows: readonly [service: string, actions: readonly string[], source: string][] = [
  [
    'events',
    ['events:PutRule', 'events:PutTargets'],
    'Amazon EventBridge User Guide, "Amazon EventBridge and AWS IAM"',
  ],
  ['scheduler', ['scheduler:CreateSchedule'], 'EventBridge Scheduler User Guide, "Setting up" (execution role)'],
  ['pipes', ['pipes:CreatePipe'], 'Amazon EventBridge User Guide, "Amazon EventBridge Pipes permissions"'],
  [
    'bedrock-agentcore',
    ['bedrock-agentcore:CreateCodeInterpreter', 'bedrock-agentcore:InvokeCodeInterpreter'],
    'Amazon Bedrock AgentCore Developer Guide, "Credentials management" (Code Interpreter execution role)',
  ],
  [
    'bedrock-agentcore',
    ['bedrock-agentcore:CreateAgentRuntime', 'bedrock-agentcore:InvokeAgentRuntime'],
    'Amazon Bedrock AgentCore Developer Guide, "IAM Permissions for AgentCore Runtime"',
  ],
  ['tasks.apprunner', ['apprunner:CreateService'], 'AWS App Runner Developer Guide, "How App Runner works with IAM"'],
  [
    'elasticmapreduce',
    ['elasticmapreduce:RunJobFlow'],
    'Amazon EMR Management Guide, "Configure IAM service roles for Amazon EMR permissions"',
  ],
  [
    'emr-serverless',
    ['emr-serverless:StartJobRun'],
    'Amazon EMR Serverless User Guide, "Job runtime roles for Amazon EMR Serverless"',
  ],
  [
    'codepipeline',
    ['codepipeline:CreatePipeline', 'codepipeline:StartPipelineExecution'],
    'AWS CodePipeline User Guide, "Manage the CodePipeline service role"',
  ],
  ['ecs-tasks', ['batch:RegisterJobDefinition', 'batch:SubmitJob'], 'AWS Batch User Guide, "IAM roles for jobs"'],
  ['amplify', ['amplify:CreateApp'], 'AWS Amplify Hosting User Guide, "Adding a service role"'],
  [
    'rolesanywhere',
    ['rolesanywhere:CreateProfile', 'rolesanywhere:CreateTrustAnchor'],
    'IAM Roles Anywhere User Guide, "Getting started with IAM Roles Anywhere"',
  ],
  [
    'pods.eks',
    ['eks:CreatePodIdentityAssociation'],
    'Amazon EKS User Guide, "Learn how EKS Pod Identity grants pods access to AWS services"',
  ],
  [
    'ec2',
    ['autoscaling:CreateLaunchConfiguration', 'autoscaling:CreateAutoScalingGroup'],
    'Amazon EC2 Auto Scaling User Guide, "IAM role for applications that run on Amazon EC2 instances"',
  ],
  ['airflow', ['airflow:CreateEnvironment'], 'Amazon MWAA User Guide, "Amazon MWAA execution role"'],
  ['braket', ['braket:CreateJob'], 'Amazon Braket Developer Guide, "Managing access to Amazon Braket"'],
  [
    'databrew',
    ['databrew:CreateRecipeJob', 'databrew:StartJobRun'],
    'AWS Glue DataBrew Developer Guide, "Setting up permissions"',
  ],
  [
    'kinesisanalytics',
    ['kinesisanalytics:CreateApplication', 'kinesisanalytics:StartApplication'],
    'Managed Service for Apache Flink Developer Guide, "Identity and Access Management"',
  ],
  [
    'lambda',
    ['synthetics:CreateCanary', 'synthetics:StartCanary'],
    'Amazon CloudWatch User Guide, "Required roles and permissions for users who manage CloudWatch canaries"',
  ],
  ['omics', ['omics:StartRun'], 'AWS HealthOmics User Guide, "Service roles for AWS HealthOmics"'],
  ['gamelift', ['gamelift:CreateFleet'], 'Amazon GameLift Servers Developer Guide, "Set up an IAM service role"'],
  ['appsync', ['appsync:CreateDataSource'], 'AWS AppSync Developer Guide, "Attaching a data source"'],
  ['apigateway', ['apigateway:PUT'], 'Amazon API Gateway Developer Guide, "Create a REST API with an AWS integration"'],
  ['iot', ['iot:CreateTopicRule'], 'AWS IoT Core Developer Guide, "Granting an AWS IoT rule the access it requires"'],
  [
    'credentials.iot',
    ['iot:CreateRoleAlias'],
    'AWS IoT Core Developer Guide, "Authorizing direct calls to AWS services"',
  ],
  [
    'athena',
    ['athena:StartSession', 'athena:StartCalculationExecution'],
    'Amazon Athena User Guide, "Use Apache Spark"',
  ],
  ['imagebuilder', ['imagebuilder:CreateImage'], 'EC2 Image Builder User Guide, "Set up to build custom images"'],
  ['transfer', ['transfer:CreateUser'], 'AWS Transfer Family User Guide, "Create an IAM role and policy"'],
]

/** The services of `passing.ts` continued. */
export const morePassingWays: readonly PassingWay[] = rows.map(([service, actions, source]) => ({
  service: `${service}.amazonaws.com`,
  needs: actions.map((action) => ({ action })),
  source,
}))
