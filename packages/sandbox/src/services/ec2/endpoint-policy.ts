import type { PolicyDocument } from '@uais/iam'
import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import { isPolicyFault, policyDocument, readResourcePolicy } from '../resource-policy.ts'
import type { VpcEndpointRow } from './state.ts'

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

/**
 * Policies of the endpoint through which a call came, for the kernel's decision.
 * An endpoint that is not known to the account and region of the VPC grants nothing.
 */
export function endpointPolicies(call: Call, vpcEndpointId: string, account = call.account): PolicyDocument[] {
  const scope = { service: 'ec2', account, region: call.region }
  const endpoint = call.table<VpcEndpointRow>('vpc-endpoint', scope).get(vpcEndpointId)
  return endpoint ? [policyDocument(endpoint.PolicyDocument)] : []
}
