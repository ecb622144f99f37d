import { PageTitle } from '../../ui/PageTitle.tsx'
import { RunsTable } from './RunsTable.tsx'

export function RunsPage() {
  return (
    <>
      <PageTitle title="Runs" />
      <RunsTable title="Runs" headingLevel="h1" />
    </>
  )
}
