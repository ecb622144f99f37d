import { AwsError } from '../../kernel/aws-error.ts'
import type { Call, InvokeAs } from '../../kernel/operation.ts'
import { apiDestinations } from './connection-state.ts'
import { connectionByArn, headerOf } from './connections.ts'

/** EventBridge User Guide, "API destinations": a request that takes longer has failed. */
const timeoutMs = 5_000

/**
 * Sends an event's text to an API destination, with the header of its connection. The target's role must be allowed to.
 * @throws AwsError ServiceUnavailable for what EventBridge tries again
 */
export async function callOutside(arn: string, text: string, as: InvokeAs, call: Call): Promise<void> {
  const [, , , region = '', account = ''] = arn.split(':')
  const home = { account, region }
  const destination = [...apiDestinations(call, home).values()].find((row) => row.arn === arn)
  const connection = destination && connectionByArn(call, destination.connectionArn, home)
  if (!destination || !connection)
    throw new AwsError('ResourceNotFoundException', `The API destination ${arn} or its connection does not exist.`)
  const check = { action: 'events:InvokeApiDestination', resource: arn, resourceAccount: account }
  if (call.decide(check, as.principal).decision !== 'Allowed')
    throw new AwsError('AccessDeniedException', `The role of the target may not call ${arn}.`, 403)
  const request = {
    method: destination.method,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headerOf(connection) },
    body: text,
    signal: AbortSignal.timeout(timeoutMs),
  }
  const answer = await fetch(destination.endpoint, request).catch((error: Error) => {
    throw new AwsError('SDK_CLIENT_ERROR', `Calling ${destination.endpoint}: ${error.message}`)
  })
  if (answer.ok) return
  const again = [401, 407, 409, 429].includes(answer.status) || answer.status >= 500
  throw new AwsError(
    again ? 'ServiceUnavailable' : 'SDK_CLIENT_ERROR',
    `${destination.endpoint} answered ${answer.status}.`,
  )
}
