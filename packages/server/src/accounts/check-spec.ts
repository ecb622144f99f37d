import { type AccountSpec, PlatformError } from '@uais/contract'
import { compileAll, PolicyTooLarge } from '@uais/guardrails'
import type { Config } from '../config/config.ts'
import { wishedParams } from './params.ts'

interface Fault {
  path: string
  message: string
}

/**
 * What the schema alone cannot see: the parts of an account's spec must speak of the same account.
 * @throws PlatformError invalid-request with every fault
 */
export function checkAccountSpec(
  { name, spec }: { name: string; spec: AccountSpec },
  platform: Config['platform'],
): void {
  const faults = [
    ...identityFaults(spec, platform.accountId),
    ...organizationFaults(spec),
    ...keyFaults(spec),
    ...proxyFaults(spec),
    ...stopFaults(spec),
    ...sizeFaults(name, spec, platform),
  ]
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

/** A network that the platform makes has no way to anywhere else: a proxy must stand in it. */
function proxyFaults({ network, rules }: AccountSpec): Fault[] {
  const range = rules?.egressProxy?.cidr
  if (!range || network.kind !== 'managed' || isWithin(range, network.cidr)) return []
  return [
    {
      path: 'spec.rules.egressProxy.cidr',
      message: `must lie in the network's own range ${network.cidr}: no route leads out of it`,
    },
  ]
}

/** What stops an account stands above it. */
function stopFaults({ organization, rules }: AccountSpec): Fault[] {
  if (!rules?.budgetStop || organization) return []
  return [
    {
      path: 'spec.rules.budgetStop',
      message: 'needs an organization: its service control policy is what refuses new work',
    },
  ]
}

/** Rules are compiled into documents that AWS bounds: better said now than by a run. */
function sizeFaults(name: string, spec: AccountSpec, platform: Config['platform']): Fault[] {
  if (!spec.rules) return []
  const params = { ...wishedParams(platform, name, spec), organizationId: 'o-0000000000' }
  try {
    compileAll({ ...longest(spec), ...params, project: { name: 'p'.repeat(32) } })
    return []
  } catch (error) {
    if (!(error instanceof PolicyTooLarge)) throw error
    return [{ path: 'spec.rules', message: `is more than AWS takes: ${error.message}` }]
  }
}

/** What the account will have is as long as AWS makes it. */
const longest = ({ awsAccountId, region }: AccountSpec) => ({
  keyArn: `arn:aws:kms:${region}:${awsAccountId}:key/00000000-0000-0000-0000-000000000000`,
  domainId: 'd-000000000000',
  network: {
    vpcId: 'vpc-00000000000000000',
    subnetIds: ['subnet-00000000000000001', 'subnet-00000000000000002'],
    securityGroupIds: ['sg-00000000000000001'],
  },
})

/** Whether one IPv4 range lies in another; both are checked by the contract. */
function isWithin(inner: string, outer: string): boolean {
  const [least, most] = ends(inner)
  const [from, to] = ends(outer)
  return from <= least && most <= to
}

function ends(range: string): [first: number, last: number] {
  const [address = '', bits] = range.split('/')
  const size = 2 ** (32 - Number(bits))
  const number = address.split('.').reduce((all, part) => all * 256 + Number(part), 0)
  const first = number - (number % size)
  return [first, first + size - 1]
}

const accountOf = (arn: string) => arn.split(':')[4]
