import type { Account, bootstrapSchema } from '@uais/contract'
import { renderBootstrap, renderOrganizationBootstrap } from '@uais/guardrails'
import type { z } from 'zod'
import type { Config } from '../config/config.ts'
import type { Db } from '../db/database.ts'
import { organizationExternalId } from './organization-external-id.ts'
import { accountParams } from './params.ts'
import { readLink } from './store.ts'

/** What the owner reads and runs first: narrow roles in plain Terraform, with this account's ExternalId. */
export async function bootstrapOf(db: Db, config: Config, account: Account): Promise<z.input<typeof bootstrapSchema>> {
  const { externalId } = await readLink(db, account.id)
  const { awsAccountId, organization, region } = account.spec
  const { partition, accountId: platformAccountId } = config.platform
  const above = organization?.managementAccountId
  return {
    ...renderBootstrap({ ...accountParams(config, account), externalId }),
    awsAccountId,
    organization: above
      ? {
          ...renderOrganizationBootstrap({
            ...{ partition, platformAccountId, region, managementAccountId: above },
            externalId: organizationExternalId(config, above),
          }),
          awsAccountId: above,
        }
      : null,
    note: config.bootstrapNote,
  }
}
