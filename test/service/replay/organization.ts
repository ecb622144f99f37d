import * as organizations from '@aws-sdk/client-organizations'
import type { NamedDocument, OrganizationLevel } from '@uais/iam'
import type { ClientConfig } from './sign-in.ts'
import { account, fullAccess } from './statements.ts'

/** The policies of these levels, but for the full access that Organizations attaches itself. */
export const policiesOf = (levels: readonly OrganizationLevel[]) =>
  levels.flatMap(({ policies }) => policies).filter(({ name }) => name !== fullAccess.name)

type PolicyType = 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY'

/** Makes the policies and attaches them to the account. */
export async function attach(
  policies: readonly NamedDocument[],
  Type: PolicyType,
  config: ClientConfig,
): Promise<void> {
  const client = new organizations.OrganizationsClient(config)
  for (const { name, policy } of policies) {
    const create = { Name: name, Description: '', Type, Content: JSON.stringify(policy) }
    const { Policy } = await client.send(new organizations.CreatePolicyCommand(create))
    const target = { PolicyId: Policy?.PolicySummary?.Id, TargetId: account }
    await client.send(new organizations.AttachPolicyCommand(target))
  }
}
