import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Account } from '@uais/contract'
import { client } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { AppButton } from '../../ui/AppButton.tsx'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { useAccountAccess } from './use-account-access.ts'

/** Stop, go on, and leave: the owner's, and the administrator's in the owner's stead. */
export function AccountActions({ account }: { account: Account }) {
  const { owns, administers } = useAccountAccess(account.id)
  const params = { id: account.id }
  if (!owns && !administers) return null
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {owns && <AppButton to={paths.accountEdit(account.id)}>Change</AppButton>}
      {account.status.phase === 'Paused' ? (
        <ConfirmButton
          label="Resume"
          confirmLabel="Resume the account"
          done="The account is resumed."
          consequence="Runs and workspace links work again."
          act={() => client.call('accounts.resume', { params, body: {} })}
        />
      ) : (
        <ConfirmButton
          label="Pause"
          confirmLabel="Pause the account"
          done="The account is paused."
          consequence="No run starts and no workspace link is minted in this account until you resume it. Endpoints keep serving."
          act={() => client.call('accounts.pause', { params, body: {} })}
        />
      )}
      <ConfirmButton
        label="End …"
        confirmLabel="Plan the teardown"
        done="The teardown is planned; it waits for the owner’s approval."
        consequence="The platform plans to remove everything it made in this account. The owner approves that plan first. Data in S3 stays."
        act={() => client.call('accounts.delete', { params })}
      />
    </SpaceBetween>
  )
}
