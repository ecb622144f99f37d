import Alert from '@cloudscape-design/components/alert'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Exception } from '@uais/contract'
import { client } from '../../api/client.ts'
import { useSession } from '../../api/session.tsx'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'

/** The owner decides, never about an own request; owner, administrator and whoever asked may end it at any time. */
export function ExceptionActions({ exception: { id, accountId, spec, status } }: { exception: Exception }) {
  const { person, ownsAccounts, platformRoles } = useSession()
  const params = { id }
  const owns = accountId !== null && ownsAccounts.includes(accountId)
  const mine = spec.requestedBy.oid === person.oid
  const { decision } = status.outputs
  const open = decision === 'requested'
  const inForce = decision === 'approved' && Date.parse(spec.expiresAt) > Date.now()
  if (!open && !inForce) return null
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {open && owns && mine && <Alert type="info">You asked for it, so another owner decides.</Alert>}
      {open && owns && !mine && (
        <ConfirmButton
          label="Approve"
          variant="primary"
          confirmLabel="Put it in force"
          done="The exception is in force."
          consequence={`${spec.control} need not hold for this until ${spec.expiresAt.slice(0, 10)}. It ends by itself, and you can end it before.`}
          act={() => client.call('exceptions.approve', { params, body: {} })}
        />
      )}
      {open && owns && !mine && (
        <ConfirmButton
          label="Refuse"
          confirmLabel="Refuse the exception"
          done="The exception is refused."
          consequence="The control holds as before."
          act={() => client.call('exceptions.reject', { params, body: {} })}
        />
      )}
      {(owns || mine || platformRoles.includes('admin')) && (
        <ConfirmButton
          label={open ? 'Take back' : 'End now'}
          confirmLabel={open ? 'Take the request back' : 'End the exception'}
          done="The exception is ended."
          consequence="From now on the control holds again; what relied on the exception is refused."
          act={() => client.call('exceptions.revoke', { params, body: {} })}
        />
      )}
    </SpaceBetween>
  )
}
