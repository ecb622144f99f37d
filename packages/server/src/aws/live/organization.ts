import {
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  ListParentsCommand,
  OrganizationsClient,
  type PolicyType,
  paginateListPoliciesForTarget,
} from '@aws-sdk/client-organizations'
import type { NamedDocument, OrganizationLevel, PolicyDocument } from '@uais/iam'
import { awsErrorCode } from '../aws-error.ts'
import type { AwsSession } from '../session.ts'

/** What stands above an account: every policy that binds it, from the root down. */
export interface LiveOrganization {
  organizationId: string
  managementAccount: string
  serviceControlPolicies: OrganizationLevel[]
  /** Absent while the organization has not enabled that type of policy. */
  resourceControlPolicies?: OrganizationLevel[]
}

/** Reads it in the management account, which alone may (AWS Organizations User Guide, "Delegated administrator"). */
export async function readOrganization(session: AwsSession, awsAccountId: string): Promise<LiveOrganization> {
  const organizations = session.client(OrganizationsClient)
  const { Organization } = await organizations.send(new DescribeOrganizationCommand({}))
  const targets = await above(organizations, awsAccountId)
  const documents = new Map<string, Promise<NamedDocument>>()
  const levels = (type: PolicyType) =>
    Promise.all(targets.map((target) => levelOf(organizations, target, type, documents)))
  const [serviceControlPolicies, resourceControlPolicies] = await Promise.all([
    levels('SERVICE_CONTROL_POLICY'),
    levels('RESOURCE_CONTROL_POLICY').catch(noneOfThatType),
  ])
  return {
    organizationId: Organization?.Id ?? '',
    managementAccount: Organization?.MasterAccountId ?? session.accountId,
    serviceControlPolicies,
    ...(resourceControlPolicies ? { resourceControlPolicies } : {}),
  }
}

/** Ids from the root down to the account itself. */
async function above(organizations: OrganizationsClient, awsAccountId: string): Promise<string[]> {
  const path = [awsAccountId]
  for (let child = awsAccountId; ; ) {
    const { Parents } = await organizations.send(new ListParentsCommand({ ChildId: child }))
    const parent = Parents?.[0]
    if (!parent?.Id) return path
    path.unshift(parent.Id)
    if (parent.Type === 'ROOT') return path
    child = parent.Id
  }
}

async function levelOf(
  client: OrganizationsClient,
  target: string,
  type: PolicyType,
  documents: Map<string, Promise<NamedDocument>>,
): Promise<OrganizationLevel> {
  const attached: Promise<NamedDocument>[] = []
  for await (const page of paginateListPoliciesForTarget({ client }, { TargetId: target, Filter: type }))
    for (const { Id: id = '' } of page.Policies ?? []) {
      const document = documents.get(id) ?? documentOf(client, id)
      documents.set(id, document)
      attached.push(document)
    }
  return { level: target, policies: await Promise.all(attached) }
}

async function documentOf(client: OrganizationsClient, PolicyId: string): Promise<NamedDocument> {
  const { Policy } = await client.send(new DescribePolicyCommand({ PolicyId }))
  const { Name: name = PolicyId, Arn: arn } = Policy?.PolicySummary ?? {}
  return { name, ...(arn ? { arn } : {}), policy: JSON.parse(Policy?.Content ?? '{}') as PolicyDocument }
}

/** A type that is not enabled binds nobody (AWS Organizations API Reference, "ListPoliciesForTarget"). */
function noneOfThatType(error: unknown): undefined {
  if (awsErrorCode(error) !== 'PolicyTypeNotEnabledException') throw error
  return undefined
}
