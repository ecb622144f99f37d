import type { Kind, Run } from '@uais/contract'
import { paths } from '../../paths.ts'
import { AppLink } from '../../ui/AppLink.tsx'

const pages: Partial<Record<Kind, (id: string) => string>> = {
  Account: paths.account,
  Project: paths.project,
  DataSource: paths.dataSource,
  Deployment: paths.deployment,
}

/** The thing that a run is about, with the way to its page. */
export function ResourceLink({ run: { stack } }: { run: Run }) {
  const page = pages[stack.resourceKind]
  const words = `${stack.kind.replace('-', ' ')} ${stack.resourceName}`
  return page ? <AppLink to={page(stack.resourceId)}>{words}</AppLink> : words
}
