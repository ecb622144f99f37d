import Pagination from '@cloudscape-design/components/pagination'

interface PagesProps {
  current: number
  count: number
  /** More pages are there than `count` says. */
  openEnd?: boolean
  onChange: (page: number) => void
}

/** The pages of a list; nothing while there is but one. */
export function Pages({ current, count, openEnd = false, onChange }: PagesProps) {
  if (count <= 1) return null
  return (
    <Pagination
      currentPageIndex={current}
      pagesCount={count}
      openEnd={openEnd}
      ariaLabels={{ nextPageLabel: 'Next page', previousPageLabel: 'Previous page', pageLabel: (n) => `Page ${n}` }}
      onChange={({ detail }) => onChange(detail.currentPageIndex)}
    />
  )
}
