import Container from '@cloudscape-design/components/container'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tabs from '@cloudscape-design/components/tabs'
import { useParams } from '@tanstack/react-router'
import type { Project } from '@uais/contract'
import { lazy, Suspense } from 'react'
import { client } from '../../api/client.ts'
import { useRead } from '../../api/queries.ts'
import { paths } from '../../paths.ts'
import { AppButton } from '../../ui/AppButton.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { Conditions } from '../../ui/Conditions.tsx'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { CopyText } from '../../ui/CopyText.tsx'
import { ProjectCrumbs } from '../../ui/Crumbs.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { dollars } from '../../ui/money.ts'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { Phase } from '../../ui/Phase.tsx'
import { AuditTable } from '../audit/AuditTable.tsx'
import { DataSourcesTable } from '../data-sources/DataSourcesTable.tsx'
import { DenialsTable } from '../denials/DenialsTable.tsx'
import { DeploymentsTable } from '../deployments/DeploymentsTable.tsx'
import { ModelVersionsTable } from '../models/ModelVersionsTable.tsx'
import { CurrentRun } from '../runs/CurrentRun.tsx'
import { RunsTable } from '../runs/RunsTable.tsx'
import { WorkspacesTable } from '../workspaces/WorkspacesTable.tsx'
import { MembersTable } from './MembersTable.tsx'
import { type ProjectAccess, useProjectAccess } from './use-project-access.ts'

const LineageGraph = lazy(async () => ({ default: (await import('./LineageGraph.tsx')).LineageGraph }))

export function ProjectPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const project = useRead('projects.read', { params: { id } }, 4_000)
  return <Loaded query={project}>{(data) => <ProjectView project={data} />}</Loaded>
}

function ProjectView({ project }: { project: Project }) {
  const { spec, status, id } = project
  const account = useRead('accounts.read', { params: { id: spec.accountId } })
  const access = useProjectAccess(id, spec.accountId)
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={spec.objective}
          actions={<ProjectActions project={project} access={access} />}
        >
          {project.name}
        </Header>
      }
      breadcrumbs={<ProjectCrumbs projectId={id} here={[]} />}
    >
      <PageTitle title={project.name} />
      <SpaceBetween size="l">
        <Conditions conditions={status.conditions} />
        <CurrentRun query={{ resourceId: id }} />
        <Container header={<Header variant="h2">Overview</Header>}>
          <Facts
            facts={{
              State: <Phase phase={status.phase} />,
              Account: account.data ? (
                <AppLink to={paths.account(spec.accountId)}>{account.data.name}</AppLink>
              ) : undefined,
              Classification: spec.classification,
              'Cost centre': spec.costCentre,
              'Monthly budget': dollars(spec.monthlyBudgetUsd),
              Storage: status.outputs.prefixUri && <CopyText text={status.outputs.prefixUri} label="storage URI" />,
              'Model package group': status.outputs.modelPackageGroup,
              'Secrets path': status.outputs.secretsPath,
            }}
          />
        </Container>
        <WorkspacesTable projectId={id} access={access} />
        <DataSourcesTable projectId={id} access={access} />
        <ModelVersionsTable projectId={id} />
        <DeploymentsTable projectId={id} />
        <Tabs
          ariaLabel="More about this project"
          tabs={[
            { id: 'members', label: 'Members', content: <MembersTable projectId={id} /> },
            {
              id: 'runs',
              label: 'Runs',
              content: <RunsTable title="Runs of this project" query={{ projectId: id }} />,
            },
            {
              id: 'lineage',
              label: 'Lineage',
              content: (
                <Suspense fallback="Loading the graph">
                  <LineageGraph projectId={id} />
                </Suspense>
              ),
            },
            {
              id: 'denials',
              label: 'Refused calls',
              content: <DenialsTable route="projects.denials" params={{ id }} accountId={spec.accountId} />,
            },
            {
              id: 'activity',
              label: 'Activity',
              content: <AuditTable route="projects.activity" params={{ id }} title="Activity" />,
            },
          ]}
        />
      </SpaceBetween>
    </ContentLayout>
  )
}

function ProjectActions({ project: { id }, access }: { project: Project; access: ProjectAccess }) {
  const ends = access.owns || access.administers
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {(ends || access.leads) && <AppButton to={paths.projectEdit(id)}>Change</AppButton>}
      {ends && (
        <ConfirmButton
          label="Delete"
          confirmLabel="Tear the project down"
          done="The project is being torn down."
          consequence="Its endpoints, workspaces, roles and access to data are removed, in that order. Data and model artifacts stay in the owner’s bucket."
          act={() => client.call('projects.delete', { params: { id } })}
        />
      )}
    </SpaceBetween>
  )
}
