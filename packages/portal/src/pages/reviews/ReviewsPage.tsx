import { PageTitle } from '../../ui/PageTitle.tsx'
import { ReviewsTable } from './ReviewsTable.tsx'

export function ReviewsPage() {
  return (
    <>
      <PageTitle title="Reviews" />
      <ReviewsTable title="Reviews" headingLevel="h1" />
    </>
  )
}
