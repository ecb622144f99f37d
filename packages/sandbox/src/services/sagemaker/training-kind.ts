import type { DescribeTrainingJobResponse, SecondaryStatus } from '@aws-sdk/client-sagemaker'
import type { CallOrigin } from '../../kernel/operation.ts'
import type { Principal } from '../../kernel/principal.ts'
import { validation } from './errors.ts'
import type { Kind, Stored } from './resource.ts'
import type { VolumeGrant } from './volume-key.ts'

/** A training job, with what its work needs beyond the call that started it: it may go on after a restart. */
export type TrainingJobRow = Stored<DescribeTrainingJobResponse> & {
  /** Unique even when a name is used again in another sandbox of this process. */
  runId: string
  session: Principal
  /** Absent when the job's subnets have no way to S3. */
  origin?: CallOrigin
  grant?: VolumeGrant | undefined
  readyAt: string
}

export const trainingJobs: Kind<TrainingJobRow> = {
  name: 'TrainingJob',
  path: (name) => `training-job/${name.toLowerCase()}`,
  notFound: () => validation('Requested resource not found.'),
}

const messages: Partial<Record<SecondaryStatus, string>> = {
  Starting: 'Preparing the instances for training',
  Downloading: 'Downloading the training image and input data',
  Training: 'Training image download completed. Training in progress.',
  Uploading: 'Uploading generated training model',
  Completed: 'Training job completed',
  Failed: 'Training job failed',
  Stopping: 'Stopping the training job',
  Stopped: 'Training job stopped',
  MaxRuntimeExceeded: 'Training job runtime exceeded MaxRuntimeInSeconds provided',
}

/** The row with its next secondary status; the one before ends now. */
export function inSecondaryStatus(row: TrainingJobRow, status: SecondaryStatus, now: Date): TrainingJobRow {
  const time = now.toISOString()
  const before = (row.SecondaryStatusTransitions ?? []).map((each) => ({ ...each, EndTime: each.EndTime ?? time }))
  const final = ['Completed', 'Failed', 'Stopped', 'MaxRuntimeExceeded'].includes(status)
  const transition = {
    Status: status,
    StartTime: time,
    ...(final ? { EndTime: time } : {}),
    StatusMessage: status === 'Failed' ? (row.FailureReason ?? '') : (messages[status] ?? ''),
  }
  return {
    ...row,
    SecondaryStatus: status,
    SecondaryStatusTransitions: [...before, transition],
    LastModifiedTime: time,
  }
}
