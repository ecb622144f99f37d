import Container from '@cloudscape-design/components/container'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useParams } from '@tanstack/react-router'
import type { Deployment } from '@uais/contract'
import { client } from '../../api/client.ts'
import { useRead } from '../../api/queries.ts'
import { paths } from '../../paths.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { Conditions } from '../../ui/Conditions.tsx'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { CopyText } from '../../ui/CopyText.tsx'
import { ProjectCrumbs } from '../../ui/Crumbs.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { Phase } from '../../ui/Phase.tsx'
import { useProjectAccess } from '../projects/use-project-access.ts'
import { CurrentRun } from '../runs/CurrentRun.tsx'
import { RunsTable } from '../runs/RunsTable.tsx'
import { HowToCall } from './HowToCall.tsx'

export function DeploymentPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const deployment = useRead('deployments.read', { params: { id } }, 4_000)
  return <Loaded query={deployment}>{(data) => <DeploymentView deployment={data} />}</Loaded>
}

function DeploymentView({ deployment }: { deployment: Deployment }) {
  const { spec, status } = deployment
  const { outputs } = status
  const access = useProjectAccess(deployment.projectId, deployment.accountId)
  const project = useRead(
    'projects.read',
    { params: { id: deployment.projectId ?? '' } },
    false,
    !!deployment.projectId,
  )
  const version = useRead('model-versions.read', { params: { id: spec.modelVersionId } })
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={`${spec.instanceCount} × ${spec.instanceType}, ${spec.environment}`}
          actions={
            (access.leads || access.owns || access.administers) && (
              <ConfirmButton
                label="Take down"
                confirmLabel="Take the endpoint down"
                done="The endpoint is being taken down."
                consequence="The endpoint stops serving. The model and its approval stay."
                act={() => client.call('deployments.delete', { params: { id: deployment.id } })}
              />
            )
          }
        >
          {deployment.name}
        </Header>
      }
      breadcrumbs={
        <ProjectCrumbs
          projectId={deployment.projectId}
          here={[{ text: deployment.name, href: paths.deployment(deployment.id) }]}
        />
      }
    >
      <PageTitle title={deployment.name} />
      <SpaceBetween size="l">
        <Conditions conditions={status.conditions} />
        <CurrentRun query={{ resourceId: deployment.id }} />
        <Container header={<Header variant="h2">Endpoint</Header>}>
          <Facts
            columns={2}
            facts={{
              State: <Phase phase={status.phase} />,
              URL: outputs.url && <CopyText text={outputs.url} label="endpoint URL" />,
              'Model version': (
                <AppLink to={paths.modelVersion(spec.modelVersionId)}>
                  {version.data?.name ?? 'Open the model version'}
                </AppLink>
              ),
              Project: project.data && <AppLink to={paths.project(project.data.id)}>{project.data.name}</AppLink>,
              'Endpoint ARN': outputs.endpointArn && <CopyText text={outputs.endpointArn} label="endpoint ARN" />,
              Configuration: outputs.endpointConfigName,
              'Serves artifact (SHA-256)': outputs.servedArtifactSha256 && (
                <CopyText text={outputs.servedArtifactSha256} label="served digest" />
              ),
            }}
          />
        </Container>
        {status.phase === 'Ready' && outputs.endpointName && <HowToCall endpointName={outputs.endpointName} />}
        <RunsTable title="Runs" query={{ resourceId: deployment.id }} />
      </SpaceBetween>
    </ContentLayout>
  )
}
