import type { Model, OperationModel } from '../wire/model.ts'
import { AwsError } from './aws-error.ts'

type Values = Record<string, unknown>

/** Page size where the request states none (each service's API reference, "MaxResults", "MaxItems"). */
const defaultLimits: Record<string, number> = { sagemaker: 10, ec2: 1000, logs: 50, organizations: 20, cloudtrail: 50 }
const defaultLimit = 100

/**
 * Cuts a handler's whole lists into the page that was asked for. Handlers that page by themselves set the output
 * token (or, on their last page, the "more" flag), and are left alone.
 */
export function paginate(model: Model, operation: OperationModel, input: Values, output: Values): Values {
  const { pages } = operation
  if (!pages || output[pages.output] !== undefined || (pages.more && output[pages.more] !== undefined)) return output
  const lists = pages.results.filter((name) => Array.isArray(output[name]))
  if (lists.length === 0) return output
  const start = readToken(input[pages.input], operation.name)
  const limit = Number((pages.limit && input[pages.limit]) ?? defaultLimits[model.name] ?? defaultLimit)
  const page: Values = { ...output }
  let skip = start
  let room = limit
  let total = 0
  for (const name of lists) {
    const list = output[name] as unknown[]
    const slice = list.slice(skip, skip + room)
    page[name] = slice
    skip = Math.max(0, skip - list.length)
    room -= slice.length
    total += list.length
  }
  const more = start + limit < total
  if (more) page[pages.output] = writeToken(start + limit, operation.name)
  if (pages.more) page[pages.more] = more
  return page
}

const writeToken = (offset: number, operation: string) =>
  Buffer.from(JSON.stringify([operation, offset])).toString('base64url')

function readToken(token: unknown, operation: string): number {
  if (token === undefined || token === '') return 0
  try {
    const [name, offset] = JSON.parse(Buffer.from(String(token), 'base64url').toString('utf8')) as [string, number]
    if (name === operation && Number.isInteger(offset) && offset >= 0) return offset
  } catch {
    // Any other text is no token of ours; the error below says so.
  }
  throw new AwsError('ValidationException', 'The pagination token is not valid for this operation.', 400)
}
