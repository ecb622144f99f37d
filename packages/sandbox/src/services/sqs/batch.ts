import type { BatchResultErrorEntry } from '@aws-sdk/client-sqs'
import { AwsError } from '../../kernel/aws-error.ts'

/** Runs each entry on its own; one that fails does not stop the others (SQS API Reference, batch actions). */
export async function runBatch<Entry extends { Id: string | undefined }, Result extends object>(
  entries: readonly Entry[],
  run: (entry: Entry) => Result | Promise<Result>,
) {
  checkEntries(entries)
  const Successful: (Result & { Id: string })[] = []
  const Failed: BatchResultErrorEntry[] = []
  for (const entry of entries) {
    const Id = entry.Id as string
    try {
      Successful.push({ ...(await run(entry)), Id })
    } catch (error) {
      if (!(error instanceof AwsError) || error.code === 'QueueDoesNotExist') throw error
      Failed.push({ Id, SenderFault: true, Code: error.code, Message: error.message })
    }
  }
  return { Successful, Failed } as never
}

function checkEntries(entries: readonly { Id: string | undefined }[]): void {
  if (entries.length === 0)
    throw new AwsError('EmptyBatchRequest', 'There should be at least one SendMessageBatchRequestEntry in the request.')
  if (entries.length > 10)
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    )
  for (const entry of entries)
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(entry.Id ?? ''))
      throw new AwsError(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      )
  const repeated = entries.find((entry, index) => entries.findIndex((other) => other.Id === entry.Id) < index)
  if (repeated) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${repeated.Id} repeated.`)
}
