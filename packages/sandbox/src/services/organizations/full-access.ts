import type { PolicyType } from './state.ts'

/** Policies that AWS attaches to every root, unit and account when a type is enabled. */
export const fullAccess: Record<
  PolicyType,
  { id: string; name: string; description: string; path: string; content: object }
> = {
  SERVICE_CONTROL_POLICY: {
    id: 'p-FullAWSAccess',
    name: 'FullAWSAccess',
    description: 'Allows access to every operation',
    path: 'service_control_policy',
    content: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  },
  RESOURCE_CONTROL_POLICY: {
    id: 'p-RCPFullAWSAccess',
    name: 'RCPFullAWSAccess',
    description: 'Allows access to every operation',
    path: 'resource_control_policy',
    content: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] },
  },
}
