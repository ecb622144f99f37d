import type { Account } from '@uais/contract'
import { useSession } from '../../api/session.tsx'
import { paths } from '../../paths.ts'
import { AppButton } from '../../ui/AppButton.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { Phase } from '../../ui/Phase.tsx'
import { ResourceTable } from '../../ui/ResourceTable.tsx'
import { ago } from '../../ui/time.ts'

export function AccountsTable({ title, headingLevel = 'h2' }: { title: string; headingLevel?: 'h1' | 'h2' }) {
  const { platformRoles } = useSession()
  const create = platformRoles.includes('admin') && (
    <AppButton to={paths.accountCreate} variant="primary">
      Onboard an account
    </AppButton>
  )
  return (
    <ResourceTable<Account>
      route="accounts.list"
      title={title}
      headingLevel={headingLevel}
      actions={create}
      refreshMs={10_000}
      rowKey={(account) => account.id}
      empty="No account is onboarded yet. A platform administrator begins, the data owner decides."
      columns={[
        {
          id: 'name',
          header: 'Account',
          isRowHeader: true,
          cell: (account) => <AppLink to={paths.account(account.id)}>{account.name}</AppLink>,
        },
        { id: 'aws', header: 'AWS account', cell: (account) => account.spec.awsAccountId },
        { id: 'region', header: 'Region', cell: (account) => account.spec.region },
        {
          id: 'profile',
          header: 'Guardrails',
          cell: (account) =>
            `${account.spec.guardrailProfile}${account.spec.organization ? '' : ' (detect and repair)'}`,
        },
        { id: 'phase', header: 'State', cell: (account) => <Phase phase={account.status.phase} /> },
        { id: 'updated', header: 'Changed', cell: (account) => ago(account.updatedAt) },
      ]}
    />
  )
}
