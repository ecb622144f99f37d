import Container from '@cloudscape-design/components/container'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tabs from '@cloudscape-design/components/tabs'
import { useParams } from '@tanstack/react-router'
import type { Account } from '@uais/contract'
import { client } from '../../api/client.ts'
import { useRead } from '../../api/queries.ts'
import { useSession } from '../../api/session.tsx'
import { Conditions } from '../../ui/Conditions.tsx'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { CopyText } from '../../ui/CopyText.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { Phase } from '../../ui/Phase.tsx'
import { GuardrailsTable } from '../guardrails/GuardrailsTable.tsx'
import { RunsTable } from '../runs/RunsTable.tsx'
import { Onboarding } from './Onboarding.tsx'

export function AccountPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const account = useRead('accounts.read', { params: { id } }, 4_000)
  return <Loaded query={account}>{(data) => <AccountView account={data} />}</Loaded>
}

function AccountView({ account }: { account: Account }) {
  const { spec, status } = account
  const onboarding = status.phase === 'Waiting' || (status.phase === 'Failed' && !status.outputs.domainId)
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={`AWS account ${spec.awsAccountId}, ${spec.region}`}
          actions={<AccountActions account={account} />}
        >
          {account.name}
        </Header>
      }
    >
      <PageTitle title={account.name} />
      <SpaceBetween size="l">
        <Conditions conditions={status.conditions} />
        <Container header={<Header variant="h2">Overview</Header>}>
          <Facts
            facts={{
              State: <Phase phase={status.phase} />,
              'Guardrail profile': spec.guardrailProfile,
              Enforcement: spec.organization
                ? `Service control policies at ${spec.organization.targetId}`
                : 'Detect and repair: there is no organization',
              'Studio domain': status.outputs.domainId,
              Network: status.outputs.vpcId,
              Key: status.outputs.keyArn && <CopyText text={status.outputs.keyArn} label="key ARN" />,
              'Audit trail': status.outputs.trailArn && <CopyText text={status.outputs.trailArn} label="trail ARN" />,
              'Data bucket': status.outputs.dataBucket,
              'Break-glass principal': spec.breakGlassPrincipal,
              'Monthly budget': `$${spec.monthlyBudgetUsd}`,
              'Data-use terms': spec.dataUseTerms || 'None',
            }}
          />
        </Container>
        {onboarding && <Onboarding account={account} />}
        <Tabs
          ariaLabel="About this account"
          tabs={[
            {
              id: 'runs',
              label: 'Runs',
              content: <RunsTable title="Runs in this account" query={{ accountId: account.id }} />,
            },
            { id: 'guardrails', label: 'Guardrails', content: <GuardrailsTable accountId={account.id} /> },
            ...(onboarding
              ? []
              : [
                  {
                    id: 'roles',
                    label: 'What the platform may do',
                    content: <Onboarding account={account} readOnly />,
                  },
                ]),
          ]}
        />
      </SpaceBetween>
    </ContentLayout>
  )
}

function AccountActions({ account }: { account: Account }) {
  const { ownsAccounts, platformRoles } = useSession()
  const params = { id: account.id }
  const owner = ownsAccounts.includes(account.id)
  if (!owner && !platformRoles.includes('admin')) return null
  const paused = account.status.phase === 'Paused'
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {paused ? (
        <ConfirmButton
          label="Resume"
          confirmLabel="Resume"
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
        label="End"
        confirmLabel="Plan the teardown"
        done="The teardown is planned; it waits for the owner’s approval."
        consequence="The platform plans to remove everything it made in this account. The owner approves that plan first. Data in S3 stays."
        act={() => client.call('accounts.delete', { params })}
      />
    </SpaceBetween>
  )
}
