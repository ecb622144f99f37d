import Box from '@cloudscape-design/components/box'
import type { Denial } from '@uais/contract'
import { paths } from '../../paths.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ResourceTable } from '../../ui/ResourceTable.tsx'
import { ago } from '../../ui/time.ts'

interface DenialsTableProps {
  route: 'accounts.denials' | 'projects.denials'
  params: { id: string }
  accountId: string
}

/** Calls that AWS refused, what stopped each, and where to ask when it should not have. */
export function DenialsTable({ route, params, accountId }: DenialsTableProps) {
  return (
    <ResourceTable<Denial>
      route={route}
      params={params}
      title="Refused calls"
      description="From the account’s own trail, newest first."
      refreshMs={15_000}
      rowKey={(denial) => denial.id}
      empty="No call was refused in the last 90 days."
      columns={[
        {
          id: 'call',
          header: 'Call',
          isRowHeader: true,
          minWidth: 200,
          cell: (denial) => (
            <>
              {denial.call}
              <Box variant="small" display="block">
                {denial.resource ?? ''}
              </Box>
            </>
          ),
        },
        {
          id: 'by',
          header: 'Who',
          minWidth: 200,
          cell: (denial) => (
            <>
              {denial.principal.split(':').at(-1)}
              <Box variant="small" display="block">
                {denial.sourceIdentity ?? ''}
              </Box>
            </>
          ),
        },
        {
          id: 'why',
          header: 'What stopped it',
          minWidth: 300,
          cell: (denial) => (
            <>
              {denial.sentence}
              {denial.control && (
                <Box display="block">
                  <AppLink to={paths.exceptionCreate(accountId, denial.control.id, denial.projectId)}>
                    Ask for an exception from {denial.control.id}
                  </AppLink>
                </Box>
              )}
            </>
          ),
        },
        { id: 'at', header: 'When', cell: (denial) => <time dateTime={denial.at}>{ago(denial.at)}</time> },
      ]}
    />
  )
}
