import Alert from '@cloudscape-design/components/alert'
import type { Answer, Api, DataSource } from '@uais/contract'
import { CodeBlock } from '../../ui/CodeBlock.tsx'
import { ResourceTable } from '../../ui/ResourceTable.tsx'
import { ago, size } from '../../ui/time.ts'

type DataObject = Answer<Api['data-sources.objects']>['items'][number]

/** What lies in a data source, by name and size; of a bucket that UAIS may not list, how its members do. */
export function Objects({ source: { id, spec, status } }: { source: DataSource }) {
  const { prefix = '', uri = '' } = status.outputs
  return (
    <ResourceTable<DataObject>
      route="data-sources.objects"
      params={{ id }}
      title="Objects"
      description="Names and sizes. The platform cannot read what is in them."
      rowKey={(object) => object.key}
      empty="No objects yet."
      notReady={spec.source === 's3' && <Unlisted uri={uri} />}
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

function Unlisted({ uri }: { uri: string }) {
  return (
    <Alert type="info" header="UAIS cannot list this bucket">
      It is the data owner’s, who gave the project’s roles access to this prefix and the platform none. From a
      workspace:
      <CodeBlock label="Command" code={`aws s3 ls --recursive ${uri}`} />
    </Alert>
  )
}
