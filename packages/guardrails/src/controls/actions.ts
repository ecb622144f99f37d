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
export const haveInstanceTypes = [
  'sagemaker:CreateApp',
  'sagemaker:CreateCluster',
  'sagemaker:CreateDomain',
  'sagemaker:CreateEndpointConfig',
  ...jobDefinitions,
  ...jobs,
  'sagemaker:CreateNotebookInstance',
  'sagemaker:CreateSpace',
  'sagemaker:CreateTransformJob',
  'sagemaker:CreateUserProfile',
  'sagemaker:UpdateCluster',
  'sagemaker:UpdateDomain',
  'sagemaker:UpdateNotebookInstance',
  'sagemaker:UpdateSpace',
  'sagemaker:UpdateTrainingJob',
  'sagemaker:UpdateUserProfile',
].sort()
export const haveMaxRuntime = [...jobDefinitions, ...jobs].sort()
