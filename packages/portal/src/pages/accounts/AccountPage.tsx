import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tabs from '@cloudscape-design/components/tabs'
import { useParams } from '@tanstack/react-router'
import type { Account } from '@uais/contract'
import { useRead } from '../../api/queries.ts'
import { paths } from '../../paths.ts'
import { AppButton } from '../../ui/AppButton.tsx'
import { Conditions } from '../../ui/Conditions.tsx'
import { Crumbs } from '../../ui/Crumbs.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { ProjectsTable } from '../projects/ProjectsTable.tsx'
import { CurrentRun } from '../runs/CurrentRun.tsx'
import { RunsTable } from '../runs/RunsTable.tsx'
import { AccountActions } from './AccountActions.tsx'
import { AccountOverview } from './AccountOverview.tsx'
import { BootstrapRoles } from './BootstrapRoles.tsx'
import { ExistingProof } from './ExistingProof.tsx'
import { Onboarding } from './Onboarding.tsx'
import { useAccountAccess } from './use-account-access.ts'

export function AccountPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const account = useRead('accounts.read', { params: { id } }, 4_000)
  return <Loaded query={account}>{(data) => <AccountView account={data} />}</Loaded>
}

function AccountView({ account }: { account: Account }) {
  const { id, name, spec, status } = account
  const access = useAccountAccess(id)
  const onboarding = status.phase === 'Waiting' || (status.phase === 'Failed' && !status.outputs.domainId)
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={`AWS account ${spec.awsAccountId}, ${spec.region}`}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <AppButton to={paths.accountGuardrails(id)}>Guardrails</AppButton>
              <AccountActions account={account} />
            </SpaceBetween>
          }
        >
          {name}
        </Header>
      }
      breadcrumbs={
        <Crumbs
          items={[
            { text: 'Accounts', href: paths.accounts },
            { text: name, href: paths.account(id) },
          ]}
        />
      }
    >
      <PageTitle title={name} />
      <SpaceBetween size="l">
        <Conditions conditions={status.conditions} />
        <CurrentRun query={{ accountId: id }} />
        {onboarding && (access.owns || access.administers) && <Onboarding account={account} />}
        <AccountOverview account={account} />
        <Tabs
          ariaLabel="About this account"
          tabs={[
            {
              id: 'projects',
              label: 'Projects',
              content: <ProjectsTable title="Projects in this account" accountId={id} />,
            },
            {
              id: 'runs',
              label: 'Runs',
              content: <RunsTable title="Runs in this account" query={{ accountId: id }} />,
            },
            ...(!onboarding && access.oversees
              ? [
                  {
                    id: 'roles',
                    label: 'What the platform may do',
                    content: <BootstrapRoles account={account} readOnly />,
                  },
                ]
              : []),
            ...(access.oversees
              ? [{ id: 'existing', label: 'What was there before', content: <ExistingProof account={account} /> }]
              : []),
          ]}
        />
      </SpaceBetween>
    </ContentLayout>
  )
}
