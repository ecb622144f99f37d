import Container from '@cloudscape-design/components/container'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useParams } from '@tanstack/react-router'
import type { DataSource } from '@uais/contract'
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
import { Objects } from './Objects.tsx'
import { Upload } from './Upload.tsx'

export function DataSourcePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const source = useRead('data-sources.read', { params: { id } }, 4_000)
  return <Loaded query={source}>{(data) => <DataSourceView source={data} />}</Loaded>
}

function DataSourceView({ source }: { source: DataSource }) {
  const { spec, status } = source
  const ready = status.phase === 'Ready'
  const access = useProjectAccess(source.projectId, source.accountId)
  const project = useRead('projects.read', { params: { id: source.projectId ?? '' } }, false, !!source.projectId)
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={spec.purpose}
          actions={
            (access.leads || access.owns || access.administers) && (
              <ConfirmButton
                label="Remove access"
                confirmLabel="Remove access"
                done="The project’s access is being removed."
                consequence="The project can no longer read this data. The data itself stays where it is."
                act={() => client.call('data-sources.delete', { params: { id: source.id } })}
              />
            )
          }
        >
          {source.name}
        </Header>
      }
      breadcrumbs={
        <ProjectCrumbs projectId={source.projectId} here={[{ text: source.name, href: paths.dataSource(source.id) }]} />
      }
    >
      <PageTitle title={source.name} />
      <SpaceBetween size="l">
        <Conditions conditions={status.conditions} />
        <CurrentRun query={{ resourceId: source.id }} />
        <Container header={<Header variant="h2">Overview</Header>}>
          <Facts
            columns={2}
            facts={{
              State: <Phase phase={status.phase} />,
              Project: project.data && <AppLink to={paths.project(project.data.id)}>{project.data.name}</AppLink>,
              Classification: spec.classification,
              Where: status.outputs.uri && <CopyText text={status.outputs.uri} label="URI" />,
            }}
          />
        </Container>
        {ready && spec.source === 'upload' && access.works && <Upload sourceId={source.id} />}
        {ready && <Objects source={source} />}
        <RunsTable title="Runs" query={{ resourceId: source.id }} />
      </SpaceBetween>
    </ContentLayout>
  )
}
