import type { Account } from '@uais/contract'
import {
  type AccountParams,
  boundaryArn,
  budgetStopRoleArn,
  compileAccount,
  compileDetective,
  compileOrganization,
  dataBucketName,
  sessionPolicyFor,
  splunkVariable,
  trailBucketName,
} from '@uais/guardrails'
import { liveDomain, liveTrail, policyExists } from '../aws/live-account.ts'
import type { AwsSession } from '../aws/session.ts'
import type { Config } from '../config/config.ts'
import type { Db } from '../db/database.ts'
import { readResource } from '../resources/store.ts'
import type { LiveFact, Stack, StackAccount } from '../runs/stack.ts'
import { readLink } from './accounts.ts'
import { organizationExternalId } from './organization-external-id.ts'
import { wishedParams } from './params.ts'

/** An account with its link, as stacks of it and of everything in it need them. */
export interface AccountPlace {
  account: Account
  paused: boolean
  /** Of the role in the management account, where there is one. */
  organizationExternalId: string
  stackAccount: StackAccount
  params: AccountParams
  /** Where people's browsers post uploads from. */
  portalOrigin: string
}

export async function readAccountPlace(db: Db, config: Config, accountId: string): Promise<AccountPlace | undefined> {
  const account = await readResource(db, 'Account', accountId)
  if (!account) return undefined
  const link = await readLink(db, accountId)
  const { spec } = account
  return {
    account,
    paused: link.paused,
    organizationExternalId: organizationExternalId(config, spec.organization?.managementAccountId ?? ''),
    stackAccount: {
      id: account.id,
      name: account.name,
      awsAccountId: spec.awsAccountId,
      region: spec.region,
      partition: config.platform.partition,
      externalId: link.externalId,
      approval: spec.approval,
    },
    params: wishedParams(config.platform, account.name, spec),
    portalOrigin: config.origin,
  }
}

const dataBucketParts = [
  'aws_s3_bucket.',
  'aws_s3_bucket_ownership_controls.',
  'aws_s3_bucket_public_access_block.',
  'aws_s3_bucket_server_side_encryption_configuration.',
  'aws_s3_bucket_versioning.',
].map((part) => `module.data_bucket.${part}`)

/** Tags of everything that a stack makes. */
export const stackTags = (key: string, account: string, project?: string): Record<string, string> => ({
  ManagedBy: 'UAIS',
  'uais:stack': key,
  'uais:account': account,
  ...(project ? { 'uais:project': project } : {}),
})

/**
 * Stack `account`. Its documents name nothing that the stack itself makes: so the first plan is proved as it is
 * applied, and the second one has nothing to change.
 */
export function accountStack(place: AccountPlace): Stack {
  const { account, params, stackAccount } = place
  const { spec } = account
  const key = `account/${account.name}`
  const compiled = compileAccount(params)
  const { configRules, eventRules, splunk } = compileDetective(params)
  return {
    kind: 'account',
    key,
    resource: { kind: 'Account', id: account.id, name: account.name, generation: account.generation, projectId: null },
    account: stackAccount,
    targetAccountId: spec.awsAccountId,
    targetRole: account.deletionRequestedAt ? 'uais-teardown' : 'uais-provision',
    sessionPolicy: sessionPolicyFor({ kind: 'account' }, params),
    variables: {
      aws_account_id: spec.awsAccountId,
      boundary_arn: boundaryArn(params),
      config_rules: configRules,
      data_bucket: dataBucketName(params),
      egress_proxy: params.egressProxy ?? null,
      event_rules: eventRules,
      existing_key_arn: spec.key.kind === 'existing' ? spec.key.keyArn : null,
      existing_network:
        spec.network.kind === 'existing'
          ? {
              vpc_id: spec.network.vpcId,
              subnet_ids: spec.network.subnetIds,
              security_group_ids: spec.network.securityGroupIds,
            }
          : null,
      monthly_budget_usd: spec.monthlyBudgetUsd,
      private_link_services: params.privateLinkServices ?? [],
      ...(spec.network.kind === 'managed' ? { network_cidr: spec.network.cidr } : {}),
      region: spec.region,
      splunk: splunkVariable(splunk.forwarding),
      tags: stackTags(key, account.name),
      trail: { bucket: trailBucketName(params) },
      upload_origins: [place.portalOrigin],
    },
    policies: compiled.policies,
    elsewhere: [
      'boundary',
      ...(spec.key.kind === 'existing' ? ['key'] : []),
      ...(spec.network.kind === 'existing' ? ['interface-endpoint', 's3-endpoint'] : []),
    ],
    denials: accountDenials(params),
    // The owner's data stays readable and the trail whole. Without its bucket policy the data is under the owner's
    // own policies again, and no longer under ours.
    keeps: [...dataBucketParts, 'module.trail.module.bucket.', 'module.key[0].'],
    verify: (session, outputs) => verifyAccount(session, params, outputs),
  }
}

/** Stack `organization`: the guardrails that bind the account's own administrators, attached in its organization. */
export function organizationStack(place: AccountPlace): Stack {
  const { account, stackAccount } = place
  const { organization, awsAccountId, region } = account.spec
  if (!organization) throw new Error(`composing the organization stack of '${account.name}': it has no organization`)
  const key = `organization/${account.name}`
  const { outputs } = account.status
  const params = {
    ...place.params,
    targetId: organization.targetId,
    ...(outputs.keyArn ? { keyArn: outputs.keyArn } : {}),
    ...(outputs.domainId ? { domainId: outputs.domainId } : {}),
    ...(outputs.vpcId && outputs.subnetIds && outputs.securityGroupIds
      ? { network: { vpcId: outputs.vpcId, subnetIds: outputs.subnetIds, securityGroupIds: outputs.securityGroupIds } }
      : {}),
  }
  return {
    kind: 'organization',
    key,
    resource: { kind: 'Account', id: account.id, name: account.name, generation: account.generation, projectId: null },
    account: { ...stackAccount, externalId: place.organizationExternalId },
    targetAccountId: organization.managementAccountId,
    targetRole: 'uais-organization',
    sessionPolicy: sessionPolicyFor({ kind: 'organization' }, params),
    variables: {
      aws_account_id: organization.managementAccountId,
      budget_stop: budgetStopOf(place, organization.managementAccountId),
      name: account.name,
      region,
      tags: stackTags(key, account.name),
      target_id: organization.targetId === awsAccountId ? awsAccountId : organization.targetId,
    },
    policies: compileOrganization(params).policies,
    denials: [],
  }
}

/** The budget that stops the account, where its owner wants one; it stands in the management account. */
function budgetStopOf({ account: { spec }, params }: AccountPlace, managementAccountId: string) {
  if (!params.budgetStop) return null
  return {
    account_id: spec.awsAccountId,
    emails: params.budgetStop.emails,
    limit_usd: spec.monthlyBudgetUsd,
    role_arn: budgetStopRoleArn(params, managementAccountId),
  }
}

/** What the boundary alone must refuse to every project role, whatever a policy of it says. */
function accountDenials(params: AccountParams): Stack['denials'] {
  const principal = `arn:${params.partition}:iam::${params.awsAccountId}:role/uais/projects/uais-any-studio`
  const role = `arn:${params.partition}:iam::${params.awsAccountId}:role/uais/projects/uais-any-studio`
  const deny = (id: string, title: string, action: string, resource: string) => ({
    id,
    title,
    identity: ['boundary'],
    request: { principal, action, resource, context: {} },
  })
  return [
    deny('boundary-no-escape', 'A project role cannot shed its boundary', 'iam:DeleteRolePermissionsBoundary', role),
    deny('boundary-no-roles', 'A project role cannot make roles', 'iam:CreateRole', role.replace('any-studio', 'made')),
    deny(
      'boundary-no-keys',
      'A project role cannot schedule a key’s deletion',
      'kms:ScheduleKeyDeletion',
      `arn:${params.partition}:kms:${params.region}:${params.awsAccountId}:key/any`,
    ),
    deny(
      'boundary-no-trail',
      'A project role cannot stop the trail',
      'cloudtrail:StopLogging',
      `arn:${params.partition}:cloudtrail:${params.region}:${params.awsAccountId}:trail/uais`,
    ),
  ]
}

async function verifyAccount(
  session: AwsSession,
  params: AccountParams,
  outputs: Record<string, unknown>,
): Promise<LiveFact[]> {
  const [domain, trail, boundary] = await Promise.all([
    liveDomain(session, String(outputs.domain_id)),
    liveTrail(session, String(outputs.trail_arn)),
    policyExists(session, boundaryArn(params)),
  ])
  return [
    fact('domain', 'The domain is in service', domain?.status === 'InService', domain?.status ?? 'there is none'),
    fact('vpc-only', 'The domain is VpcOnly', domain?.network === 'VpcOnly', domain?.network ?? 'there is none'),
    fact(
      'source-identity',
      'Work in Studio carries the person',
      domain?.identity === 'USER_PROFILE_NAME',
      `ExecutionRoleIdentityConfig is ${domain?.identity ?? 'not set'}`,
    ),
    fact(
      'trail',
      'The trail is logging',
      trail?.logging === true,
      trail ? (trail.logging ? 'it is' : 'it is stopped') : 'there is none',
    ),
    fact(
      'data-events',
      'The trail records data events',
      trail?.dataEvents === true,
      trail?.dataEvents ? 'it does' : 'it does not',
    ),
    fact('boundary', 'The boundary exists', boundary, boundary ? 'it does' : 'it does not: apply the bootstrap again'),
  ]
}

const fact = (id: string, title: string, holds: boolean, message: string): LiveFact => ({ id, title, holds, message })
