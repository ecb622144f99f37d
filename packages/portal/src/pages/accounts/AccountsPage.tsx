import { PageTitle } from '../../ui/PageTitle.tsx'
import { AccountsTable } from './AccountsTable.tsx'

export function AccountsPage() {
  return (
    <>
      <PageTitle title="Accounts" />
      <AccountsTable title="Accounts" headingLevel="h1" />
    </>
  )
}
