import Container from '@cloudscape-design/components/container'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useParams } from '@tanstack/react-router'
import type { ModelVersion } from '@uais/contract'
import { useRead } from '../../api/queries.ts'
import { paths } from '../../paths.ts'
import { AppButton } from '../../ui/AppButton.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { CopyText } from '../../ui/CopyText.tsx'
import { ProjectCrumbs } from '../../ui/Crumbs.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Lines } from '../../ui/Lines.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { size } from '../../ui/time.ts'
import { useProjectAccess } from '../projects/use-project-access.ts'
import { Approval } from './Approval.tsx'
import { Metrics } from './Metrics.tsx'

export function ModelVersionPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const version = useRead('model-versions.read', { params: { id } }, 4_000)
  return <Loaded query={version}>{(data) => <ModelVersionView version={data} />}</Loaded>
}

function ModelVersionView({ version }: { version: ModelVersion }) {
  const { spec, status } = version
  const job = spec.trainingJob
  const access = useProjectAccess(version.projectId, version.accountId)
  const project = useRead('projects.read', { params: { id: version.projectId ?? '' } }, false, !!version.projectId)
  const { approval, reviewId } = status.outputs
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {!reviewId && access.works && (
                <AppButton to={paths.reviewCreate(version.id)} variant="primary">
                  Submit for review
                </AppButton>
              )}
              {access.leads && (
                <AppButton
                  to={paths.deploymentCreate(version.id)}
                  variant={reviewId ? 'primary' : 'normal'}
                  disabled={approval !== 'Approved'}
                  disabledReason="The review board has not approved this version."
                >
                  Deploy
                </AppButton>
              )}
            </SpaceBetween>
          }
        >
          {version.name}
        </Header>
      }
      breadcrumbs={
        <ProjectCrumbs
          projectId={version.projectId}
          here={[{ text: version.name, href: paths.modelVersion(version.id) }]}
        />
      }
    >
      <PageTitle title={version.name} />
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">What it is</Header>}>
          <Facts
            columns={2}
            facts={{
              Review: <Approval version={version} />,
              Project: project.data && <AppLink to={paths.project(project.data.id)}>{project.data.name}</AppLink>,
              'Registered by': spec.registeredBy.name ?? spec.registeredBy.sourceIdentity,
              'Model package': <CopyText text={spec.modelPackageArn} label="model package ARN" />,
              Artifact: <CopyText text={spec.artifact.uri} label="artifact URI" />,
              'Artifact SHA-256': <CopyText text={spec.artifact.sha256} label="artifact digest" />,
              'Artifact size': size(spec.artifact.bytes),
              Image: <CopyText text={spec.image.uri} label="image URI" />,
            }}
          />
        </Container>
        <Container header={<Header variant="h2">How well it works</Header>}>
          <Metrics metrics={spec.metrics} />
        </Container>
        {job && (
          <Container header={<Header variant="h2">How it was trained</Header>}>
            <Facts
              columns={2}
              facts={{
                'Training job': <CopyText text={job.arn} label="training job ARN" />,
                Algorithm: job.algorithm,
                Inputs: <Lines lines={job.inputs} />,
                Hyperparameters:
                  Object.entries(job.hyperParameters)
                    .map(([name, value]) => `${name}=${value}`)
                    .join(', ') || 'defaults',
              }}
            />
          </Container>
        )}
      </SpaceBetween>
    </ContentLayout>
  )
}
