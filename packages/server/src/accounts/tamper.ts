import type { AccountEvent } from '../aws/event-queue.ts'
import { deniedBy } from '../denials/record.ts'
import type { NewFinding } from '../runs/findings.ts'
import type { AccountPlace } from './stack.ts'

/** The members of a CloudTrail record that are read (CloudTrail User Guide, "CloudTrail record contents"). */
interface Record {
  eventID?: string
  eventName?: string
  eventSource?: string
  errorCode?: string
  requestParameters?: object | null
  userIdentity?: {
    arn?: string
    type?: string
    invokedBy?: string
    sessionContext?: { sessionIssuer?: { arn?: string }; sourceIdentity?: string }
  }
}

/**
 * A change, or a denied try, by someone other than the platform on something that the platform made. Events come
 * best effort; the nightly drift check finds what they miss.
 */
export function tamperFinding(place: AccountPlace, event: AccountEvent): NewFinding | undefined {
  if (event['detail-type'] !== 'AWS API Call via CloudTrail') return undefined
  const record = event.detail as Record
  const identity = record.userIdentity
  const issuer = identity?.sessionContext?.sessionIssuer?.arn ?? identity?.arn
  if (!record.eventName || !issuer || identity?.invokedBy || identity?.type === 'AWSService') return undefined
  if (isOurs(place, issuer)) return undefined
  const touched = touchedThing(place, JSON.stringify(record.requestParameters ?? {}))
  if (!touched) return undefined
  const { account } = place
  const call = `${record.eventSource?.replace('.amazonaws.com', '')}:${record.eventName}`
  const denied = record.errorCode !== undefined
  const { control } = deniedBy(event.detail)
  const who = identity?.sessionContext?.sourceIdentity
    ? `${issuer} (${identity.sessionContext.sourceIdentity})`
    : issuer
  return {
    type: denied ? 'guardrail' : 'tamper',
    key: `${denied ? 'denied' : 'tamper'}/${account.id}/${call}/${issuer}/${touched}`,
    title: denied
      ? `${call} on '${touched}' was ${control ? `stopped by ${control}` : 'denied'}`
      : `${call} changed '${touched}' outside UAIS`,
    message: `${who} called ${call} at ${event.time}${denied ? ` and got ${record.errorCode}` : ''}. CloudTrail event ${record.eventID ?? event.id}.`,
    cause: call,
    actor: who,
    control,
    remedy: denied
      ? 'The guardrails held; nothing needs to be done.'
      : 'A drift check shows what differs; retry the account’s run to put it back.',
    accountId: account.id,
    resource: { kind: 'Account', id: account.id, name: account.name },
  }
}

/** Bootstrap, project and service roles; and the account's own services acting by service-linked roles. */
const isOurs = ({ params }: AccountPlace, arn: string) =>
  arn.startsWith(`arn:${params.partition}:iam::${params.awsAccountId}:role/uais/`) ||
  arn.includes(':role/aws-service-role/')

/** The name or id of the platform's that a request names, if any. */
function touchedThing({ account }: AccountPlace, request: string): string | undefined {
  const { domainId, vpcId, subnetIds, securityGroupIds, keyArn, trailArn, dataBucket, eventQueueUrl } =
    account.status.outputs
  const ids = [
    domainId,
    vpcId,
    ...(subnetIds ?? []),
    ...(securityGroupIds ?? []),
    keyArn?.slice(keyArn.lastIndexOf('/') + 1),
    trailArn,
    dataBucket,
    eventQueueUrl,
  ]
  const found = ids.find((id) => id && request.includes(id))
  return found ?? /"(uais-[\w.-]+|[^"]*\/uais\/[^"]*|uais)"/.exec(request)?.[1]
}
