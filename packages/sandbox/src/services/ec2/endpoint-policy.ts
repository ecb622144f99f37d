import { AwsError } from '../../kernel/aws-error.ts'
import { isPolicyFault, readResourcePolicy } from '../resource-policy.ts'

/** What an endpoint allows when no policy was given (AWS PrivateLink Guide, "Default endpoint policy"). */
export const fullAccessPolicy = JSON.stringify({
  Version: '2008-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
})

/** The policy text unchanged, as AWS gives it back; a malformed one is refused. */
export function checkedPolicy(text: string): string {
  const result = readResourcePolicy(text)
  if (isPolicyFault(result))
    throw new AwsError('InvalidPolicyDocument', `The policy document is invalid: ${result.reason}`)
  return text
}
