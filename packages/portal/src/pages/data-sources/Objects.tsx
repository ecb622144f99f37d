import Alert from '@cloudscape-design/components/alert'
import { type Answer, type Api, type DataSource, PlatformError } from '@uais/contract'
import { useRead } from '../../api/queries.ts'
import { CodeBlock } from '../../ui/CodeBlock.tsx'
import { ResourceTable } from '../../ui/ResourceTable.tsx'
import { ago, size } from '../../ui/time.ts'

type DataObject = Answer<Api['data-sources.objects']>['items'][number]

/** What lies in a data source, by name and size; of a bucket that UAIS may not list, how its members do. */
export function Objects({ source: { id, spec, status } }: { source: DataSource }) {
  const { prefix = '', uri = '' } = status.outputs
  const isOwners = spec.source === 's3'
  const probe = useRead('data-sources.objects', { params: { id }, query: { limit: 1 } }, false, isOwners)
  if (isOwners && probe.isLoading) return null
  if (isOwners && probe.error instanceof PlatformError && probe.error.code === 'not-ready')
    return (
      <Alert type="info" header="UAIS cannot list this bucket">
        It is the data owner’s, who gave the project’s roles access to this prefix and the platform none. From a
        workspace:
        <CodeBlock label="Command" code={`aws s3 ls --recursive ${uri}`} />
      </Alert>
    )
  return (
    <ResourceTable<DataObject>
      route="data-sources.objects"
      params={{ id }}
      title="Objects"
      description="Names and sizes. The platform cannot read what is in them."
      rowKey={(object) => object.key}
      empty="No objects yet."
      columns={[
        {
          id: 'key',
          header: 'Object',
          isRowHeader: true,
          minWidth: 320,
          cell: (object) => (object.key.startsWith(prefix) ? object.key.slice(prefix.length) : object.key),
        },
        { id: 'bytes', header: 'Size', cell: (object) => size(object.bytes) },
        { id: 'modified', header: 'Changed', cell: (object) => ago(object.lastModified) },
      ]}
    />
  )
}
