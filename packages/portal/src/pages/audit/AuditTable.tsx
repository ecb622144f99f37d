import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { Answer, Api } from '@uais/contract'
import { ResourceTable } from '../../ui/ResourceTable.tsx'

type AuditEntry = Answer<Api['audit.list']>['items'][number]

const outcomes = { done: 'success', refused: 'stopped', failed: 'error' } as const

interface AuditTableProps {
  route: 'audit.list' | 'projects.activity'
  params?: Record<string, string>
  title: string
  headingLevel?: 'h1' | 'h2'
}

export function AuditTable({ route, params, title, headingLevel = 'h2' }: AuditTableProps) {
  return (
    <ResourceTable<AuditEntry>
      route={route}
      {...(params ? { params } : {})}
      title={title}
      headingLevel={headingLevel}
      refreshMs={10_000}
      rowKey={(entry) => entry.id}
      empty="Nothing has happened yet."
      columns={[
        {
          id: 'at',
          header: 'When (UTC)',
          cell: (entry) => <time dateTime={entry.at}>{entry.at.replace('T', ' ').slice(0, 19)}</time>,
        },
        { id: 'actor', header: 'Who', cell: (entry) => entry.actor?.name ?? 'the platform' },
        { id: 'action', header: 'Act', isRowHeader: true, cell: (entry) => entry.action },
        {
          id: 'subject',
          header: 'On',
          cell: (entry) => (entry.subject ? `${entry.subject.kind} ${entry.subject.name}` : '–'),
        },
        {
          id: 'outcome',
          header: 'Outcome',
          cell: (entry) => <StatusIndicator type={outcomes[entry.outcome]}>{entry.outcome}</StatusIndicator>,
        },
        { id: 'detail', header: 'Detail', minWidth: 240, cell: (entry) => entry.detail },
      ]}
    />
  )
}
