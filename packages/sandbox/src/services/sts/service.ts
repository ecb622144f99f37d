import type { Service } from '../../kernel/service.ts'
import { assumeRole } from './assume-role.ts'
import { assumeRoleWithWebIdentity } from './assume-role-with-web-identity.ts'
import { getCallerIdentity } from './get-caller-identity.ts'
import { getSessionToken } from './get-session-token.ts'

export const service: Service = {
  name: 'sts',
  model: 'sts',
  scope: 'account',
  operations: [getCallerIdentity, assumeRole, assumeRoleWithWebIdentity, getSessionToken],
}
