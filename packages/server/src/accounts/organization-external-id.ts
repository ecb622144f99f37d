import { createHmac } from 'node:crypto'
import type { Config } from '../config/config.ts'

/**
 * ExternalId of the role in an organization's management account. That role serves all accounts of the organization,
 * so its id cannot be one account's; it is derived from the installation's key, and so made by no person.
 */
export function organizationExternalId(config: Config, managementAccountId: string): string {
  const derived = createHmac('sha256', config.secrets.encryptionKey).update(`organization ${managementAccountId}`)
  return `uais-${derived.digest('base64url').slice(0, 32)}`
}
