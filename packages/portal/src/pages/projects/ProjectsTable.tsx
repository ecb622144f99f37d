import type { Project } from '@uais/contract'
import { useSession } from '../../api/session.tsx'
import { paths } from '../../paths.ts'
import { AppButton } from '../../ui/AppButton.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { Phase } from '../../ui/Phase.tsx'
import { ResourceTable } from '../../ui/ResourceTable.tsx'
import { ago } from '../../ui/time.ts'

/** Projects are made by the account's owner, whose data they use, or by an administrator. */
export function ProjectsTable({
  title,
  headingLevel = 'h2',
  accountId,
}: {
  title: string
  headingLevel?: 'h1' | 'h2'
  /** Only those whose data lies in this account. */
  accountId?: string
}) {
  const { ownsAccounts, platformRoles } = useSession()
  const mayCreate = ownsAccounts.length > 0 || platformRoles.includes('admin')
  return (
    <ResourceTable<Project>
      route="projects.list"
      query={accountId ? { accountId } : {}}
      title={title}
      headingLevel={headingLevel}
      refreshMs={10_000}
      rowKey={(project) => project.id}
      actions={
        mayCreate && (
          <AppButton to={paths.projectCreate} variant="primary">
            Create project
          </AppButton>
        )
      }
      empty={
        mayCreate
          ? 'There is no project yet. A project needs an account that is ready; its members come from Entra groups.'
          : 'You are in no project yet. Membership comes from Entra groups: ask a project’s lead, or the data owner for a project of your own.'
      }
      columns={[
        {
          id: 'name',
          header: 'Project',
          isRowHeader: true,
          cell: (project) => <AppLink to={paths.project(project.id)}>{project.name}</AppLink>,
        },
        { id: 'objective', header: 'Objective', minWidth: 300, cell: (project) => project.spec.objective },
        { id: 'classification', header: 'Classification', cell: (project) => project.spec.classification },
        { id: 'phase', header: 'State', cell: (project) => <Phase phase={project.status.phase} /> },
        { id: 'updated', header: 'Changed', cell: (project) => ago(project.updatedAt) },
      ]}
    />
  )
}
