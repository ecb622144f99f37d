import type { Deployment } from '@uais/contract'
import { paths } from '../../paths.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { CopyText } from '../../ui/CopyText.tsx'
import { Phase } from '../../ui/Phase.tsx'
import { ResourceTable } from '../../ui/ResourceTable.tsx'

export function DeploymentsTable({ projectId }: { projectId: string }) {
  return (
    <ResourceTable<Deployment>
      route="deployments.list"
      params={{ id: projectId }}
      title="Endpoints"
      refreshMs={5_000}
      rowKey={(deployment) => deployment.id}
      empty="No endpoint yet. An approved model version can be deployed from its page."
      columns={[
        {
          id: 'name',
          header: 'Endpoint',
          isRowHeader: true,
          cell: (deployment) => <AppLink to={paths.deployment(deployment.id)}>{deployment.name}</AppLink>,
        },
        { id: 'environment', header: 'Environment', cell: (deployment) => deployment.spec.environment },
        {
          id: 'instances',
          header: 'Instances',
          cell: (deployment) => `${deployment.spec.instanceCount} × ${deployment.spec.instanceType}`,
        },
        {
          id: 'url',
          header: 'URL',
          cell: (deployment) =>
            deployment.status.outputs.url ? (
              <CopyText text={deployment.status.outputs.url} label="endpoint URL" />
            ) : (
              '–'
            ),
        },
        { id: 'phase', header: 'State', cell: (deployment) => <Phase phase={deployment.status.phase} /> },
      ]}
    />
  )
}
