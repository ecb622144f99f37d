import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tabs from '@cloudscape-design/components/tabs'
import { useParams } from '@tanstack/react-router'
import type { Account, AccountGuardrail } from '@uais/contract'
import { useRead } from '../../api/queries.ts'
import { paths } from '../../paths.ts'
import { AppButton } from '../../ui/AppButton.tsx'
import { Crumbs } from '../../ui/Crumbs.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { useAccountAccess } from '../accounts/use-account-access.ts'
import { DenialsTable } from '../denials/DenialsTable.tsx'
import { ExceptionsTable } from '../exceptions/ExceptionsTable.tsx'
import { ControlsTable } from './ControlsTable.tsx'
import { DocumentsTable } from './DocumentsTable.tsx'
import { ProofSummary } from './ProofSummary.tsx'
import { useAccountGuardrails } from './use-account-guardrails.ts'

export function AccountGuardrailsPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const account = useRead('accounts.read', { params: { id } })
  const { read } = useAccountGuardrails(id)
  return (
    <Loaded query={account}>
      {(data) => <Loaded query={read}>{({ items }) => <GuardrailsView account={data} controls={items} />}</Loaded>}
    </Loaded>
  )
}

function GuardrailsView({ account, controls }: { account: Account; controls: AccountGuardrail[] }) {
  const { id, name } = account
  const access = useAccountAccess(id)
  const documents = [...new Map(controls.flatMap((each) => each.documents).map((each) => [each.name, each])).values()]
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="What nobody can do in this account, and how far that is proved."
          actions={access.oversees && <AppButton to={paths.accountWhatIf(id)}>What if …</AppButton>}
        >
          Guardrails of {name}
        </Header>
      }
      breadcrumbs={
        <Crumbs
          items={[
            { text: 'Accounts', href: paths.accounts },
            { text: name, href: paths.account(id) },
            { text: 'Guardrails', href: paths.accountGuardrails(id) },
          ]}
        />
      }
    >
      <PageTitle title={`Guardrails of ${name}`} />
      <SpaceBetween size="l">
        <ProofSummary accountId={id} controls={controls} mayProve={access.proves} />
        <Tabs
          ariaLabel="About the guardrails"
          tabs={[
            { id: 'controls', label: 'Controls', content: <ControlsTable accountId={id} controls={controls} /> },
            {
              id: 'exceptions',
              label: 'Exceptions',
              content: <ExceptionsTable route="accounts.exceptions" params={{ id }} title="Exceptions" />,
            },
            ...(access.oversees
              ? [
                  {
                    id: 'denials',
                    label: 'Refused calls',
                    content: <DenialsTable route="accounts.denials" params={{ id }} accountId={id} />,
                  },
                  {
                    id: 'documents',
                    label: 'Documents',
                    content: <DocumentsTable accountId={id} documents={documents} />,
                  },
                ]
              : []),
          ]}
        />
      </SpaceBetween>
    </ContentLayout>
  )
}
