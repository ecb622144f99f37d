import { CloudTrailClient, GetEventSelectorsCommand, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail'
import { GetPolicyCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { DescribeDomainCommand, SageMakerClient } from '@aws-sdk/client-sagemaker'
import { orNone } from './aws-error.ts'
import type { AwsSession } from './session.ts'

export interface LiveDomain {
  status: string
  network: string
  identity: string
  keyId: string | null
}

export async function liveDomain(session: AwsSession, domainId: string): Promise<LiveDomain | undefined> {
  const found = await orNone(session.client(SageMakerClient).send(new DescribeDomainCommand({ DomainId: domainId })))
  return (
    found && {
      status: found.Status ?? 'unknown',
      network: found.AppNetworkAccessType ?? 'unknown',
      identity: found.DomainSettings?.ExecutionRoleIdentityConfig ?? 'DISABLED',
      keyId: found.KmsKeyId ?? null,
    }
  )
}

export interface LiveTrail {
  logging: boolean
  dataEvents: boolean
}

export async function liveTrail(session: AwsSession, trailArn: string): Promise<LiveTrail | undefined> {
  const cloudtrail = session.client(CloudTrailClient)
  const status = await orNone(cloudtrail.send(new GetTrailStatusCommand({ Name: trailArn })))
  if (!status) return undefined
  const selectors = await cloudtrail.send(new GetEventSelectorsCommand({ TrailName: trailArn }))
  const classic = selectors.EventSelectors?.some((selector) => (selector.DataResources ?? []).length > 0)
  const advanced = selectors.AdvancedEventSelectors?.some((selector) =>
    selector.FieldSelectors?.some((field) => field.Field === 'eventCategory' && field.Equals?.includes('Data')),
  )
  return { logging: status.IsLogging === true, dataEvents: Boolean(classic || advanced) }
}

export async function policyExists(session: AwsSession, policyArn: string): Promise<boolean> {
  return (await orNone(session.client(IAMClient).send(new GetPolicyCommand({ PolicyArn: policyArn })))) !== undefined
}

/** ARN of the boundary that a role carries; null without one, undefined without such a role. */
export async function roleBoundary(session: AwsSession, roleArn: string): Promise<string | null | undefined> {
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1)
  const found = await orNone(session.client(IAMClient).send(new GetRoleCommand({ RoleName: name })))
  return found && (found.Role?.PermissionsBoundary?.PermissionsBoundaryArn ?? null)
}
