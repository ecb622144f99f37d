import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ModelVersion } from '@uais/contract'
import { paths } from '../../paths.ts'
import { AppLink } from '../../ui/AppLink.tsx'

const decided = {
  Approved: { type: 'success', words: 'Approved' },
  Rejected: { type: 'error', words: 'Rejected' },
} as const

/** Where the review board stands on a version; the words lead to the review where there is one. */
export function Approval({ version }: { version: ModelVersion }) {
  const { approval, reviewId, reviewStatus } = version.status.outputs
  if (!reviewId)
    return (
      <StatusIndicator wrapText={false} type="pending">
        Not submitted
      </StatusIndicator>
    )
  const shown =
    approval === 'PendingManualApproval'
      ? ({ type: 'in-progress', words: `Review ${reviewStatus ?? 'open'}` } as const)
      : decided[approval]
  return (
    <StatusIndicator wrapText={false} type={shown.type}>
      <AppLink to={paths.review(reviewId)}>{shown.words}</AppLink>
    </StatusIndicator>
  )
}
