import type { Run } from '@uais/contract'
import { paths } from '../../paths.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { Phase } from '../../ui/Phase.tsx'
import { ResourceTable } from '../../ui/ResourceTable.tsx'
import { ago, duration } from '../../ui/time.ts'

interface RunsTableProps {
  title: string
  query?: Record<string, string>
  empty?: string
  headingLevel?: 'h1' | 'h2'
}

/** Seconds that a run has taken so far, or took. */
export function elapsedSeconds(run: Run): number {
  if (!run.startedAt) return 0
  return ((run.endedAt ? Date.parse(run.endedAt) : Date.now()) - Date.parse(run.startedAt)) / 1000
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
          header: 'Stack',
          isRowHeader: true,
          cell: (run) => <AppLink to={paths.run(run.id)}>{run.stack.key}</AppLink>,
        },
        { id: 'operation', header: 'Operation', cell: (run) => run.operation },
        { id: 'phase', header: 'Phase', cell: (run) => <Phase phase={run.phase} /> },
        { id: 'by', header: 'For', cell: (run) => run.requestedBy?.name ?? 'the platform' },
        { id: 'reason', header: 'Reason', cell: (run) => run.reason },
        { id: 'at', header: 'Begun', cell: (run) => ago(run.createdAt) },
        { id: 'took', header: 'Elapsed', cell: (run) => (run.startedAt ? duration(elapsedSeconds(run)) : '–') },
      ]}
    />
  )
}
