import { type BundleAdditions, dataBucketName, lookAboveSessionPolicy, trailBucketName } from '@uais/guardrails'
import type { PolicyDocument } from '@uais/iam'
import type { AccountPlace } from '../accounts/stack.ts'
import { globalEventsRegion } from '../aws/event-history.ts'
import { type LiveOrganization, readOrganization } from '../aws/live/organization.ts'
import { type LivePrincipals, readPrincipals } from '../aws/live/principals.ts'
import { type LiveResourcePolicy, readResourcePolicies } from '../aws/live/resource-policies.ts'
import type { AwsDoor, AwsSession } from '../aws/session.ts'

/** An account as it is, read back over the API. Nothing is left out in silence: what cannot be read is an error. */
export interface LiveAccount {
  audit: AwsSession
  /** The same, where the account's global services tell of their calls. */
  global: AwsSession
  principals: LivePrincipals
  resources: readonly LiveResourcePolicy[]
  /** Absent where the account was onboarded without its organization. */
  organization?: LiveOrganization
}

/** What of it takes the place of compiled documents in a bundle: who there is, and what binds them from above. */
export function additionsOf({
  principals,
  organization,
}: LiveAccount): Pick<BundleAdditions, 'principals' | 'scps' | 'rcps'> {
  const { serviceControlPolicies: scps, resourceControlPolicies: rcps } = organization ?? {}
  return { principals: principals.principals, ...(scps ? { scps } : {}), ...(rcps ? { rcps } : {}) }
}

/** The policies that stand on the account's resources, by ARN; `null`: there is none. */
export function resourcePoliciesOf({ resources }: LiveAccount): ReadonlyMap<string, PolicyDocument | null> {
  return new Map(resources.map(({ arn, text }) => [arn, text === null ? null : (JSON.parse(text) as PolicyDocument)]))
}

/** Reads with roles that change nothing, and says in the account's trail that it was UAIS, for which purpose. */
export async function readLiveAccount(aws: AwsDoor, place: AccountPlace): Promise<LiveAccount> {
  const { account, params, stackAccount } = place
  const { awsAccountId, region, externalId } = stackAccount
  const sourceIdentity = 'uais-proof'
  const enter = (where: string) =>
    aws.enter({ awsAccountId, region: where, externalId, role: 'uais-audit', sourceIdentity, ttlSeconds: 900 })
  const audit = await enter(region)
  const { keyArn, vpcId, eventQueueUrl } = account.status.outputs
  const places = {
    ...{ dataBucket: dataBucketName(params), trailBucket: trailBucketName(params) },
    ...{ keyArn: keyArn ?? params.keyArn, vpcId, eventQueueUrl: eventQueueUrl || undefined },
  }
  const [global, principals, resources, organization] = await Promise.all([
    enter(globalEventsRegion(stackAccount.partition)),
    readPrincipals(audit),
    readResourcePolicies(audit, places),
    readAbove(aws, place, sourceIdentity),
  ])
  return { audit, global, principals, resources, ...(organization ? { organization } : {}) }
}

async function readAbove(
  aws: AwsDoor,
  { account, stackAccount, organizationExternalId }: AccountPlace,
  sourceIdentity: string,
): Promise<LiveOrganization | undefined> {
  const above = account.spec.organization
  if (!above) return undefined
  const session = await aws.enter({
    awsAccountId: above.managementAccountId,
    region: stackAccount.region,
    role: 'uais-organization',
    externalId: organizationExternalId,
    sourceIdentity,
    sessionPolicy: lookAboveSessionPolicy(),
    ttlSeconds: 900,
  })
  return readOrganization(session, stackAccount.awsAccountId)
}
