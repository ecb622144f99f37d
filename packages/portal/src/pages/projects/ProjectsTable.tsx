import type { Project } from '@uais/contract'
import { paths } from '../../paths.ts'
import { AppButton } from '../../ui/AppButton.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { Phase } from '../../ui/Phase.tsx'
import { ResourceTable } from '../../ui/ResourceTable.tsx'
import { ago } from '../../ui/time.ts'

export function ProjectsTable({ title, headingLevel = 'h2' }: { title: string; headingLevel?: 'h1' | 'h2' }) {
  return (
    <ResourceTable<Project>
      route="projects.list"
      title={title}
      headingLevel={headingLevel}
      refreshMs={10_000}
      rowKey={(project) => project.id}
      actions={
        <AppButton to={paths.projectCreate} variant="primary">
          Create project
        </AppButton>
      }
      empty="You are in no project yet. Membership comes from Entra groups: ask a project’s lead, or create a project."
      columns={[
        {
          id: 'name',
          header: 'Project',
          isRowHeader: true,
          cell: (project) => <AppLink to={paths.project(project.id)}>{project.name}</AppLink>,
        },
        { id: 'objective', header: 'Objective', cell: (project) => project.spec.objective },
        { id: 'classification', header: 'Classification', cell: (project) => project.spec.classification },
        { id: 'phase', header: 'State', cell: (project) => <Phase phase={project.status.phase} /> },
        { id: 'updated', header: 'Changed', cell: (project) => ago(project.updatedAt) },
      ]}
    />
  )
}
