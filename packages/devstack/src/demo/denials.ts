import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import { type Attempt, type DenialSubjects, forbiddenActs } from './forbidden-acts.ts'
import type { Studio } from './studio.ts'

export interface Denied {
  principal: string
  action: string
  resource: string
  code: string
  message: string
  /** Sid of the guardrail's statement that stopped it; null where nothing allowed it in the first place. */
  control: string | null
}

/** Tries what nobody may do, as the account's administrator and as the scientist. @throws Error when one is let through */
export async function tryForbidden(subjects: DenialSubjects): Promise<Denied[]> {
  const denied: Denied[] = []
  for (const attempt of forbiddenActs(subjects)) denied.push(await refused(attempt, subjects.admin))
  return denied
}

async function refused({ principal, action, resource, send }: Attempt, admin: Studio['config']): Promise<Denied> {
  try {
    await send()
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { requestId?: string } }
    if (!/AccessDenied|UnauthorizedOperation/.test(name))
      throw new Error(`${principal} tried ${action}: expected a denial, got ${name}: ${message}`)
    return {
      principal,
      action,
      resource,
      code: name,
      message,
      control: await controlOf($metadata?.requestId, action, admin),
    }
  }
  throw new Error(`${principal} was allowed ${action} on ${resource}: a guardrail does not hold`)
}

/** Services whose events CloudTrail keeps in us-east-1 wherever they are called (CloudTrail User Guide, "Global services"). */
const globalServices = /^(iam|organizations):/

/**
 * Sid of the statement that denied the call, by the call's record in the event history, where the sandbox puts it.
 * Reads and writes of objects are data events, which the history does not hold.
 */
async function controlOf(
  requestId: string | undefined,
  action: string,
  admin: Studio['config'],
): Promise<string | null> {
  const region = globalServices.test(action) ? 'us-east-1' : admin.region
  const { Events = [] } = await new CloudTrailClient({ ...admin, region }).send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: action.split(':')[1] ?? '' }],
      MaxResults: 50,
    }),
  )
  const records = Events.map(({ CloudTrailEvent = '{}' }) => JSON.parse(CloudTrailEvent) as DeniedRecord)
  const denied = records.find(({ requestID }) => requestID === requestId)?.additionalEventData?.['uais:deniedBy']
  return denied?.find(({ sid }) => sid !== undefined)?.sid ?? null
}

interface DeniedRecord {
  requestID?: string
  additionalEventData?: { 'uais:deniedBy'?: { sid?: string }[] }
}
