import Box from '@cloudscape-design/components/box'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import TextFilter from '@cloudscape-design/components/text-filter'
import { PlatformError } from '@uais/contract'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { useRead } from '../api/queries.ts'
import { ErrorAlert } from './ErrorAlert.tsx'
import { Pages } from './Pages.tsx'

/** Names of routes that answer a page of items, and the item of each. */
type ListRoute =
  | 'accounts.list'
  | 'projects.list'
  | 'workspaces.list'
  | 'data-sources.list'
  | 'data-sources.objects'
  | 'models.list'
  | 'model-versions.list'
  | 'reviews.list'
  | 'deployments.list'
  | 'runs.list'
  | 'findings.list'
  | 'audit.list'
  | 'guardrails.list'
  | 'projects.members'
  | 'projects.activity'
  | 'projects.denials'
  | 'accounts.denials'
  | 'accounts.exceptions'
  | 'exceptions.list'

interface ResourceTableProps<Item> {
  route: ListRoute
  params?: Record<string, string>
  query?: Record<string, string>
  title: string
  description?: string
  actions?: ReactNode
  columns: TableProps.ColumnDefinition<Item>[]
  /** What to do when there is nothing yet. */
  empty: ReactNode
  /** Stands in place of the error where the server says that nothing can be listed (`not-ready`). */
  notReady?: ReactNode
  rowKey: (item: Item) => string
  variant?: TableProps.Variant
  headingLevel?: 'h1' | 'h2'
  refreshMs?: number | false
}

const pageSize = 25
/** So few rows are read faster than searched. */
const fewRows = 5
/** In pixels: room for one word, so that none is broken. */
const leastWidth = 125

const isNotReady = (error: unknown) => error instanceof PlatformError && error.code === 'not-ready'

/** The one list: search, paging by cursor, and its loading, empty and error states. */
export function ResourceTable<Item>(props: ResourceTableProps<Item>) {
  const [search, setSearch] = useState('')
  const [cursors, setCursors] = useState<(string | undefined)[]>([undefined])
  const deferredSearch = useDeferredValue(search.trim())
  const cursor = cursors.at(-1)
  const query = {
    limit: pageSize,
    ...(deferredSearch ? { search: deferredSearch } : {}),
    ...(cursor ? { cursor } : {}),
    ...props.query,
  }
  // biome-ignore lint/suspicious/noExplicitAny: the options of a route are generic over its name
  const options: any = { ...(props.params ? { params: props.params } : {}), query }
  const read = useRead(props.route, options, props.refreshMs ?? false)
  const page = read.data as { items: Item[]; nextCursor: string | null; total: number } | undefined
  const seen = (cursors.length - 1) * pageSize + (page?.items.length ?? 0)
  const pages = page?.nextCursor ? cursors.length + 1 : cursors.length

  const filter = (text: string) => {
    setSearch(text)
    setCursors([undefined])
  }
  const goTo = (index: number) =>
    setCursors((current) =>
      index <= current.length ? current.slice(0, index) : [...current, page?.nextCursor ?? undefined],
    )

  const header = (
    <Header
      variant={props.headingLevel ?? 'h2'}
      {...(page ? { counter: `(${page.total})` } : {})}
      {...(props.description ? { description: props.description } : {})}
      actions={props.actions}
    >
      {props.title}
    </Header>
  )
  const searchable = props.headingLevel === 'h1' || deferredSearch !== '' || (page?.total ?? 0) > fewRows
  // Without anything read there are no rows to be missing: only the error is true.
  if (props.notReady && isNotReady(read.error) && !page) return <>{props.notReady}</>
  if (read.error && !page)
    return (
      <SpaceBetween size="s">
        {header}
        <ErrorAlert error={read.error} onRetry={() => void read.refetch()} />
      </SpaceBetween>
    )
  return (
    <SpaceBetween size="s">
      {read.error && <ErrorAlert error={read.error} onRetry={() => void read.refetch()} />}
      <div className="resource-table">
        <Table<Item>
          variant={props.variant ?? 'container'}
          items={page?.items ?? []}
          loading={read.isLoading}
          loadingText="Loading"
          trackBy={props.rowKey}
          columnDefinitions={props.columns.map((column) => ({ minWidth: leastWidth, ...column }))}
          enableKeyboardNavigation
          wrapLines
          header={header}
          filter={
            searchable && (
              <TextFilter
                filteringText={search}
                filteringPlaceholder="Search"
                filteringAriaLabel={`Search ${props.title.toLowerCase()}`}
                countText={deferredSearch && page ? `${page.total} matches` : ''}
                onChange={({ detail }) => filter(detail.filteringText)}
              />
            )
          }
          pagination={
            <Pages current={cursors.length} count={pages} openEnd={page?.nextCursor !== null} onChange={goTo} />
          }
          footer={
            page && page.total > pageSize ? <Box variant="small">{`${seen} of ${page.total} seen`}</Box> : undefined
          }
          empty={
            <Box textAlign="center" padding="l">
              {deferredSearch ? `Nothing matches “${deferredSearch}”.` : props.empty}
            </Box>
          }
        />
      </div>
    </SpaceBetween>
  )
}
