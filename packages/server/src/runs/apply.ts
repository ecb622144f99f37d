import { proveSoon } from '../guardrails/prove-soon.ts'
import { apply } from '../terraform/steps/apply.ts'
import { init } from '../terraform/steps/init.ts'
import { output } from '../terraform/steps/output.ts'
import type { WorkerContext } from '../worker-context.ts'
import type { LiveRun } from './live-run.ts'
import type { RunDirectory } from './run-directory.ts'
import { unseal } from './seal.ts'
import type { RunOutcome, Stack } from './stack.ts'
import { readRunRow, updateRun } from './store.ts'

/** Applies exactly the kept plan, reads what it made and looks at the live account before it is called a success. */
export async function applyPlan(
  ctx: WorkerContext,
  stack: Stack,
  run: LiveRun,
  directory: RunDirectory,
  sealed: Buffer,
  changes: boolean,
): Promise<RunOutcome> {
  if (run.phase === 'awaiting-approval') {
    await run.enter('applying', { applyStartedAt: new Date() })
    await init(await directory.step())
  }
  const kept = () => unseal(ctx.config.secrets.encryptionKey, run.id, sealed)
  const told = changes ? await apply(await directory.step(), kept()) : undefined
  if (!changes) run.say('Nothing to change.')
  await updateRun(ctx.db, run.id, { planFile: null })
  const row = await readRunRow(ctx.db, run.id)
  if (row?.operation === 'destroy') {
    await run.enter('succeeded')
    return { state: 'succeeded', runId: run.id, outputs: {}, changed: changes }
  }
  const outputs = told ?? (await output(await directory.step()))
  await run.enter('verifying')
  const faults = await verify(ctx, stack, run, directory, outputs)
  if (faults.length > 0) return notVerified(run, faults)
  await run.enter('succeeded')
  if (changes) await proveSoon(ctx.db, stack.account.id)
  return { state: 'succeeded', runId: run.id, outputs, changed: changes }
}

async function verify(
  ctx: WorkerContext,
  stack: Stack,
  run: LiveRun,
  directory: RunDirectory,
  outputs: Record<string, unknown>,
): Promise<string[]> {
  if (!stack.verify) return []
  const session =
    stack.targetRole === 'uais-organization'
      ? await directory.enter()
      : await ctx.aws.enter({
          awsAccountId: stack.targetAccountId,
          region: stack.account.region,
          role: 'uais-audit',
          externalId: stack.account.externalId,
          sourceIdentity: run.id,
        })
  const facts = await stack.verify(session, outputs)
  for (const fact of facts) run.say(`${fact.title}: ${fact.message}`, fact.holds ? 'info' : 'error')
  return facts.filter((fact) => !fact.holds).map((fact) => `${fact.title}: ${fact.message}`)
}

async function notVerified(run: LiveRun, faults: readonly string[]): Promise<RunOutcome> {
  const message = faults.join('\n')
  const error = {
    code: 'not-verified',
    message,
    remedy: 'Terraform reported success, but the account shows otherwise. Look at the named resource, then retry.',
  }
  await run.enter('failed', { error })
  return { state: 'failed', runId: run.id, reason: error.code, message, remedy: error.remedy, retry: true }
}
