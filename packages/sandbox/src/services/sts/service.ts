import type { Service } from '../../kernel/service.ts'
import { assumeRole } from './assume-role.ts'
import { getCallerIdentity } from './get-caller-identity.ts'

export const service: Service = {
  name: 'sts',
  model: 'sts',
  scope: 'account',
  operations: [getCallerIdentity, assumeRole],
}
