import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ModelVersion } from '@uais/contract'
import { paths } from '../../paths.ts'
import { AppLink } from '../../ui/AppLink.tsx'

/** Where the review board stands on a version, with the way to the review. */
export function Approval({ version }: { version: ModelVersion }) {
  const { approval, reviewId, reviewStatus } = version.status.outputs
  const shown =
    approval === 'Approved' ? (
      <StatusIndicator wrapText={false} type="success">
        Approved
      </StatusIndicator>
    ) : approval === 'Rejected' ? (
      <StatusIndicator wrapText={false} type="error">
        Rejected
      </StatusIndicator>
    ) : (
      <StatusIndicator wrapText={false} type={reviewId ? 'in-progress' : 'pending'}>
        {reviewId ? `Review ${reviewStatus ?? 'open'}` : 'Not submitted'}
      </StatusIndicator>
    )
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {shown}
      {reviewId && <AppLink to={paths.review(reviewId)}>Review</AppLink>}
    </SpaceBetween>
  )
}
