import Container from '@cloudscape-design/components/container'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useParams } from '@tanstack/react-router'
import type { Exception } from '@uais/contract'
import { useRead } from '../../api/queries.ts'
import { paths } from '../../paths.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { Crumbs } from '../../ui/Crumbs.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { ago } from '../../ui/time.ts'
import { ExceptionActions } from './ExceptionActions.tsx'
import { ExceptionDecision } from './ExceptionDecision.tsx'

export function ExceptionPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const exception = useRead('exceptions.read', { params: { id } }, 5_000)
  return <Loaded query={exception}>{(data) => <ExceptionView exception={data} />}</Loaded>
}

function ExceptionView({ exception }: { exception: Exception }) {
  const { spec, status, accountId, projectId } = exception
  const account = useRead('accounts.read', { params: { id: accountId ?? '' } }, false, accountId !== null)
  const project = useRead('projects.read', { params: { id: projectId ?? '' } }, false, projectId !== null)
  const { decidedBy, decidedAt, comment } = status.outputs
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={`Asked for by ${spec.requestedBy.name} ${ago(exception.createdAt)}`}
          actions={<ExceptionActions exception={exception} />}
        >
          {exception.name}
        </Header>
      }
      breadcrumbs={
        <Crumbs
          items={[
            { text: 'Exceptions', href: paths.exceptions },
            { text: exception.name, href: paths.exception(exception.id) },
          ]}
        />
      }
    >
      <PageTitle title={exception.name} />
      <Container header={<Header variant="h2">What is excepted</Header>}>
        <SpaceBetween size="m">
          <Facts
            facts={{
              State: <ExceptionDecision exception={exception} />,
              Control: accountId && (
                <AppLink to={paths.accountGuardrail(accountId, spec.control)}>{spec.control}</AppLink>
              ),
              Promise: spec.invariant ?? 'every promise of the control',
              'For whom': spec.principal ?? 'whoever it is',
              Where: project.data ? `project ${project.data.name}` : `the whole account ${account.data?.name ?? ''}`,
              Until: `${spec.expiresAt.replace('T', ' ').slice(0, 16)} UTC, ${ago(spec.expiresAt)}`,
              Why: spec.reason,
              'Decided by': decidedBy ? `${decidedBy.name}, ${decidedAt ? ago(decidedAt) : ''}` : 'nobody yet',
              Comment: comment || undefined,
            }}
          />
        </SpaceBetween>
      </Container>
    </ContentLayout>
  )
}
