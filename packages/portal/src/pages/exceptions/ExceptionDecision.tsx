import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { Exception } from '@uais/contract'

const shown = {
  requested: { type: 'pending', words: 'Waits for the owner' },
  approved: { type: 'info', words: 'In force' },
  rejected: { type: 'error', words: 'Refused' },
  revoked: { type: 'stopped', words: 'Ended' },
  expired: { type: 'stopped', words: 'Expired' },
} as const

/** Where an exception stands; one whose time is over counts no longer, whatever was decided. */
export function ExceptionDecision({ exception: { spec, status } }: { exception: Exception }) {
  const { decision } = status.outputs
  const over = decision === 'approved' && Date.parse(spec.expiresAt) <= Date.now()
  const { type, words } = shown[over ? 'expired' : decision]
  return (
    <StatusIndicator type={type} wrapText={false}>
      {words}
    </StatusIndicator>
  )
}
