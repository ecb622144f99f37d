import type { Profile } from '../params.ts'

/**
 * SageMaker actions by the condition keys that they carry (Service Authorization Reference, "Amazon SageMaker AI").
 * A test compares each list with the catalogue, so that a new action cannot be missed.
 */
const jobDefinitions = [
  'sagemaker:CreateDataQualityJobDefinition',
  'sagemaker:CreateModelBiasJobDefinition',
  'sagemaker:CreateModelExplainabilityJobDefinition',
  'sagemaker:CreateModelQualityJobDefinition',
  'sagemaker:CreateMonitoringSchedule',
  'sagemaker:UpdateMonitoringSchedule',
]
const autoMl = ['sagemaker:CreateAutoMLJob', 'sagemaker:CreateAutoMLJobV2']
const jobs = ['sagemaker:CreateHyperParameterTuningJob', 'sagemaker:CreateProcessingJob', 'sagemaker:CreateTrainingJob']

/** Carry VpcSubnets and VpcSecurityGroupIds, and make no sense without them. */
export const needNetwork = [
  ...autoMl,
  'sagemaker:CreateCluster',
  'sagemaker:CreateDomain',
  'sagemaker:CreateJob',
  ...jobDefinitions,
  'sagemaker:CreateModel',
  'sagemaker:CreateNotebookInstance',
  ...jobs,
].sort()
/** Carry them where the caller names a network: updates, and endpoints of inference components. */
export const mayNameNetwork = ['sagemaker:CreateEndpointConfig', 'sagemaker:UpdateCluster', 'sagemaker:UpdateDomain']
/** Carry security groups only. */
export const mayNameSecurityGroups = ['sagemaker:CreateUserProfile', 'sagemaker:UpdateUserProfile']

export const haveVolumeKey = [
  ...autoMl,
  'sagemaker:CreateDomain',
  'sagemaker:CreateEndpointConfig',
  ...jobDefinitions,
  ...jobs,
  'sagemaker:CreateLabelingJob',
  'sagemaker:CreateNotebookInstance',
  'sagemaker:CreateTransformJob',
].sort()
export const haveOutputKey = [
  ...autoMl,
  ...jobDefinitions,
  'sagemaker:CreateJob',
  ...jobs,
  'sagemaker:CreateLabelingJob',
  'sagemaker:CreateTransformJob',
].sort()
/** Carry InstanceTypes, by what the instances are for. */
export const haveInstanceTypes = {
  studio: [
    'sagemaker:CreateApp',
    'sagemaker:CreateDomain',
    'sagemaker:CreateNotebookInstance',
    'sagemaker:CreateSpace',
    'sagemaker:CreateUserProfile',
    'sagemaker:UpdateDomain',
    'sagemaker:UpdateNotebookInstance',
    'sagemaker:UpdateSpace',
    'sagemaker:UpdateUserProfile',
  ],
  jobs: [
    'sagemaker:CreateCluster',
    ...jobDefinitions,
    ...jobs,
    'sagemaker:CreateTransformJob',
    'sagemaker:UpdateCluster',
    'sagemaker:UpdateTrainingJob',
  ].sort(),
  endpoints: ['sagemaker:CreateEndpointConfig'],
}
export const haveMaxRuntime = [...jobDefinitions, ...jobs].sort()
/** Carry NetworkIsolation. An endpoint configuration carries it only for inference components. */
export const haveIsolation = [...jobDefinitions, 'sagemaker:CreateModel', ...jobs].sort()
/** Run containers, and carry no NetworkIsolation. */
export const cannotIsolate = [...autoMl, 'sagemaker:CreateCluster', 'sagemaker:CreateJob'].sort()
export const haveTrafficEncryption = [...autoMl, ...jobDefinitions, ...jobs].sort()
/** Carry DomainSharingOutputKmsKeyArn: where outputs of shared notebooks go. */
export const haveSharingKey = [
  'sagemaker:CreateDomain',
  'sagemaker:CreateUserProfile',
  'sagemaker:UpdateDomain',
  'sagemaker:UpdateUserProfile',
]
/** What a person starts and pays for by the hour; all take tags at creation. Batch transforms are the platform's (DEP-3). */
export const costByTheHour = [
  ...autoMl,
  'sagemaker:CreateCluster',
  'sagemaker:CreateHyperParameterTuningJob',
  'sagemaker:CreateNotebookInstance',
  'sagemaker:CreateProcessingJob',
  'sagemaker:CreateTrainingJob',
].sort()

/**
 * Without what the profile refuses anyway (NET-6): a statement names no action in vain.
 */
export const besidesRefused = (profile: Profile, actions: readonly string[]): string[] =>
  actions.filter((action) => profile !== 'regulated' || !cannotIsolate.includes(action))
