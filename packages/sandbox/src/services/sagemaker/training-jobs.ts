import type {
  DeleteTrainingJobRequest,
  DescribeTrainingJobRequest,
  ListTrainingJobsRequest,
  StopTrainingJobRequest,
} from '@aws-sdk/client-sagemaker'
import { operation } from '../../kernel/operation.ts'
import { onResource } from './access.ts'
import { validation } from './errors.ts'
import { emitTrainingState, finishTrainingJob } from './finish-training-job.ts'
import { describe, list } from './plain-operations.ts'
import { find, resourceArn, rows } from './resource.ts'
import { abortRun, isRunning } from './running-jobs.ts'
import { forgetTags } from './tag-store.ts'
import { inSecondaryStatus, type TrainingJobRow, trainingJobs } from './training-kind.ts'

const keyOf = (input: { TrainingJobName?: string | undefined }) => input.TrainingJobName ?? ''

export const describeTrainingJob = describe<DescribeTrainingJobRequest, TrainingJobRow>(trainingJobs, keyOf)

export const listTrainingJobs = list<ListTrainingJobsRequest, TrainingJobRow>(trainingJobs, {
  name: 'ListTrainingJobs',
  member: 'TrainingJobSummaries',
  nameOf: (row) => row.TrainingJobName ?? '',
  createdAt: (row) => row.CreationTime ?? '',
  filter: (row, input) => !input.StatusEquals || row.TrainingJobStatus === input.StatusEquals,
})

export const stopTrainingJob = operation<StopTrainingJobRequest, object>({
  name: 'StopTrainingJob',
  access: (input, call) => [onResource(call, 'StopTrainingJob', resourceArn(trainingJobs, call, keyOf(input)))],
  handle: (input, call) => {
    const row = find(trainingJobs, call, keyOf(input))
    if (row.TrainingJobStatus === 'Stopping') return {}
    if (row.TrainingJobStatus !== 'InProgress')
      throw validation(`The request was rejected because the training job is in status ${row.TrainingJobStatus}.`)
    const stopping = inSecondaryStatus({ ...row, TrainingJobStatus: 'Stopping' }, 'Stopping', call.now)
    rows(trainingJobs, call).put(keyOf(input), stopping)
    emitTrainingState(call, stopping)
    call.afterwards(async (later) => {
      if (isRunning(row.runId)) abortRun(row.runId)
      else await finishTrainingJob(later, keyOf(input), { status: 'Stopped', maxRuntimeExceeded: false })
    })
    return {}
  },
})

export const deleteTrainingJob = operation<DeleteTrainingJobRequest, object>({
  name: 'DeleteTrainingJob',
  access: (input, call) => [onResource(call, 'DeleteTrainingJob', resourceArn(trainingJobs, call, keyOf(input)))],
  handle: (input, call) => {
    const row = find(trainingJobs, call, keyOf(input))
    if (row.TrainingJobStatus === 'InProgress' || row.TrainingJobStatus === 'Stopping')
      throw validation(`The request was rejected because the training job is in status ${row.TrainingJobStatus}.`)
    rows(trainingJobs, call).delete(keyOf(input))
    forgetTags(call, row.TrainingJobArn ?? '')
    return {}
  },
})
