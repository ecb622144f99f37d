import { type AccountSpec, PlatformError } from '@uais/contract'

interface Fault {
  path: string
  message: string
}

/**
 * What the schema alone cannot see: the parts of an account's spec must speak of the same account.
 * @throws PlatformError invalid-request with every fault
 */
export function checkAccountSpec(spec: AccountSpec, platformAccountId: string): void {
  const faults = [...identityFaults(spec, platformAccountId), ...organizationFaults(spec), ...keyFaults(spec)]
  if (faults.length === 0) return
  const first = faults.map(({ path, message }) => `${path}: ${message}`).join('; ')
  throw new PlatformError('invalid-request', `reading the account: ${first}`, { details: { fields: faults } })
}

function identityFaults(spec: AccountSpec, platformAccountId: string): Fault[] {
  const faults: Fault[] = []
  if (spec.awsAccountId === platformAccountId)
    faults.push({ path: 'spec.awsAccountId', message: 'is the platform’s own account; data lives in its owner’s' })
  // Without an organization there is no account above: the levers must lie in the account itself.
  const holders = [spec.awsAccountId, spec.organization?.managementAccountId]
  if (!holders.includes(accountOf(spec.breakGlassPrincipal)))
    faults.push({
      path: 'spec.breakGlassPrincipal',
      message: `must be a role of account ${holders.filter(Boolean).join(' or of its management account ')}`,
    })
  return faults
}

function organizationFaults({ organization, awsAccountId }: AccountSpec): Fault[] {
  if (!organization) return []
  const faults: Fault[] = []
  if (organization.managementAccountId === awsAccountId)
    faults.push({
      path: 'spec.organization.managementAccountId',
      message: 'service control policies do not bind a management account; choose a member account',
    })
  if (/^\d{12}$/.test(organization.targetId) && organization.targetId !== awsAccountId)
    faults.push({
      path: 'spec.organization.targetId',
      message: 'is another account; name this one, or a root or unit above it',
    })
  return faults
}

function keyFaults({ key, awsAccountId, region }: AccountSpec): Fault[] {
  if (key.kind !== 'existing') return []
  const [, , , keyRegion, keyAccount] = key.keyArn.split(':')
  if (keyRegion === region && keyAccount === awsAccountId) return []
  return [{ path: 'spec.key.keyArn', message: `must be a key of account ${awsAccountId} in ${region}` }]
}

const accountOf = (arn: string) => arn.split(':')[4]
