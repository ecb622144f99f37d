import { AttachPolicyCommand, CreatePolicyCommand, OrganizationsClient } from '@aws-sdk/client-organizations'
import type { AccountPlace } from '../../../packages/server/src/accounts/stack.ts'
import { organizationStack, readAccountPlace } from '../../../packages/server/src/accounts/stack.ts'
import type { WorkerContext } from '../../../packages/server/src/worker-context.ts'
import { accountSpec } from '../api-stack.ts'
import { account, type Bench } from './bench.ts'

/** SDK settings of a role of the sandbox organization, for whoever is not the platform. */
export async function as(bench: Bench, accountName: string, role: string, region = 'eu-west-1') {
  const answer = await fetch(`${bench.sandboxUrl}/_sandbox/credentials`, {
    method: 'POST',
    headers: { 'x-uais-sandbox': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ account: accountName, role }),
  })
  if (!answer.ok) throw new Error(`credentials of ${accountName}/${role}: ${await answer.text()}`)
  const { accessKeyId, secretAccessKey, sessionToken } = (await answer.json()) as Record<string, string>
  const credentials = { accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey!, sessionToken: sessionToken! }
  return { region, endpoint: bench.sandboxUrl, credentials, forcePathStyle: true, maxAttempts: 1 }
}

/** Makes the bench's account one that is Ready since now, with a whole spec: its bootstrap was made before. */
export async function makeReady(ctx: WorkerContext): Promise<AccountPlace> {
  // CloudTrail tells the time in seconds.
  await new Promise((resolve) => setTimeout(resolve, 1000 - (Date.now() % 1000)))
  const at = new Date().toISOString()
  const ready = { type: 'Ready', status: 'True', reason: 'Provisioned', message: 'It is.', at }
  await ctx.db
    .updateTable('resource')
    .set({
      spec: JSON.stringify({
        ...accountSpec,
        mode: 'iam',
        network: { kind: 'managed', cidr: '10.60.0.0/20' },
        guardrailProfile: 'regulated',
        approval: 'destructive-only',
        monthlyBudgetUsd: 1000,
        dataUseTerms: '',
      }),
      status: JSON.stringify({
        ...{ phase: 'Ready', observedGeneration: 1, conditions: [ready], lastRunId: null },
        outputs: { domainId: 'd-abcdefghijkl', eventQueueUrl: '' },
      }),
    })
    .where('id', '=', account.id)
    .execute()
  return placeOf(ctx)
}

export async function placeOf(ctx: WorkerContext): Promise<AccountPlace> {
  const place = await readAccountPlace(ctx.db, ctx.config, account.id)
  if (!place) throw new Error('the account of the bench is gone')
  return place
}

/** Attaches the compiled service and resource control policies, as the stack `organization` would. @returns their ids by name */
export async function attachGuardrails(bench: Bench, place: AccountPlace): Promise<Record<string, string>> {
  const organizations = new OrganizationsClient(await as(bench, 'management', 'admin'))
  const ids: Record<string, string> = {}
  for (const [name, text] of Object.entries(organizationStack(place).policies)) {
    const made = await organizations.send(
      new CreatePolicyCommand({
        ...{ Name: `uais-claims-${name}`, Description: '', Content: text },
        Type: name.startsWith('resource-') ? 'RESOURCE_CONTROL_POLICY' : 'SERVICE_CONTROL_POLICY',
        Tags: [{ Key: 'ManagedBy', Value: 'UAIS' }],
      }),
    )
    const id = made.Policy?.PolicySummary?.Id ?? ''
    await organizations.send(new AttachPolicyCommand({ PolicyId: id, TargetId: place.stackAccount.awsAccountId }))
    ids[name] = id
  }
  return ids
}
