import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { BrokenPage } from './ui/BrokenPage.tsx'
import { NotFoundPage } from './ui/NotFoundPage.tsx'
import { Shell } from './ui/Shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage, errorComponent: BrokenPage })
const loaders: (() => Promise<unknown>)[] = []

/** One line a page. Pages are loaded when first visited, so that the first paint stays small. */
const page = <M extends Record<string, unknown>>(path: string, load: () => Promise<M>, name: keyof M & string) => {
  loaders.push(load)
  // The router answers a page that cannot be fetched by reloading everything, which without a network leaves nothing.
  const fetched = () =>
    load().catch((cause: unknown) => {
      throw new Error(`fetching the page ${path}`, { cause })
    })
  return createRoute({
    getParentRoute: () => root,
    path,
    // biome-ignore lint/suspicious/noExplicitAny: lazyRouteComponent wants the module's own component type
    component: lazyRouteComponent(fetched as any, name),
    errorComponent: BrokenPage,
  })
}
const routeTree = root.addChildren([
  page('/', () => import('./pages/home/HomePage.tsx'), 'HomePage'),
  page('/accounts', () => import('./pages/accounts/AccountsPage.tsx'), 'AccountsPage'),
  page('/accounts/new', () => import('./pages/accounts/AccountCreatePage.tsx'), 'AccountCreatePage'),
  page('/accounts/$id', () => import('./pages/accounts/AccountPage.tsx'), 'AccountPage'),
  page(
    '/accounts/$id/guardrails',
    () => import('./pages/guardrails/AccountGuardrailsPage.tsx'),
    'AccountGuardrailsPage',
  ),
  page('/accounts/$id/guardrails/what-if', () => import('./pages/guardrails/WhatIfPage.tsx'), 'WhatIfPage'),
  page(
    '/accounts/$id/guardrails/$control',
    () => import('./pages/guardrails/AccountControlPage.tsx'),
    'AccountControlPage',
  ),
  page(
    '/accounts/$id/exceptions/new',
    () => import('./pages/exceptions/ExceptionCreatePage.tsx'),
    'ExceptionCreatePage',
  ),
  page('/exceptions', () => import('./pages/exceptions/ExceptionsPage.tsx'), 'ExceptionsPage'),
  page('/exceptions/$id', () => import('./pages/exceptions/ExceptionPage.tsx'), 'ExceptionPage'),
  page('/projects', () => import('./pages/projects/ProjectsPage.tsx'), 'ProjectsPage'),
  page('/projects/new', () => import('./pages/projects/ProjectCreatePage.tsx'), 'ProjectCreatePage'),
  page('/projects/$id', () => import('./pages/projects/ProjectPage.tsx'), 'ProjectPage'),
  page('/accounts/$id/edit', () => import('./pages/accounts/AccountEditPage.tsx'), 'AccountEditPage'),
  page('/projects/$id/edit', () => import('./pages/projects/ProjectEditPage.tsx'), 'ProjectEditPage'),
  page(
    '/projects/$id/workspaces/new',
    () => import('./pages/workspaces/WorkspaceCreatePage.tsx'),
    'WorkspaceCreatePage',
  ),
  page(
    '/projects/$id/data-sources/new',
    () => import('./pages/data-sources/DataSourceCreatePage.tsx'),
    'DataSourceCreatePage',
  ),
  page('/data-sources/$id', () => import('./pages/data-sources/DataSourcePage.tsx'), 'DataSourcePage'),
  page('/model-versions/$id', () => import('./pages/models/ModelVersionPage.tsx'), 'ModelVersionPage'),
  page('/model-versions/$id/review', () => import('./pages/reviews/ReviewCreatePage.tsx'), 'ReviewCreatePage'),
  page(
    '/model-versions/$id/deploy',
    () => import('./pages/deployments/DeploymentCreatePage.tsx'),
    'DeploymentCreatePage',
  ),
  page('/reviews', () => import('./pages/reviews/ReviewsPage.tsx'), 'ReviewsPage'),
  page('/reviews/$id', () => import('./pages/reviews/ReviewPage.tsx'), 'ReviewPage'),
  page('/deployments/$id', () => import('./pages/deployments/DeploymentPage.tsx'), 'DeploymentPage'),
  page('/runs', () => import('./pages/runs/RunsPage.tsx'), 'RunsPage'),
  page('/runs/$id', () => import('./pages/runs/RunPage.tsx'), 'RunPage'),
  page('/guardrails', () => import('./pages/guardrails/GuardrailsPage.tsx'), 'GuardrailsPage'),
  page('/findings', () => import('./pages/findings/FindingsPage.tsx'), 'FindingsPage'),
  page('/audit', () => import('./pages/audit/AuditPage.tsx'), 'AuditPage'),
])

export const router = createRouter({ routeTree, defaultPreload: 'intent' })

/** Fetches the other pages while nothing else is to be done, so that they are there when the network is not. */
export function fetchPagesAhead(): void {
  const fetchAll = () => void Promise.allSettled(loaders.map((load) => load()))
  setTimeout(fetchAll, 2_000)
}
