import type { Review } from '@uais/contract'
import { paths } from '../../paths.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ResourceTable } from '../../ui/ResourceTable.tsx'
import { ago } from '../../ui/time.ts'
import { Decision } from './Decision.tsx'

export function ReviewsTable({ title, headingLevel = 'h2' }: { title: string; headingLevel?: 'h1' | 'h2' }) {
  return (
    <ResourceTable<Review>
      route="reviews.list"
      title={title}
      headingLevel={headingLevel}
      refreshMs={10_000}
      rowKey={(review) => review.id}
      empty="No review yet. Reviews begin on a model version’s page."
      columns={[
        {
          id: 'name',
          header: 'Review',
          isRowHeader: true,
          cell: (review) => <AppLink to={paths.review(review.id)}>{review.name}</AppLink>,
        },
        { id: 'by', header: 'Submitted by', cell: (review) => review.spec.submittedBy.name },
        { id: 'at', header: 'Submitted', cell: (review) => ago(review.createdAt) },
        {
          id: 'signed',
          header: 'Sign-offs',
          cell: (review) => `${review.status.outputs.signOffs.length} of ${review.status.outputs.requiredSignOffs}`,
        },
        {
          id: 'decision',
          header: 'Decision',
          cell: (review) => <Decision decision={review.status.outputs.decision} />,
        },
      ]}
    />
  )
}
