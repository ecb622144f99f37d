import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useSession } from '../../api/session.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { AccountsTable } from '../accounts/AccountsTable.tsx'
import { FindingsTable } from '../findings/FindingsTable.tsx'
import { ProjectsTable } from '../projects/ProjectsTable.tsx'
import { ReviewsTable } from '../reviews/ReviewsTable.tsx'
import { RunsTable } from '../runs/RunsTable.tsx'
import { WaitingForYou } from './WaitingForYou.tsx'

/** What this person came for, most urgent first; each role has its own order. */
export function HomePage() {
  const { person, platformRoles, ownsAccounts } = useSession()
  const reviewer = platformRoles.includes('reviewer')
  const owner = ownsAccounts.length > 0
  const oversees = platformRoles.includes('admin') || platformRoles.includes('auditor')
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={greeting(reviewer, owner, oversees)}>
          {`Welcome, ${person.name.split(' ')[0]}`}
        </Header>
      }
    >
      <PageTitle title="Home" />
      <SpaceBetween size="l">
        {reviewer && <ReviewsTable title="Reviews to decide" />}
        {owner && <WaitingForYou />}
        {(owner || oversees) && <AccountsTable title={owner ? 'Your accounts' : 'Accounts'} />}
        {(owner || oversees) && <FindingsTable title="Findings" />}
        {!reviewer && <ProjectsTable title={owner || oversees ? 'Projects' : 'Your projects'} />}
        {oversees && <RunsTable title="Latest runs" />}
      </SpaceBetween>
    </ContentLayout>
  )
}

function greeting(reviewer: boolean, owner: boolean, oversees: boolean): string {
  if (owner) return 'What the platform does in your account, what waits for you, and what it found.'
  if (reviewer) return 'Models that wait for the review board.'
  if (oversees) return 'Accounts, runs and findings of this installation.'
  return 'Your projects: workspaces, data, models and endpoints.'
}
