import { GetAccountSummaryCommand, IAMClient } from '@aws-sdk/client-iam'
import { ListDomainsCommand, SageMakerClient } from '@aws-sdk/client-sagemaker'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { probeSessionPolicy } from '@uais/guardrails'
import { awsErrorCode, explainAwsError } from './aws-error.ts'
import { type AwsDoor, type AwsSession, type PlatformRole, roleArnOf } from './session.ts'

export interface Probe {
  id: string
  title: string
  state: 'passed' | 'failed' | 'skipped'
  message: string
}

export interface ProbeTarget {
  awsAccountId: string
  region: string
  externalId: string
  /** Domain that the platform made itself; any other is the owner's and is only reported. */
  ownDomainId?: string | undefined
  /** Where the guardrails are attached, and the ExternalId of the role there. */
  organization?: { managementAccountId: string; externalId: string } | null | undefined
}

/** Roles that the worker may assume; `uais-mint` trusts the API's role alone. */
const workerRoles = ['uais-provision', 'uais-audit', 'uais-teardown'] as const

/**
 * Tries each step of entering an account, names the first that does not hold and says what to do. Changes nothing.
 * The source identity of the probes is `uais-probe`.
 */
export async function probeAccount(door: AwsDoor, target: ProbeTarget): Promise<Probe[]> {
  const probes: Probe[] = []
  let audit: AwsSession | undefined
  for (const role of workerRoles) {
    const entered = await enter(door, target, target.awsAccountId, role)
    probes.push(entered.probe)
    if (role === 'uais-audit') audit = entered.session
  }
  probes.push(await trustNeedsExternalId(door, target, audit !== undefined))
  if (target.organization) {
    const { managementAccountId, externalId } = target.organization
    probes.push((await enter(door, { ...target, externalId }, managementAccountId, 'uais-organization')).probe)
  }
  probes.push(...(await lookAround(audit, target)))
  return probes
}

async function enter(
  door: AwsDoor,
  target: ProbeTarget,
  awsAccountId: string,
  role: PlatformRole,
): Promise<{ probe: Probe; session?: AwsSession }> {
  const base = { id: `assume-${role}`, title: `Enter account ${awsAccountId} as ${role}` }
  const { region, externalId } = target
  try {
    const session = await door.enter({
      awsAccountId,
      region,
      ...(role === 'uais-audit' ? { role } : { role, sessionPolicy: probeSessionPolicy() }),
      externalId,
      sourceIdentity: 'uais-probe',
      ttlSeconds: 900,
    })
    return { probe: { ...base, state: 'passed', message: `The session is in account ${awsAccountId}.` }, session }
  } catch (error) {
    const arn = roleArnOf(door.settings.partition, awsAccountId, role)
    const remedy = `Create ${arn} exactly as the bootstrap shows it, in account ${awsAccountId}.`
    return { probe: { ...base, state: 'failed', message: `${explainAwsError(error)} ${remedy}` } }
  }
}

/** A role that lets the platform in without its ExternalId would let anyone's request in through the platform. */
async function trustNeedsExternalId(door: AwsDoor, target: ProbeTarget, isThere: boolean): Promise<Probe> {
  const base = { id: 'external-id', title: 'The roles refuse entry without the external id' }
  const platform = await door.platform()
  const RoleArn = roleArnOf(door.settings.partition, target.awsAccountId, 'uais-audit')
  try {
    await platform.client(STSClient).send(
      new AssumeRoleCommand({
        RoleArn,
        RoleSessionName: 'uais-probe',
        SourceIdentity: 'uais-probe',
        DurationSeconds: 900,
      }),
    )
    return {
      ...base,
      state: 'failed',
      message: 'uais-audit let the platform in without it: its trust policy lacks sts:ExternalId.',
    }
  } catch (error) {
    // AWS refuses entry to a role that is not there in the same words.
    if (awsErrorCode(error) === 'AccessDenied')
      return isThere
        ? { ...base, state: 'passed', message: 'Entry without it was refused.' }
        : { ...base, state: 'skipped', message: 'Only a role that can be entered with it tells.' }
    return { ...base, state: 'failed', message: `asking without the external id: ${explainAwsError(error)}` }
  }
}

async function lookAround(audit: AwsSession | undefined, target: ProbeTarget): Promise<Probe[]> {
  const titles = {
    region: `SageMaker answers in ${target.region}`,
    domain: 'No other SageMaker domain is in the way',
    quotas: 'The account has room for three roles per project',
  }
  if (!audit)
    return Object.entries(titles).map(([id, title]) => ({
      id,
      title,
      state: 'skipped',
      message: 'uais-audit could not be entered.',
    }))
  const [domains, summary] = await Promise.all([
    audit.client(SageMakerClient).send(new ListDomainsCommand({})).catch(explainAwsError),
    audit.client(IAMClient).send(new GetAccountSummaryCommand({})).catch(explainAwsError),
  ])
  if (typeof domains === 'string') {
    const failed: Probe = { id: 'region', title: titles.region, state: 'failed', message: domains }
    return [
      failed,
      { id: 'domain', title: titles.domain, state: 'skipped', message: 'SageMaker did not answer.' },
      quotas(summary, titles.quotas),
    ]
  }
  const others = (domains.Domains ?? []).filter((domain) => domain.DomainId !== target.ownDomainId)
  return [
    { id: 'region', title: titles.region, state: 'passed', message: 'SageMaker answers.' },
    {
      id: 'domain',
      title: titles.domain,
      state: 'passed',
      message:
        others.length === 0
          ? 'There is none.'
          : `Found ${others.map((domain) => domain.DomainName).join(', ')}; UAIS leaves it alone and makes its own.`,
    },
    quotas(summary, titles.quotas),
  ]
}

function quotas(summary: { SummaryMap?: Record<string, number> } | string, title: string): Probe {
  const base = { id: 'quotas', title }
  if (typeof summary === 'string')
    return { ...base, state: 'skipped', message: `The audit role could not read it: ${summary}` }
  const { Roles: used, RolesQuota: quota } = (summary.SummaryMap ?? {}) as { Roles?: number; RolesQuota?: number }
  if (used === undefined || quota === undefined)
    return { ...base, state: 'skipped', message: 'IAM did not report its quotas.' }
  return quota - used >= 10
    ? { ...base, state: 'passed', message: `${used} of ${quota} roles are in use.` }
    : { ...base, state: 'failed', message: `${used} of ${quota} roles are in use: ask AWS for more (Service Quotas).` }
}
