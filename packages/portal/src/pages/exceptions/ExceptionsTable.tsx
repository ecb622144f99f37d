import type { Exception } from '@uais/contract'
import { paths } from '../../paths.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ResourceTable } from '../../ui/ResourceTable.tsx'
import { ago } from '../../ui/time.ts'
import { ExceptionDecision } from './ExceptionDecision.tsx'

interface ExceptionsTableProps {
  route: 'exceptions.list' | 'accounts.exceptions'
  params?: Record<string, string>
  title: string
  headingLevel?: 'h1' | 'h2'
}

export function ExceptionsTable({ route, params, title, headingLevel = 'h2' }: ExceptionsTableProps) {
  return (
    <ResourceTable<Exception>
      route={route}
      {...(params ? { params } : {})}
      title={title}
      description="A control that does not hold for a while, for a reason that is written down. Each ends by itself."
      headingLevel={headingLevel}
      refreshMs={10_000}
      rowKey={(exception) => exception.id}
      empty="No exception was asked for."
      columns={[
        {
          id: 'name',
          header: 'Exception',
          isRowHeader: true,
          minWidth: 150,
          cell: (exception) => <AppLink to={paths.exception(exception.id)}>{exception.name}</AppLink>,
        },
        { id: 'control', header: 'From', cell: ({ spec }) => spec.invariant ?? spec.control },
        { id: 'reason', header: 'Why', minWidth: 240, cell: ({ spec }) => spec.reason },
        { id: 'by', header: 'Asked for by', cell: ({ spec }) => spec.requestedBy.name },
        {
          id: 'until',
          header: 'Until',
          cell: ({ spec }) => (
            <time dateTime={spec.expiresAt}>
              {spec.expiresAt.slice(0, 10)} ({ago(spec.expiresAt)})
            </time>
          ),
        },
        { id: 'decision', header: 'State', cell: (exception) => <ExceptionDecision exception={exception} /> },
      ]}
    />
  )
}
