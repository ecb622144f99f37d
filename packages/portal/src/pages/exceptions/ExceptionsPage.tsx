import { PageTitle } from '../../ui/PageTitle.tsx'
import { ExceptionsTable } from './ExceptionsTable.tsx'

export function ExceptionsPage() {
  return (
    <>
      <PageTitle title="Exceptions" />
      <ExceptionsTable route="exceptions.list" title="Exceptions" headingLevel="h1" />
    </>
  )
}
