import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Run } from '@uais/contract'
import { client } from '../../api/client.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'

/** What can be done with a run in its phase; the server decides who may. */
export function RunActions({ run }: { run: Run }) {
  const params = { id: run.id }
  if (run.phase === 'awaiting-approval')
    return (
      <SpaceBetween direction="horizontal" size="xs">
        <ConfirmButton
          label="Approve"
          variant="primary"
          confirmLabel="Apply this plan"
          done="Approved: exactly this plan is being applied."
          consequence="Exactly the stored plan is applied; if the account has moved on, it is refused and planned again."
          act={() => client.call('runs.approve', { params, body: {} })}
        />
        <ConfirmButton
          label="Reject"
          confirmLabel="Discard the plan"
          done="The plan is discarded."
          consequence="Nothing is applied."
          act={() => client.call('runs.reject', { params, body: {} })}
        />
      </SpaceBetween>
    )
  if (!run.endedAt)
    return (
      <ConfirmButton
        label="Cancel run"
        confirmLabel="Cancel the run"
        done="The run stops at the next safe point."
        consequence="Terraform is asked to stop; what it has begun is finished and recorded, then the run ends."
        act={() => client.call('runs.cancel', { params, body: {} })}
      />
    )
  if (run.phase === 'failed' || run.phase === 'cancelled' || run.phase === 'lost')
    return (
      <ConfirmButton
        label="Try again"
        variant="primary"
        confirmLabel="Try again"
        done="A new run is queued."
        consequence="The stack is reconciled again from its whole desired state."
        act={() => client.call('runs.retry', { params, body: {} })}
      />
    )
  return null
}
