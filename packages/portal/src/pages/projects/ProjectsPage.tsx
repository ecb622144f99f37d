import { PageTitle } from '../../ui/PageTitle.tsx'
import { ProjectsTable } from './ProjectsTable.tsx'

export function ProjectsPage() {
  return (
    <>
      <PageTitle title="Projects" />
      <ProjectsTable title="Projects" headingLevel="h1" />
    </>
  )
}
