import type { Account } from '@uais/contract'
import { groupId } from '@uais/sandbox'
import { applyBootstrap } from '../owner-bootstrap.ts'
import type { Person } from './person.ts'
import { ready } from './wait.ts'

export const claims = { name: 'claims', awsAccountId: '300000000003', managementAccountId: '100000000001' }

/**
 * An administrator names the account, its owner reads and creates the roles, the platform tries them, the owner lets
 * it provision. Resolves when the account is Ready.
 */
export async function onboard(
  admin: Person,
  owner: Person,
  urls: { aws: string },
  say: (line: string) => void,
): Promise<Account> {
  const account = await nameAccount(admin)
  const params = { id: account.id }
  const bootstrap = await owner.client.call('accounts.bootstrap', { params })
  say(
    `the owner reads ${bootstrap.roles.length} roles and applies ${bootstrap.fileName} with the account's own Terraform`,
  )
  await applyBootstrap({ account, bootstrap, awsUrl: urls.aws, onLine: () => undefined })
  const { probes } = await owner.client.call('accounts.probe', { params, body: {} })
  const failed = probes.filter((probe) => probe.state === 'failed')
  if (failed.length > 0)
    throw new Error(`entering the account: ${failed.map((probe) => `${probe.title}: ${probe.message}`).join('; ')}`)
  say(`${probes.length} probes held; provisioning`)
  await owner.client.call('accounts.provision', { params, body: {} })
  return ready(owner.client, 'the account', () => owner.client.call('accounts.read', { params }))
}

/** The administrator says what is to be entered and under which rules; nothing happens in it yet. */
export async function nameAccount(admin: Person): Promise<Account> {
  return admin.client.call('accounts.create', {
    body: {
      name: claims.name,
      spec: {
        awsAccountId: claims.awsAccountId,
        region: 'eu-west-1',
        ownerGroup: groupId('claims-data-owners'),
        organization: { managementAccountId: claims.managementAccountId, targetId: claims.awsAccountId },
        network: { kind: 'managed', cidr: '10.60.0.0/20' },
        key: { kind: 'created' },
        guardrailProfile: 'regulated',
        breakGlassPrincipal: `arn:aws:iam::${claims.awsAccountId}:role/break-glass`,
        dataUseTerms: 'Claims data stays in this account; models may leave only as endpoints in it.',
      },
    },
  })
}
