import type { Deployment, ModelVersion } from '@uais/contract'
import type { Person } from './person.ts'
import { ready } from './wait.ts'

/** Deploys an approved version with the first ready-made configuration. */
export async function deploy(lead: Person, version: ModelVersion): Promise<Deployment> {
  const { items } = await lead.client.call('deployment-configurations.list')
  const [configuration] = items
  if (!configuration) throw new Error('deploying: the installation offers no deployment configuration')
  const { environment, instanceType, instanceCount } = configuration
  const { id } = await lead.client.call('deployments.create', {
    params: { id: version.projectId ?? '' },
    body: { name: 'cases', spec: { modelVersionId: version.id, environment, instanceType, instanceCount } },
  })
  return ready(lead.client, 'the endpoint', () => lead.client.call('deployments.read', { params: { id } }))
}
