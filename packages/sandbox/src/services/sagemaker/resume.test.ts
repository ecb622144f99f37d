import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateTrainingJobCommand, SageMakerClient } from '@aws-sdk/client-sagemaker'
import { afterAll, expect, test } from 'vitest'
import { startTestBench, type TestBench } from '../test-bench.ts'
import { ended, makeProject, trainingJob } from './test-project.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'resume-'))
let bench: TestBench | undefined
afterAll(async () => {
  await bench?.stop()
  rmSync(dataDir, { recursive: true })
})

test('a job that a restart interrupts is trained to its end', async () => {
  bench = await startTestBench(dataDir)
  const project = await makeProject(bench)
  // Far from ready, so that the stop comes before the work.
  bench.sandbox.kernel.settleMs = 60_000
  await project.sagemaker.send(new CreateTrainingJobCommand(trainingJob(project, 'interrupted')))
  const { kernel } = bench.sandbox
  const table = kernel.store.table('sagemaker|300000000003|eu-west-1|TrainingJob')
  const row = table.rows.get('interrupted') as { runId: string }
  const transaction = kernel.store.begin()
  transaction.write(table, 'interrupted', { ...row, readyAt: new Date().toISOString() })
  transaction.commit()
  await bench.stop()
  bench = await startTestBench(dataDir)
  const sagemaker = new SageMakerClient(await bench.as('claims', 'admin'))
  const job = await ended(sagemaker, 'interrupted')
  expect(job.FailureReason).toBeUndefined()
  expect(job.TrainingJobStatus).toBe('Completed')
})
