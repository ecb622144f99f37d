import type { Call } from '../../kernel/operation.ts'
import { associate, ensureArtifact, trialComponents } from './lineage-store.ts'
import { resourceArn, rows } from './resource.ts'
import { userContext } from './studio-session.ts'
import { createTags } from './tag-store.ts'
import type { TrainingJobRow } from './training-kind.ts'

/**
 * What SageMaker records by itself for a training job (SageMaker AI Developer Guide, "Amazon SageMaker AI-Created
 * Tracking Entities"): data sets and image → trial component → model artifact.
 */
export function recordTrainingInputs(call: Call, job: TrainingJobRow) {
  const component = ensureTrialComponent(call, job)
  for (const channel of job.InputDataConfig ?? []) {
    const uri = channel.DataSource?.S3DataSource?.S3Uri
    if (uri)
      associate(
        call,
        ensureArtifact(call, uri, { type: 'DataSet', name: channel.ChannelName }),
        component,
        'ContributedTo',
      )
  }
  const image = job.AlgorithmSpecification?.TrainingImage
  if (image) associate(call, ensureArtifact(call, image, { type: 'Image' }), component, 'ContributedTo')
}

export function recordTrainingOutput(call: Call, job: TrainingJobRow) {
  const uri = job.ModelArtifacts?.S3ModelArtifacts
  if (!uri) return
  const name = trialComponentName(job)
  const row = rows(trialComponents, call).get(name)
  if (row)
    rows(trialComponents, call).put(name, {
      ...row,
      Status: { PrimaryStatus: 'Completed' },
      EndTime: job.TrainingEndTime,
      OutputArtifacts: { 'SageMaker.ModelArtifact': { Value: uri } },
      Metrics: job.FinalMetricDataList?.map((metric) => ({
        MetricName: metric.MetricName,
        Last: metric.Value,
        Count: 1,
      })),
    })
  const model = ensureArtifact(call, uri, { type: 'Model', name: `${job.TrainingJobName}-model` })
  associate(call, resourceArn(trialComponents, call, name), model, 'Produced')
}

/** `<job>-aws-training-job`: the name that SageMaker gives to a job's trial component. */
function trialComponentName(job: TrainingJobRow): string {
  return `${job.TrainingJobName}-aws-training-job`.toLowerCase()
}

function ensureTrialComponent(call: Call, job: TrainingJobRow): string {
  const name = trialComponentName(job)
  const arn = resourceArn(trialComponents, call, name)
  rows(trialComponents, call).put(name, {
    TrialComponentArn: arn,
    TrialComponentName: name,
    DisplayName: name,
    Source: { SourceArn: job.TrainingJobArn, SourceType: 'SageMakerTrainingJob' },
    Status: { PrimaryStatus: 'InProgress' },
    StartTime: job.CreationTime,
    CreationTime: job.CreationTime,
    CreatedBy: userContext(call),
    Parameters: Object.fromEntries(
      Object.entries(job.HyperParameters ?? {}).map(([key, value]) => [key, { StringValue: value }]),
    ) as never,
  })
  createTags(call, arn, [], {})
  return arn
}
