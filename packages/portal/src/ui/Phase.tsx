import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import type { Phase as ResourcePhase, RunPhase } from '@uais/contract'

const types: Record<ResourcePhase | RunPhase, StatusIndicatorProps.Type> = {
  Pending: 'pending',
  Waiting: 'warning',
  Progressing: 'in-progress',
  Ready: 'success',
  Paused: 'stopped',
  Failed: 'error',
  Deleting: 'in-progress',
  Deleted: 'stopped',
  queued: 'pending',
  preparing: 'in-progress',
  planning: 'in-progress',
  proving: 'in-progress',
  'awaiting-approval': 'warning',
  applying: 'in-progress',
  verifying: 'in-progress',
  succeeded: 'success',
  failed: 'error',
  cancelled: 'stopped',
  lost: 'error',
}

/** Where a resource or a run stands, in words and a shape as well as a colour. */
export function Phase({ phase }: { phase: ResourcePhase | RunPhase }) {
  return (
    <StatusIndicator type={types[phase]} wrapText={false}>
      {phase.replaceAll('-', ' ')}
    </StatusIndicator>
  )
}
