import { createHash } from 'node:crypto'
import { commonError } from '../wire/common-errors.ts'
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
  const items = lists.flatMap((list) => (output[list] as unknown[]).map((item) => ({ list, item })))
  const token = input[pages.input]
  const start = token === undefined || token === '' ? 0 : resume(model, operation, String(token), items)
  const limit = Number((pages.limit && input[pages.limit]) ?? defaultLimits[model.name] ?? defaultLimit)
  const shown = items.slice(start, start + limit)
  const page: Values = { ...output }
  for (const list of lists) page[list] = shown.filter((each) => each.list === list).map((each) => each.item)
  const more = start + limit < items.length
  if (more) page[pages.output] = writeToken(operation, start + limit, shown.at(-1)?.item)
  if (pages.more) page[pages.more] = more
  return page
}

/** Where the next page starts, and what came last: what is new in front of it since then must not show it again. */
const writeToken = (operation: OperationModel, offset: number, last: unknown) =>
  Buffer.from(JSON.stringify([operation.name, offset, digest(last)])).toString('base64url')

function resume(model: Model, operation: OperationModel, token: string, items: { item: unknown }[]): number {
  const [name, offset, last] = readToken(token)
  if (name !== operation.name || !Number.isInteger(offset) || offset < 1) throw invalidToken(model)
  const shifted = items.findIndex(({ item }, index) => index >= offset - 1 && digest(item) === last)
  return shifted < 0 ? offset : shifted + 1
}

function readToken(token: string): [name: string, offset: number, last: string] {
  try {
    const read: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'))
    if (Array.isArray(read) && read.length === 3) return read as [string, number, string]
  } catch {
    // Any other text is no token of ours, and the caller says so.
  }
  return ['', 0, '']
}

const digest = (item: unknown) => createHash('sha1').update(JSON.stringify(item)).digest('base64url')

/** Services with an error of its own for this (their API references, "Errors" of the List operations). */
const tokenErrors: Record<string, string> = {
  kms: 'InvalidMarkerException',
  ssm: 'InvalidNextToken',
  monitoring: 'InvalidNextToken',
  secretsmanager: 'InvalidNextTokenException',
  cloudtrail: 'InvalidNextTokenException',
  budgets: 'InvalidNextTokenException',
  config: 'InvalidNextTokenException',
}

function invalidToken(model: Model): AwsError {
  const message = "The specified token isn't valid."
  const code = tokenErrors[model.name]
  if (code !== undefined) return new AwsError(code, message, 400)
  const details = model.name === 'organizations' ? { Reason: 'INVALID_NEXT_TOKEN' } : {}
  return commonError(model, 'invalidInput', message, details)
}
