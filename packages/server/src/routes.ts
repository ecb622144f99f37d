import type { RouteName } from '@uais/contract'
import type { Handlers } from './access/route.ts'
import { accountRoutes } from './accounts/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { dataSourceRoutes } from './data-sources/routes.ts'
import { denialRoutes } from './denials/routes.ts'
import { deploymentRoutes } from './deployments/routes.ts'
import { directoryRoutes } from './directory/routes.ts'
import { exceptionRoutes } from './exceptions/routes.ts'
import { findingRoutes } from './findings/routes.ts'
import { guardrailRoutes } from './guardrails/routes.ts'
import { modelRoutes } from './models/routes.ts'
import { projectRoutes } from './projects/routes.ts'
import { reviewRoutes } from './reviews/routes.ts'
import { runRoutes } from './runs/routes.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { workspaceRoutes } from './workspaces/routes.ts'

/** Every route of the contract with its one handler: a missing, doubled or unknown one does not compile. */
export const handlers = {
  ...sessionRoutes,
  ...directoryRoutes,
  ...accountRoutes,
  ...guardrailRoutes,
  ...exceptionRoutes,
  ...denialRoutes,
  ...projectRoutes,
  ...workspaceRoutes,
  ...dataSourceRoutes,
  ...modelRoutes,
  ...reviewRoutes,
  ...deploymentRoutes,
  ...runRoutes,
  ...findingRoutes,
  ...auditRoutes,
} satisfies { [Name in RouteName]: Handlers[Name] }
