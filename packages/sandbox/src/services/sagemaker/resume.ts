import { partitionOf } from '../../kernel/call-context.ts'
import type { Call } from '../../kernel/operation.ts'
import { endpoints } from './model-kinds.ts'
import { notebookInstances } from './notebook-kinds.ts'
import { settleNotebook } from './notebook-state.ts'
import { rows } from './resource.ts'
import { rollOutEndpoint } from './roll-out-endpoint.ts'
import { runTrainingJob } from './run-training-job.ts'
import { trainingJobs } from './training-kind.ts'

/** After a restart: unfinished training jobs start anew, unfinished endpoints are rolled out, notebooks settle. */
export async function resume(call: Call): Promise<void> {
  const work: Promise<void>[] = []
  for (const place of call.scopes(trainingJobs.name)) {
    const there = callIn(call, place)
    for (const job of rows(trainingJobs, there).values())
      if (job.TrainingJobStatus === 'InProgress' || job.TrainingJobStatus === 'Stopping')
        work.push(runTrainingJob(there, job.TrainingJobName ?? ''))
  }
  for (const place of call.scopes(endpoints.name)) {
    const there = callIn(call, place)
    for (const row of rows(endpoints, there).values())
      if (row.rollout) work.push(rollOutEndpoint(there, row.EndpointName ?? ''))
  }
  for (const place of call.scopes(notebookInstances.name)) {
    const there = callIn(call, place)
    for (const row of rows(notebookInstances, there).values())
      if (row.transition) work.push(settleNotebook(there, row.NotebookInstanceName ?? ''))
  }
  await Promise.all(work)
}

/** The same call, working in another account and region. */
function callIn(call: Call, place: { account: string; region: string }): Call {
  return {
    requestId: call.requestId,
    service: call.service,
    operation: call.operation,
    principal: call.principal,
    origin: call.origin,
    now: call.now,
    blobs: call.blobs,
    settleMs: call.settleMs,
    ...place,
    partition: partitionOf(place.region),
    table: (kind, scope) => call.table(kind, { ...place, ...scope }),
    id: (length) => call.id(length),
    invoke: (service, operation, input, as) => call.invoke(service, operation, input, { ...place, ...as }),
    decide: (check, principal) => call.decide(check, principal),
    assumeAsService: (roleArn, service, session) => call.assumeAsService(roleArn, service, session),
    emit: (event) => call.emit(event),
    afterwards: (work) => call.afterwards((later) => work(callIn(later, place))),
    scopes: (kind, service) => call.scopes(kind, service),
  }
}
