import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'

export function trailNotFound(nameOrArn: string | undefined, call: Call): AwsError {
  const arn = nameOrArn?.startsWith('arn:')
    ? nameOrArn
    : `arn:${call.partition}:cloudtrail:${call.region}:${call.account}:trail/${nameOrArn}`
  return new AwsError('TrailNotFoundException', `Unknown trail: ${arn} for the user: ${call.account}`)
}

export function invalidSelectors(reason: string): AwsError {
  return new AwsError('InvalidEventSelectorsException', reason)
}
