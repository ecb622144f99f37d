import type { DataSource } from '@uais/contract'
import { paths } from '../../paths.ts'
import { AppButton } from '../../ui/AppButton.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { Phase } from '../../ui/Phase.tsx'
import { ResourceTable } from '../../ui/ResourceTable.tsx'

const kinds = { s3: 'Already in S3', upload: 'Uploaded' }

export function DataSourcesTable({ projectId }: { projectId: string }) {
  return (
    <ResourceTable<DataSource>
      route="data-sources.list"
      params={{ id: projectId }}
      title="Data"
      refreshMs={5_000}
      rowKey={(source) => source.id}
      actions={<AppButton to={paths.dataSourceCreate(projectId)}>Add data</AppButton>}
      empty="No data yet: name what is already in S3, or upload files straight into the owner’s bucket."
      columns={[
        {
          id: 'name',
          header: 'Data',
          isRowHeader: true,
          cell: (source) => <AppLink to={paths.dataSource(source.id)}>{source.name}</AppLink>,
        },
        { id: 'source', header: 'Kind', cell: (source) => kinds[source.spec.source] },
        { id: 'uri', header: 'Where', cell: (source) => source.status.outputs.uri ?? '–' },
        { id: 'purpose', header: 'Purpose', cell: (source) => source.spec.purpose },
        { id: 'classification', header: 'Classification', cell: (source) => source.spec.classification },
        { id: 'phase', header: 'State', cell: (source) => <Phase phase={source.status.phase} /> },
      ]}
    />
  )
}
