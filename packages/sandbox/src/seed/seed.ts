import type { Kernel } from '../kernel/kernel.ts'
import { organizationKey, organizations } from '../services/organizations/state.ts'
import { seedOrganization } from './organization.ts'
import { seedRolesOf } from './roles.ts'
import { seedStateBucket } from './state-bucket.ts'

/** Fills a new sandbox: organization, accounts, roles, the platform's state bucket and key. Safe to repeat. */
export async function seed(kernel: Kernel): Promise<void> {
  const call = kernel.background(kernel.service('sts'), { region: 'eu-west-1' })
  if (!organizations(call).has(organizationKey)) {
    seedRolesOf(call)
    seedOrganization(call)
  }
  await seedStateBucket(call, kernel)
}
