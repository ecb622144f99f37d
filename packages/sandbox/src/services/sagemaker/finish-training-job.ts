import type { Call } from '../../kernel/operation.ts'
import { emitStateChange } from './events.ts'
import { recordTrainingOutput } from './lineage-of-training.ts'
import { rows } from './resource.ts'
import { inSecondaryStatus, type TrainingJobRow, trainingJobs } from './training-kind.ts'
import { retireVolumeGrant } from './volume-key.ts'

export type TrainingEnd =
  | { status: 'Completed'; artifact: string; metrics: Record<string, number> }
  | { status: 'Failed'; failureReason: string }
  | { status: 'Stopped'; maxRuntimeExceeded: boolean }

/** "Length: 0-1024": API Reference, DescribeTrainingJob, FailureReason. */
const longestReason = 1024

/** Writes how a job ended: status, times, metrics, lineage, event; and gives the volume key back. */
export async function finishTrainingJob(call: Call, name: string, end: TrainingEnd): Promise<void> {
  const job = rows(trainingJobs, call).get(name)
  if (!job) return
  const now = new Date()
  const started = new Date(job.TrainingStartTime ?? now)
  const seconds = Math.max(1, Math.round((now.getTime() - started.getTime()) / 1000))
  const ended: TrainingJobRow = {
    ...job,
    TrainingJobStatus: end.status,
    TrainingEndTime: now.toISOString(),
    TrainingTimeInSeconds: seconds,
    BillableTimeInSeconds: seconds,
    ...(end.status === 'Failed' ? { FailureReason: end.failureReason.slice(0, longestReason) } : {}),
    ...(end.status === 'Completed'
      ? { ModelArtifacts: { S3ModelArtifacts: end.artifact }, FinalMetricDataList: finalMetrics(end.metrics, now) }
      : {}),
  }
  const secondary = end.status === 'Stopped' && end.maxRuntimeExceeded ? 'MaxRuntimeExceeded' : end.status
  const row = inSecondaryStatus(ended, secondary, now)
  rows(trainingJobs, call).put(name, row)
  if (end.status === 'Completed') recordTrainingOutput(call, row)
  emitTrainingState(call, row)
  await retireVolumeGrant(call, job.grant, job.session)
}

function finalMetrics(metrics: Record<string, number>, now: Date) {
  return Object.entries(metrics).map(([MetricName, Value]) => ({ MetricName, Value, Timestamp: now.toISOString() }))
}

/** Service events show what Describe shows, not the sandbox's own members. */
export function emitTrainingState(call: Call, row: TrainingJobRow) {
  const { runId: _run, session: _session, origin: _origin, grant: _grant, readyAt: _ready, ...shown } = row
  emitStateChange(call, 'Training Job', row.TrainingJobArn ?? '', shown)
}
