import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { Review } from '@uais/contract'

const types = { open: 'in-progress', approved: 'success', rejected: 'error', withdrawn: 'stopped' } as const

export function Decision({ decision }: { decision: Review['status']['outputs']['decision'] }) {
  return (
    <StatusIndicator wrapText={false} type={types[decision]}>
      {decision}
    </StatusIndicator>
  )
}
