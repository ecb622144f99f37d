import Box from '@cloudscape-design/components/box'
import type { Run } from '@uais/contract'
import { paths } from '../../paths.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { sentence } from '../../ui/field-words.ts'
import { Phase } from '../../ui/Phase.tsx'
import { ResourceTable } from '../../ui/ResourceTable.tsx'
import { ago, duration } from '../../ui/time.ts'
import { elapsedSeconds } from './run-time.ts'

interface RunsTableProps {
  title: string
  query?: Record<string, string>
  empty?: string
  headingLevel?: 'h1' | 'h2'
}

export function RunsTable({ title, query, empty = 'No run yet.', headingLevel = 'h2' }: RunsTableProps) {
  return (
    <ResourceTable<Run>
      route="runs.list"
      title={title}
      headingLevel={headingLevel}
      {...(query ? { query } : {})}
      refreshMs={4_000}
      rowKey={(run) => run.id}
      empty={empty}
      columns={[
        {
          id: 'stack',
          header: 'Run',
          isRowHeader: true,
          minWidth: 300,
          cell: (run) => (
            <>
              <AppLink to={paths.run(run.id)}>{run.stack.key}</AppLink>
              <Box variant="small" display="block">
                {sentence(`${run.operation.replace('-', ' ')}: ${run.reason}`)}
              </Box>
            </>
          ),
        },
        { id: 'phase', header: 'Phase', cell: (run) => <Phase phase={run.phase} /> },
        { id: 'by', header: 'Asked for by', cell: (run) => run.requestedBy?.name ?? 'the platform' },
        { id: 'at', header: 'Begun', cell: (run) => ago(run.createdAt) },
        { id: 'took', header: 'Took', cell: (run) => (run.startedAt ? duration(elapsedSeconds(run)) : '–') },
      ]}
    />
  )
}
