import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PlatformError } from '@uais/contract'
import { type AwsSession, assertAccount, roleArnOf } from '../aws/session.ts'
import type { StepContext } from '../terraform/terraform.ts'
import { makeWorkDirectory, removeWorkDirectory, type WorkDirectory } from '../terraform/work-directory.ts'
import type { WorkerContext } from '../worker-context.ts'
import type { LiveRun } from './live-run.ts'
import type { Stack } from './stack.ts'
import { updateRun } from './store.ts'

/** Terraform's `assume_role` lasts for the run; role chaining ends at one hour anyway. */
const credentialsMs = 3_600_000

/** The work directory of one run and its way into the account: both are made fresh and gone afterwards. */
export class RunDirectory {
  private readonly ctx: WorkerContext
  private readonly stack: Stack
  private readonly run: LiveRun
  private directory: WorkDirectory | undefined
  private session: AwsSession | undefined

  constructor(ctx: WorkerContext, stack: Stack, run: LiveRun) {
    this.ctx = ctx
    this.stack = stack
    this.run = run
  }

  /** Session of the run in the target account: its own, with the run's id as source identity. */
  async enter(): Promise<AwsSession> {
    this.session ??= await this.ctx.aws.enter({
      awsAccountId: this.stack.targetAccountId,
      region: this.stack.account.region,
      role: this.stack.targetRole,
      externalId: this.stack.account.externalId,
      sourceIdentity: this.run.id,
      sessionPolicy: this.stack.sessionPolicy,
    })
    return this.session
  }

  /** Everything that a terraform step needs, after proving once more which account the run is in. */
  async step(): Promise<StepContext> {
    await this.assertNotPaused()
    await assertAccount(await this.enter())
    this.directory ??= this.make()
    const credentials = await this.ctx.aws.platformCredentials()
    await updateRun(this.ctx.db, this.run.id, { credentialsUntil: new Date(Date.now() + credentialsMs) })
    const { region, endpointUrl } = this.ctx.aws.settings
    return this.ctx.terraform.step(this.directory, {
      aws: { credentials, region, endpointUrl },
      onProgress: (line) => this.run.say(line.message, line.level, line.address),
      signal: this.run.signal,
    })
  }

  /** The owner's stop button ends a run between its steps; a step that has begun is finished, not torn. */
  private async assertNotPaused(): Promise<void> {
    const link = await this.ctx.db
      .selectFrom('account_link')
      .select('paused')
      .where('account_id', '=', this.stack.account.id)
      .executeTakeFirst()
    if (link?.paused) throw new PlatformError('conflict', 'going on with the run: the account is paused')
  }

  /** Writes one more file into the root module, e.g. import blocks. */
  write(name: string, text: string): void {
    this.directory ??= this.make()
    writeFileSync(join(this.directory.module, name), text, { mode: 0o600 })
  }

  remove(): void {
    removeWorkDirectory(this.ctx.terraform.settings, this.run.id)
  }

  private make(): WorkDirectory {
    const { platform } = this.ctx.config
    const { stack, run } = this
    const { partition } = stack.account
    return makeWorkDirectory(this.ctx.terraform.settings, {
      id: run.id,
      stackKind: stack.kind,
      variables: {
        ...stack.variables,
        policies: stack.policies,
        assume_role: {
          role_arn: roleArnOf(partition, stack.targetAccountId, stack.targetRole),
          external_id: stack.account.externalId,
          policy: stack.sessionPolicy,
          session_name: `uais-run-${run.id}`,
          source_identity: run.id,
        },
      },
      backend: {
        bucket: platform.stateBucket,
        key: stateKeyOf(stack.key),
        region: platform.region,
        kmsKeyId: stateKmsKey(this.ctx),
        accountId: platform.accountId,
      },
    })
  }
}

export const stateKeyOf = (stackKey: string) => `${stackKey}/terraform.tfstate`

/** The backend takes key ARNs and alias ARNs (Terraform documentation, "Backend Type: s3"). */
function stateKmsKey(ctx: WorkerContext): string {
  const { stateKey, region, partition, accountId } = ctx.config.platform
  return stateKey.startsWith('arn:') ? stateKey : `arn:${partition}:kms:${region}:${accountId}:${stateKey}`
}
