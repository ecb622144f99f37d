import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group'
import { useRouter } from '@tanstack/react-router'
import { useRead } from '../api/queries.ts'
import { paths } from '../paths.ts'

interface Crumb {
  text: string
  href: string
}

/** Where a page is, and the way back up. */
export function Crumbs({ items }: { items: Crumb[] }) {
  const router = useRouter()
  return (
    <BreadcrumbGroup
      ariaLabel="Where you are"
      items={items}
      onFollow={(event) => {
        event.preventDefault()
        void router.navigate({ href: event.detail.href })
      }}
    />
  )
}

/** Of something inside a project; the project is left out for whoever may not see it, such as the board. */
export function ProjectCrumbs({ projectId, here }: { projectId: string | null; here: Crumb[] }) {
  const project = useRead('projects.read', { params: { id: projectId ?? '' } }, false, projectId !== null)
  const up = project.data ? [{ text: project.data.name, href: paths.project(project.data.id) }] : []
  return <Crumbs items={[{ text: 'Projects', href: paths.projects }, ...up, ...here]} />
}
