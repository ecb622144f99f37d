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
import { Facts } from '../../ui/Facts.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { size } from '../../ui/time.ts'
import { Approval } from './Approval.tsx'

export function ModelVersionPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const version = useRead('model-versions.read', { params: { id } }, 4_000)
  return <Loaded query={version}>{(data) => <ModelVersionView version={data} />}</Loaded>
}

function ModelVersionView({ version }: { version: ModelVersion }) {
  const { spec, status } = version
  const job = spec.trainingJob
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {!status.outputs.reviewId && <AppButton to={paths.reviewCreate(version.id)}>Submit for review</AppButton>}
              <AppButton
                to={paths.deploymentCreate(version.id)}
                variant="primary"
                disabled={status.outputs.approval !== 'Approved'}
                disabledReason="The review board has not approved this version."
              >
                Deploy
              </AppButton>
            </SpaceBetween>
          }
        >
          {version.name}
        </Header>
      }
    >
      <PageTitle title={version.name} />
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">What it is</Header>}>
          <Facts
            columns={2}
            facts={{
              Review: <Approval version={version} />,
              Project: version.projectId && <AppLink to={paths.project(version.projectId)}>Open the project</AppLink>,
              'Registered by': spec.registeredBy.name ?? spec.registeredBy.sourceIdentity,
              'Model package': <CopyText text={spec.modelPackageArn} label="model package ARN" />,
              Artifact: <CopyText text={spec.artifact.uri} label="artifact URI" />,
              'Artifact SHA-256': <CopyText text={spec.artifact.sha256} label="artifact digest" />,
              'Artifact size': size(spec.artifact.bytes),
              Image: <CopyText text={spec.image.uri} label="image URI" />,
              ...Object.fromEntries(spec.metrics.map((metric) => [metric.name, metric.value.toPrecision(4)])),
            }}
          />
        </Container>
        {job && (
          <Container header={<Header variant="h2">How it was trained</Header>}>
            <Facts
              columns={2}
              facts={{
                'Training job': <CopyText text={job.arn} label="training job ARN" />,
                Algorithm: job.algorithm,
                Inputs: job.inputs.join(', '),
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
