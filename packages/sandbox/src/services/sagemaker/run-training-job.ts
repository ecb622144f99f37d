import { setTimeout as sleep } from 'node:timers/promises'
import type { SecondaryStatus } from '@aws-sdk/client-sagemaker'
import type { Call, InvokeAs } from '../../kernel/operation.ts'
import { packModel } from '../../ml/artifact.ts'
import { builtInImage } from '../../ml/image-uri.ts'
import { runTraining } from '../../ml/run-training.ts'
import type { TrainingRequest, TrainingResult } from '../../ml/train.ts'
import { finishTrainingJob, type TrainingEnd } from './finish-training-job.ts'
import { rows } from './resource.ts'
import { beginRun } from './running-jobs.ts'
import { listObjects, parseS3Uri, readObject } from './s3-objects.ts'
import { inSecondaryStatus, type TrainingJobRow, trainingJobs } from './training-kind.ts'
import { TrainingLog } from './training-logs.ts'

/**
 * A training job's work, as background work that a restart begins anew: read the channels as the job's role over
 * its network, train in a worker thread, write `model.tar.gz` as the role with the output key.
 */
export async function runTrainingJob(call: Call, name: string): Promise<void> {
  const job = rows(trainingJobs, call).get(name)
  if (!job) return
  const run = beginRun(job.runId)
  const limit = AbortSignal.timeout((job.StoppingCondition?.MaxRuntimeInSeconds ?? 86_400) * 1000)
  const log = new TrainingLog(call, job.session, job.TrainingJobName ?? '')
  let end: TrainingEnd
  try {
    end = await work(call, job, AbortSignal.any([run.signal, limit]), log)
    if (end.status === 'Stopped') end = { status: 'Stopped', maxRuntimeExceeded: limit.aborted }
  } catch (error) {
    end = { status: 'Failed', failureReason: `ClientError: ${(error as Error).message}` }
  }
  if (!run.end()) return
  if (end.status === 'Failed') log.write(end.failureReason)
  await log.flush()
  await finishTrainingJob(call, name, end)
}

async function work(call: Call, job: TrainingJobRow, signal: AbortSignal, log: TrainingLog): Promise<TrainingEnd> {
  const wait = Math.max(0, new Date(job.readyAt).getTime() - Date.now())
  await sleep(wait, undefined, { ref: false, signal }).catch(() => undefined)
  if (stopped(call, job) || signal.aborted) return { status: 'Stopped', maxRuntimeExceeded: false }
  advance(call, job, 'Downloading', { TrainingStartTime: new Date().toISOString() })
  const as = workloadOf(job)
  const request: TrainingRequest = {
    algorithm: builtInImage(job.AlgorithmSpecification?.TrainingImage ?? '', call.region)?.algorithm ?? 'xgboost',
    hyperparameters: job.HyperParameters ?? {},
    channels: await download(call, job, as),
  }
  advance(call, job, 'Training', {})
  log.write(`Running ${request.algorithm} with hyperparameters ${JSON.stringify(request.hyperparameters)}`)
  const outcome = await runTraining(request, { signal, onLog: (line) => log.write(line) })
  if (outcome.status === 'Failed') return { status: 'Failed', failureReason: outcome.failureReason }
  if (outcome.status === 'Stopped') return { status: 'Stopped', maxRuntimeExceeded: false }
  advance(call, job, 'Uploading', {})
  await log.flush()
  return { status: 'Completed', artifact: await upload(call, job, outcome.result, as), metrics: outcome.result.metrics }
}

/** The job's role, where its network lets it come from. */
function workloadOf(job: TrainingJobRow): InvokeAs {
  if (!job.origin)
    throw new Error(
      "Data download failed:Please ensure that the subnet's route table includes a route to an S3 VPC endpoint or a NAT device, both the security groups and the subnet's network ACL allow outbound traffic to S3.",
    )
  return { principal: job.session, origin: job.origin }
}

async function download(call: Call, job: TrainingJobRow, as: InvokeAs): Promise<Record<string, Buffer[]>> {
  const channels: Record<string, Buffer[]> = {}
  for (const channel of job.InputDataConfig ?? []) {
    const uri = channel.DataSource?.S3DataSource?.S3Uri ?? ''
    try {
      const places = await listObjects(call, uri, as)
      channels[channel.ChannelName ?? ''] = await Promise.all(places.map((place) => readObject(call, place, as)))
    } catch (error) {
      throw new Error(`Data download failed:Failed to download data from ${uri}: ${(error as Error).message}`)
    }
  }
  return channels
}

async function upload(call: Call, job: TrainingJobRow, result: TrainingResult, as: InvokeAs): Promise<string> {
  const uri = `${job.OutputDataConfig?.S3OutputPath?.replace(/\/$/, '')}/${job.TrainingJobName}/output/model.tar.gz`
  const { bucket, key } = parseS3Uri(uri)
  const keyId = job.OutputDataConfig?.KmsKeyId
  const encryption = keyId ? { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyId } : {}
  const input = { Bucket: bucket, Key: key, Body: await packModel(result.model), ...encryption }
  try {
    await call.invoke('s3', 'PutObject', input, as)
  } catch (error) {
    throw new Error(`Artifact upload failed:Failed to upload to ${uri}: ${(error as Error).message}`)
  }
  return uri
}

function advance(call: Call, job: TrainingJobRow, status: SecondaryStatus, changes: Partial<TrainingJobRow>) {
  const name = job.TrainingJobName ?? ''
  const row = rows(trainingJobs, call).get(name)
  if (row?.runId !== job.runId || row.TrainingJobStatus !== 'InProgress') return
  rows(trainingJobs, call).put(name, inSecondaryStatus({ ...row, ...changes }, status, new Date()))
}

function stopped(call: Call, job: TrainingJobRow): boolean {
  return rows(trainingJobs, call).get(job.TrainingJobName ?? '')?.TrainingJobStatus === 'Stopping'
}
