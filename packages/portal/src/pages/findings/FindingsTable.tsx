import Box from '@cloudscape-design/components/box'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { Answer, Api } from '@uais/contract'
import { ResourceTable } from '../../ui/ResourceTable.tsx'
import { ago } from '../../ui/time.ts'

type Finding = Answer<Api['findings.list']>['items'][number]

export function FindingsTable({ title, headingLevel = 'h2' }: { title: string; headingLevel?: 'h1' | 'h2' }) {
  return (
    <ResourceTable<Finding>
      route="findings.list"
      title={title}
      headingLevel={headingLevel}
      refreshMs={15_000}
      rowKey={(finding) => finding.id}
      empty="Nothing was found: no drift, no tampering."
      columns={[
        {
          id: 'title',
          header: 'Finding',
          isRowHeader: true,
          minWidth: 360,
          cell: (finding) => (
            <>
              <b>{finding.title}</b>
              <Box variant="small" display="block">
                {finding.type}: {finding.message} {finding.actor && `By ${finding.actor}.`}
              </Box>
            </>
          ),
        },
        { id: 'remedy', header: 'What is done', minWidth: 220, cell: (finding) => finding.remedy },
        {
          id: 'state',
          header: 'State',
          cell: (finding) => (
            <StatusIndicator type={finding.state === 'open' ? 'warning' : 'success'}>{finding.state}</StatusIndicator>
          ),
        },
        { id: 'at', header: 'When', cell: (finding) => ago(finding.at) },
      ]}
    />
  )
}
