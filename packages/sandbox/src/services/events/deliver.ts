import { setTimeout as sleep } from 'node:timers/promises'
import { AwsError } from '../../kernel/aws-error.ts'
import type { Call, InvokeAs } from '../../kernel/operation.ts'
import { recordMetric } from '../monitoring/record-metric.ts'
import { callOutside } from './call-outside.ts'
import type { Json } from './pattern-syntax.ts'
import { type DeliveryRow, deliveries } from './publish.ts'
import { ruleArn } from './state.ts'
import { targetInput } from './target-input.ts'

/** Pauses between attempts in milliseconds; EventBridge itself goes on for 24 hours. */
const pauses = [200, 1000, 3000]

/**
 * Brings one event to its target as `events.amazonaws.com`, whom the target's own policy must allow.
 * What the target refuses goes to the dead-letter queue, or is lost and counted, as in AWS.
 */
export async function deliver(row: DeliveryRow, call: Call): Promise<void> {
  try {
    await attempt(row, call)
    count('Invocations', row, call)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    count('FailedInvocations', row, call)
    await toDeadLetters(row, error, call)
  }
  deliveries(call, row.place).delete(row.id)
}

async function attempt(row: DeliveryRow, call: Call): Promise<void> {
  for (const pause of [...pauses, 0]) {
    try {
      return await send(row, call)
    } catch (error) {
      const again =
        error instanceof AwsError && /Throttl|SlowDown|RequestLimitExceeded|ServiceUnavailable/.test(error.code)
      if (!again || pause === 0) throw error
      await sleep(pause)
    }
  }
}

async function send(row: DeliveryRow, call: Call): Promise<void> {
  const { target, place } = row
  const rule = { name: row.rule, arn: ruleArn(call, place, row.rule) }
  const text = targetInput(target, row.event as unknown as Json, rule)
  const [, , service, region = place.region, account = place.account, ...name] = (target.Arn ?? '').split(':')
  const as = await identity(row, rule.arn, region, call)
  if (service === 'sqs') {
    const QueueUrl = `https://sqs.${region}.amazonaws.com/${account}/${name.join(':')}`
    await call.invoke('sqs', 'SendMessage', { QueueUrl, MessageBody: text }, as)
  } else if (service === 'events' && name.join(':').startsWith('api-destination/')) {
    await callOutside(target.Arn ?? '', text, as, call)
  } else if (service === 'events') {
    await call.invoke('events', 'PutEvents', { Entries: [entryOf(row)] }, as)
  } else {
    await toLogGroup(name.join(':').replace(/^log-group:|:\*$/g, ''), text, row, as, call)
  }
}

async function identity(row: DeliveryRow, arn: string, region: string, call: Call): Promise<InvokeAs> {
  const { account } = row.place
  const origin = { sourceIp: 'events.amazonaws.com', secure: true }
  if (!row.target.RoleArn)
    return {
      principal: { type: 'service', service: 'events.amazonaws.com', sourceAccount: account, sourceArn: arn },
      origin,
      account,
      region,
    }
  const session = { sessionName: row.event.id.replaceAll('-', ''), sourceArn: arn }
  const principal = await call.assumeAsService(row.target.RoleArn, 'events.amazonaws.com', session)
  return { principal, origin, account, region }
}

/** Forwarded events keep source, type and time. */
function entryOf({ event, target }: DeliveryRow) {
  return {
    Time: new Date(event.time),
    Source: event.source,
    DetailType: event['detail-type'],
    Resources: event.resources,
    Detail: JSON.stringify(event.detail),
    EventBusName: target.Arn,
  }
}

async function toLogGroup(
  logGroupName: string,
  text: string,
  row: DeliveryRow,
  as: InvokeAs,
  call: Call,
): Promise<void> {
  const logStreamName = row.event.id
  await call.invoke('logs', 'CreateLogStream', { logGroupName, logStreamName }, as)
  const logEvents = [{ timestamp: Date.parse(row.event.time), message: text }]
  await call.invoke('logs', 'PutLogEvents', { logGroupName, logStreamName, logEvents }, as)
}

async function toDeadLetters(row: DeliveryRow, error: AwsError, call: Call): Promise<void> {
  const arn = row.target.DeadLetterConfig?.Arn
  if (!arn) return
  const [, , , region = row.place.region, account, name] = arn.split(':')
  const text = (value: string) => ({ DataType: 'String', StringValue: value })
  const input = {
    QueueUrl: `https://sqs.${region}.amazonaws.com/${account}/${name}`,
    MessageBody: JSON.stringify(row.event),
    MessageAttributes: {
      RULE_ARN: text(ruleArn(call, row.place, row.rule)),
      TARGET_ARN: text(row.target.Arn ?? ''),
      ERROR_CODE: text(/Access|Denied/.test(error.code) ? 'NO_PERMISSIONS' : 'SDK_CLIENT_ERROR'),
      ERROR_MESSAGE: text(error.message),
    },
  }
  try {
    const as = await identity({ ...row, target: {} as never }, ruleArn(call, row.place, row.rule), region, call)
    await call.invoke('sqs', 'SendMessage', input, as)
  } catch (caught) {
    if (!(caught instanceof AwsError)) throw caught
    count('InvocationsFailedToBeSentToDlq', row, call)
  }
}

/** EventBridge User Guide, "Monitoring Amazon EventBridge": metrics by rule. */
function count(name: string, row: DeliveryRow, call: Call): void {
  const dimensions = { RuleName: row.rule }
  recordMetric(call, row.place, { namespace: 'AWS/Events', name, dimensions, unit: 'Count', value: 1 })
}
