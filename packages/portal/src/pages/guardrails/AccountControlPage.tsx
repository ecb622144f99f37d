import Container from '@cloudscape-design/components/container'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useParams } from '@tanstack/react-router'
import type { AccountGuardrail } from '@uais/contract'
import { useRead } from '../../api/queries.ts'
import { paths } from '../../paths.ts'
import { AppButton } from '../../ui/AppButton.tsx'
import { CodeBlock } from '../../ui/CodeBlock.tsx'
import { Crumbs } from '../../ui/Crumbs.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Lines } from '../../ui/Lines.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { NotFoundPage } from '../../ui/NotFoundPage.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { ago } from '../../ui/time.ts'
import { DocumentsTable } from './DocumentsTable.tsx'
import { ExceptionList } from './ExceptionList.tsx'
import { ProofResults } from './ProofResults.tsx'
import { Enforcement, mechanism, ProofState } from './ProofState.tsx'
import { useAccountGuardrails } from './use-account-guardrails.ts'

/** One control in one account: its words, its proof, what goes against it, and what is excepted from it. */
export function AccountControlPage() {
  const { id, control } = useParams({ strict: false }) as { id: string; control: string }
  const { read } = useAccountGuardrails(id)
  return (
    <Loaded query={read}>
      {({ items }) => {
        const found = items.find((each) => each.id === control)
        return found ? <ControlView accountId={id} control={found} /> : <NotFoundPage />
      }}
    </Loaded>
  )
}

function ControlView({ accountId, control }: { accountId: string; control: AccountGuardrail }) {
  const account = useRead('accounts.read', { params: { id: accountId } })
  const { proof } = control
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={control.words}
          actions={<AppButton to={paths.exceptionCreate(accountId, control.id)}>Ask for an exception</AppButton>}
        >
          {control.id}: {control.title}
        </Header>
      }
      breadcrumbs={
        <Crumbs
          items={[
            { text: 'Accounts', href: paths.accounts },
            { text: account.data?.name ?? '…', href: paths.account(accountId) },
            { text: 'Guardrails', href: paths.accountGuardrails(accountId) },
            { text: control.id, href: paths.accountGuardrail(accountId, control.id) },
          ]}
        />
      }
    >
      <PageTitle title={control.id} />
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">How it holds here</Header>}>
          <Facts
            facts={{
              Enforcement: <Enforcement state={control.state} />,
              By: control.enforcedBy.map(mechanism).join(', '),
              Category: control.category,
              Proof: <ProofState state={proof.state} />,
              'As of': proof.at ? `${ago(proof.at)}, from the ${proof.basis} documents` : 'not yet',
            }}
          />
        </Container>
        {proof.results.length > 0 && (
          <Container header={<Header variant="h2">What was proved</Header>}>
            <ProofResults results={proof.results} />
          </Container>
        )}
        {control.limits.length > 0 && (
          <Container header={<Header variant="h2">What is not covered</Header>}>
            <Lines lines={control.limits} />
          </Container>
        )}
        <ExceptionList exceptions={control.exceptions} />
        {control.documents.length > 0 && <DocumentsTable accountId={accountId} documents={control.documents} />}
        <Container header={<Header variant="h2">Statements and sources</Header>}>
          <SpaceBetween size="s">
            {control.statements.length > 0 && (
              <CodeBlock label={`Statements of ${control.id}`} code={JSON.stringify(control.statements, null, 2)} />
            )}
            <Lines lines={control.sources} />
          </SpaceBetween>
        </Container>
      </SpaceBetween>
    </ContentLayout>
  )
}
