import { PageTitle } from '../../ui/PageTitle.tsx'
import { FindingsTable } from './FindingsTable.tsx'

export function FindingsPage() {
  return (
    <>
      <PageTitle title="Findings" />
      <FindingsTable title="Findings" headingLevel="h1" />
    </>
  )
}
