import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useParams } from '@tanstack/react-router'
import type { Run } from '@uais/contract'
import { useRead } from '../../api/queries.ts'
import { paths } from '../../paths.ts'
import { Crumbs } from '../../ui/Crumbs.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { sentence, titled } from '../../ui/field-words.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { Phase } from '../../ui/Phase.tsx'
import { ago } from '../../ui/time.ts'
import { PlanView } from './PlanView.tsx'
import { ResourceLink } from './ResourceLink.tsx'
import { RunActions } from './RunActions.tsx'
import { RunLog } from './RunLog.tsx'
import { RunPhases } from './RunPhases.tsx'
import { useLiveRun } from './use-live-run.ts'

export function RunPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const run = useRead('runs.read', { params: { id } })
  return <Loaded query={run}>{(data) => <LiveRun key={data.id} initial={data} />}</Loaded>
}

function LiveRun({ initial }: { initial: Run }) {
  const { run, lines, connected } = useLiveRun(initial)
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={sentence(run.reason)} actions={<RunActions run={run} />}>
          {titled(run.operation.replace('-', ' '))} {run.stack.key}
        </Header>
      }
      breadcrumbs={
        <Crumbs
          items={[
            { text: 'Runs', href: paths.runs },
            { text: run.stack.key, href: paths.run(run.id) },
          ]}
        />
      }
    >
      <PageTitle title={`Run ${run.stack.key}`} />
      <SpaceBetween size="l">
        {run.error && (
          <Alert type="error" header={run.error.message}>
            {run.error.remedy}
          </Alert>
        )}
        <Container header={<Header variant="h2">Progress</Header>}>
          <SpaceBetween size="m">
            <Facts
              facts={{
                Phase: <Phase phase={run.phase} />,
                Of: <ResourceLink run={run} />,
                'Asked for by': run.requestedBy?.name ?? 'the platform',
                'Approved by':
                  run.approvedBy?.name ?? (run.phase === 'awaiting-approval' ? 'nobody yet' : 'not needed'),
                'AWS account': run.awsAccountId,
                Engine: run.engine,
                Provider: run.provider,
                Begun: ago(run.createdAt),
                'In the account’s CloudTrail': `sourceIdentity ${run.id}`,
              }}
            />
            <RunPhases run={run} />
          </SpaceBetween>
        </Container>
        {run.phase === 'awaiting-approval' && run.plan && <PlanView plan={run.plan} />}
        <RunLog lines={lines} live={!run.endedAt} connected={connected} />
        {run.phase !== 'awaiting-approval' && run.plan && <PlanView plan={run.plan} />}
      </SpaceBetween>
    </ContentLayout>
  )
}
