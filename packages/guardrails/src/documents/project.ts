import type { PolicyStatement } from '@uais/iam'
import { statementsFor } from '../catalogue.ts'
import {
  endpointName,
  logGroupArn,
  modelPackageGroupName,
  projectRoleArn,
  projectTag,
  sagemakerArn,
  secretArn,
  secretsPath,
  trainingJobPrefix,
} from '../names.ts'
import type { ProjectParams } from '../params.ts'
import { allow } from '../statement.ts'
import { denialsOf } from './ceiling.ts'
import {
  grantKeyToSageMaker,
  listObjects,
  objects,
  pullImages,
  useKey,
  useNetwork,
  writeLogs,
  writeMetrics,
} from './shared-grants.ts'

/** A variable of the session: who is at work. Lower-case, as profiles are named (SageMaker, "sourceIdentity"). */
const self = '${aws:SourceIdentity}'

const domainParts =
  (p: ProjectParams) =>
  (...kinds: string[]) =>
    kinds.map((kind) => sagemakerArn(p, `${kind}/${p.domainId}/*`))

/** What a member may do in a Studio session besides opening their own apps, and nothing else. */
export function studioPolicy(p: ProjectParams): PolicyStatement[] {
  const { name } = p.project
  const inDomain = domainParts(p)
  const versions = sagemakerArn(p, `model-package/${modelPackageGroupName(name)}/*`)
  const jobs = sagemakerArn(p, 'training-job/*')
  const ofProject = { StringEquals: { [`aws:ResourceTag/${projectTag}`]: name } }
  return [
    allow('Train', {
      Action: 'sagemaker:CreateTrainingJob',
      Resource: jobs,
      Condition: { StringEquals: { [`aws:RequestTag/${projectTag}`]: name } },
    }),
    allow('FollowTraining', {
      Action: ['sagemaker:DescribeTrainingJob', 'sagemaker:ListTags', 'sagemaker:StopTrainingJob'],
      Resource: jobs,
      Condition: ofProject,
    }),
    // Studio marks whatever is made in it (SageMaker AI Developer Guide, "Provide permissions for tagging resources").
    allow('TagAtCreation', {
      Action: 'sagemaker:AddTags',
      Resource: [jobs, versions, ...inDomain('app')],
      Condition: {
        StringEquals: { 'sagemaker:TaggingAction': ['CreateApp', 'CreateModelPackage', 'CreateTrainingJob'] },
      },
    }),
    allow('PassTrainingRole', {
      Action: 'iam:PassRole',
      Resource: projectRoleArn(p, name, 'training'),
      Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
    }),
    allow('RegisterModels', {
      Action: 'sagemaker:CreateModelPackage',
      Resource: versions,
      Condition: { StringEquals: { 'sagemaker:ModelApprovalStatus': 'PendingManualApproval' } },
    }),
    allow('SeeModels', {
      Action: ['sagemaker:DescribeModelPackage', 'sagemaker:DescribeModelPackageGroup', 'sagemaker:ListModelPackages'],
      Resource: [versions, sagemakerArn(p, `model-package-group/${modelPackageGroupName(name)}`)],
    }),
    allow('UseEndpoints', {
      Action: ['sagemaker:DescribeEndpoint', 'sagemaker:InvokeEndpoint'],
      Resource: sagemakerArn(p, `endpoint/${endpointName(name, '*')}`),
    }),
    listObjects(p, `users/${self}`, 'models'),
    allow('ReadModels', { Action: 's3:GetObject', Resource: objects(p, 'models/*') }),
    allow('OwnFiles', {
      Action: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
      Resource: objects(p, `users/${self}/*`),
    }),
    allow('OwnSecrets', {
      Action: 'secretsmanager:GetSecretValue',
      Resource: [`${secretsPath(name)}shared/*`, `${secretsPath(name)}users/${self}/*`].map((path) =>
        secretArn(p, path),
      ),
    }),
    useKey(p, 's3', 'secretsmanager'),
    grantKeyToSageMaker(p),
    allow('ReadOwnLogs', {
      Action: 'logs:GetLogEvents',
      Resource: [
        logGroupArn(p, `/aws/sagemaker/TrainingJobs:log-stream:${trainingJobPrefix(name)}*`),
        logGroupArn(p, `/uais/projects/${name}:*`),
      ],
    }),
    writeLogs(p, '/aws/sagemaker/studio'),
  ]
}

/** The session itself, and what stands above all its grants, each statement with the control it belongs to. */
export function studioGuards(p: ProjectParams): PolicyStatement[] {
  const inDomain = domainParts(p)
  const application = [
    allow('SeeDomain', {
      Action: [
        'sagemaker:DescribeApp',
        'sagemaker:DescribeDomain',
        'sagemaker:DescribeSpace',
        'sagemaker:DescribeUserProfile',
      ],
      Resource: [sagemakerArn(p, `domain/${p.domainId}`), ...inDomain('app', 'space', 'user-profile')],
    }),
    allow('ListInDomain', { Action: ['sagemaker:ListApps', 'sagemaker:ListSpaces'], Resource: '*' }),
    allow('RunOwnApps', {
      Action: ['sagemaker:CreateApp', 'sagemaker:DeleteApp', 'sagemaker:UpdateSpace'],
      Resource: inDomain('app', 'space'),
    }),
  ]
  return [...application, ...denialsOf([...application, ...studioPolicy(p)], statementsFor('studio', p))]
}

/** What a training job of the project may do: read its inputs, write models, log. Inputs come by data sources. */
export const trainingPolicy = (p: ProjectParams): PolicyStatement[] => [
  listObjects(p, `users/${self}`, 'models'),
  allow('ReadInputs', { Action: 's3:GetObject', Resource: [objects(p, `users/${self}/*`), objects(p, 'models/*')] }),
  allow('WriteModels', { Action: 's3:PutObject', Resource: objects(p, 'models/*') }),
  useKey(p, 's3'),
  grantKeyToSageMaker(p),
  writeLogs(p, '/aws/sagemaker/TrainingJobs'),
  writeMetrics,
  pullImages,
  useNetwork,
]

/** What a served model may do: read the project's artifacts, keep captured requests where asked, log. */
export const inferencePolicy = (p: ProjectParams): PolicyStatement[] => [
  listObjects(p, 'models'),
  allow('ReadModels', { Action: 's3:GetObject', Resource: objects(p, 'models/*') }),
  allow('WriteCapture', { Action: 's3:PutObject', Resource: objects(p, 'capture/*') }),
  useKey(p, 's3'),
  grantKeyToSageMaker(p),
  writeLogs(p, `/aws/sagemaker/Endpoints/${endpointName(p.project.name, '*')}`),
  writeMetrics,
  pullImages,
  useNetwork,
]
