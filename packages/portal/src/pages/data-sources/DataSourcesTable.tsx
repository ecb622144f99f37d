import type { DataSource } from '@uais/contract'
import { paths } from '../../paths.ts'
import { AppButton } from '../../ui/AppButton.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { Phase } from '../../ui/Phase.tsx'
import { ResourceTable } from '../../ui/ResourceTable.tsx'
import type { ProjectAccess } from '../projects/use-project-access.ts'

const kinds = { s3: 'Already in S3', upload: 'Uploaded' }

export function DataSourcesTable({ projectId, access }: { projectId: string; access: ProjectAccess }) {
  const mayAdd = access.works || access.owns
  return (
    <ResourceTable<DataSource>
      route="data-sources.list"
      params={{ id: projectId }}
      title="Data"
      refreshMs={5_000}
      rowKey={(source) => source.id}
      actions={mayAdd && <AppButton to={paths.dataSourceCreate(projectId)}>Add data</AppButton>}
      empty="No data yet: members upload files straight into the owner’s bucket, the data owner gives what is already in S3."
      columns={[
        {
          id: 'name',
          header: 'Data',
          isRowHeader: true,
          cell: (source) => <AppLink to={paths.dataSource(source.id)}>{source.name}</AppLink>,
        },
        { id: 'source', header: 'Kind', cell: (source) => kinds[source.spec.source] },
        { id: 'purpose', header: 'Purpose', minWidth: 260, cell: (source) => source.spec.purpose },
        { id: 'classification', header: 'Classification', cell: (source) => source.spec.classification },
        { id: 'phase', header: 'State', cell: (source) => <Phase phase={source.status.phase} /> },
      ]}
    />
  )
}
