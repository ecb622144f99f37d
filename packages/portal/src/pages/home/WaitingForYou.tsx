import Alert from '@cloudscape-design/components/alert'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useRead } from '../../api/queries.ts'
import { useSession } from '../../api/session.tsx'
import { paths } from '../../paths.ts'
import { AppButton } from '../../ui/AppButton.tsx'

/** What only this data owner can do next: accounts to let in, plans to read, exceptions to decide on. */
export function WaitingForYou() {
  const { person, ownsAccounts } = useSession()
  const query = { limit: 100 }
  const accounts = useRead('accounts.list', { query }, 10_000)
  const runs = useRead('runs.list', { query: { ...query, phase: 'awaiting-approval' } }, 5_000)
  const exceptions = useRead('exceptions.list', { query }, 10_000)
  const mine = (accountId: string | null) => accountId !== null && ownsAccounts.includes(accountId)
  const newcomers = (accounts.data?.items ?? []).filter((it) => mine(it.id) && it.status.phase === 'Waiting')
  const asked = (exceptions.data?.items ?? []).filter(
    ({ accountId, spec, status }) =>
      mine(accountId) && status.outputs.decision === 'requested' && spec.requestedBy.oid !== person.oid,
  )
  const plans = runs.data?.items ?? []
  if (newcomers.length + plans.length + asked.length === 0) return null
  return (
    <SpaceBetween size="s">
      {newcomers.map(({ id, name }) => (
        <Alert
          key={id}
          header={`${name} waits for you`}
          action={<AppButton to={paths.account(id)}>Read the roles</AppButton>}
        >
          Read what the platform may do in the account, create its roles, then let it provision.
        </Alert>
      ))}
      {plans.map(({ id, stack, reason }) => (
        <Alert
          key={id}
          type="warning"
          header={`A plan for ${stack.key} waits for your approval`}
          action={<AppButton to={paths.run(id)}>Read the plan</AppButton>}
        >
          {reason}
        </Alert>
      ))}
      {asked.map(({ id, spec }) => (
        <Alert
          key={id}
          header={`${spec.requestedBy.name} asks for an exception from ${spec.control}`}
          action={<AppButton to={paths.exception(id)}>Decide</AppButton>}
        >
          {spec.reason}
        </Alert>
      ))}
    </SpaceBetween>
  )
}
