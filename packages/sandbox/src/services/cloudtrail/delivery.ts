import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { AwsError } from '../../kernel/aws-error.ts'
import type { CallRecord } from '../../kernel/call-record.ts'
import type { Call } from '../../kernel/operation.ts'
import { accountPath, asTrail, putFile } from './destination.ts'
import { organizationOf } from './organization.ts'
import { pending, type TrailRow, trails } from './state.ts'

/** Milliseconds between a trail's first waiting record and its file; AWS takes about five minutes. */
const interval = 2000
/** A flush that was begun and has not ended after this many milliseconds is taken for lost. */
const lost = 60_000
/** Records kept for a trail whose bucket refuses them. */
const limit = 20_000

/** When a trail's next file is due; there is one flush under way per trail. */
function flushes(call: Call, trail: TrailRow) {
  return call.table<{ due: number }>('flush', { service: 'cloudtrail', account: trail.account, region: '' })
}

/** Keeps a record for a trail and makes sure that a flush will come. */
export function keepForDelivery(record: CallRecord, trail: TrailRow, call: Call): void {
  const waiting = pending(call, trail)
  if (waiting.size >= limit) return
  waiting.put(record.eventID, record)
  const now = call.now.getTime()
  const flush = flushes(call, trail).get(trail.name)
  if (flush && now < flush.due + lost) return
  flushes(call, trail).put(trail.name, { due: now + interval })
  call.afterwards(async (later) => {
    await sleep(interval)
    await flushTrail(trail, later)
  })
}

/** Writes what waits until nothing does; a refusal ends it, and the next record tries again. */
export async function flushTrail(trail: TrailRow, call: Call): Promise<void> {
  try {
    while (pending(call, trail).size > 0 && (await flushOnce(trail, call))) await sleep(50)
  } finally {
    flushes(call, trail).delete(trail.name)
  }
}

async function flushOnce(known: TrailRow, call: Call): Promise<boolean> {
  const trail = trails(call, known.account).get(known.name)
  if (!trail) return false
  const records = [...pending(call, trail).values()]
  try {
    for (const batch of batches(records)) {
      await writeFile(trail, batch, call)
      if (trail.logGroupArn) await toLogGroup(trail, batch, call)
      for (const record of batch) pending(call, trail).delete(record.eventID)
    }
    noteDelivery(trail, undefined, call)
    return true
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    noteDelivery(trail, error.code, call)
    return false
  }
}

function noteDelivery(trail: TrailRow, deliveryError: string | undefined, call: Call): void {
  const current = trails(call, trail.account).get(trail.name)
  if (!current) return
  const delivered = deliveryError ? current.delivered : new Date().toISOString()
  trails(call, trail.account).put(trail.name, { ...current, delivered, deliveryError })
}

/** Most records in one file. */
const fileLimit = 1000

/** A file holds records of one account and region. */
function batches(records: readonly CallRecord[]): CallRecord[][] {
  const byPlace = new Map<string, CallRecord[]>()
  for (const record of records) {
    const key = `${record.recipientAccountId} ${record.awsRegion}`
    const batch = byPlace.get(key)
    if (batch) batch.push(record)
    else byPlace.set(key, [record])
  }
  return [...byPlace.values()].flatMap((all) =>
    Array.from({ length: Math.ceil(all.length / fileLimit) }, (_, file) =>
      all.slice(file * fileLimit, (file + 1) * fileLimit),
    ),
  )
}

/** Key and body as in the CloudTrail User Guide, "CloudTrail log file examples". */
async function writeFile(trail: TrailRow, records: readonly CallRecord[], call: Call): Promise<void> {
  const [{ recipientAccountId: account, awsRegion: region }] = records as [CallRecord]
  const [date = '', time = ''] = new Date().toISOString().split('T')
  const stamp = `${date.replaceAll('-', '')}T${time.slice(0, 5).replace(':', '')}Z`
  const folder = `${accountPath(trail, account, organizationOf(call)?.id)}CloudTrail/${region}/${date.replaceAll('-', '/')}/`
  const name = `${account}_CloudTrail_${region}_${stamp}_${call.id(16)}.json.gz`
  await putFile(trail, `${folder}${name}`, gzipSync(JSON.stringify({ Records: records })), call)
}

/** The trail's role writes to the group, in a stream per account and region. */
async function toLogGroup(trail: TrailRow, records: readonly CallRecord[], call: Call): Promise<void> {
  const [{ recipientAccountId: account, awsRegion: region }] = records as [CallRecord]
  const logGroupName = trail.logGroupArn?.split(':')[6] ?? ''
  const logStreamName = `${account}_CloudTrail_${region}`
  const session = { sessionName: 'CloudTrail', sourceArn: trail.arn }
  const principal = await call.assumeAsService(trail.logRoleArn ?? '', 'cloudtrail.amazonaws.com', session)
  const as = { ...asTrail(trail), principal }
  try {
    await call.invoke('logs', 'CreateLogStream', { logGroupName, logStreamName }, as)
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ResourceAlreadyExistsException') throw error
  }
  const logEvents = records.map((record) => ({
    timestamp: Date.parse(record.eventTime),
    message: JSON.stringify(record),
  }))
  await call.invoke('logs', 'PutLogEvents', { logGroupName, logStreamName, logEvents }, as)
}
