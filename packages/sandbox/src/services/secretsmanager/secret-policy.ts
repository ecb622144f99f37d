import type {
  DeleteResourcePolicyRequest,
  DeleteResourcePolicyResponse,
  GetResourcePolicyRequest,
  GetResourcePolicyResponse,
  PutResourcePolicyRequest,
  PutResourcePolicyResponse,
  ValidateResourcePolicyRequest,
  ValidateResourcePolicyResponse,
} from '@aws-sdk/client-secrets-manager'
import type { PolicyDocument } from '@uais/iam'
import { operation } from '../../kernel/operation.ts'
import { awsPrincipals, isPolicyFault, principalsExist, readResourcePolicy, statementsOf } from '../resource-policy.ts'
import { secretAccess } from './access.ts'
import { malformedPolicy, publicPolicy } from './errors.ts'
import { openLiveSecret, openSecret, putSecret } from './state.ts'

export const getResourcePolicy = operation<GetResourcePolicyRequest, GetResourcePolicyResponse>({
  name: 'GetResourcePolicy',
  access: (input, call) => [secretAccess(call, 'secretsmanager:GetResourcePolicy', input.SecretId)],
  handle: (input, call) => {
    const { arn, name, policy } = openSecret(call, input.SecretId)
    return { ARN: arn, Name: name, ...(policy === undefined ? {} : { ResourcePolicy: policy }) }
  },
})

export const putResourcePolicy = operation<PutResourcePolicyRequest, PutResourcePolicyResponse>({
  name: 'PutResourcePolicy',
  access: (input, call) => [
    secretAccess(call, 'secretsmanager:PutResourcePolicy', input.SecretId, {
      'secretsmanager:BlockPublicPolicy': input.BlockPublicPolicy,
    }),
  ],
  handle: (input, call) => {
    const secret = openLiveSecret(call, input.SecretId)
    const policy = input.ResourcePolicy ?? ''
    const document = readResourcePolicy(policy)
    if (isPolicyFault(document)) throw malformedPolicy(document.reason)
    if (!principalsExist(call, document))
      throw malformedPolicy('This resource policy contains an unsupported principal.')
    if (input.BlockPublicPolicy && isBroad(document)) throw publicPolicy()
    putSecret(call, { ...secret, policy })
    return { ARN: secret.arn, Name: secret.name }
  },
})

export const deleteResourcePolicy = operation<DeleteResourcePolicyRequest, DeleteResourcePolicyResponse>({
  name: 'DeleteResourcePolicy',
  access: (input, call) => [secretAccess(call, 'secretsmanager:DeleteResourcePolicy', input.SecretId)],
  handle: (input, call) => {
    const { policy: _removed, ...secret } = openLiveSecret(call, input.SecretId)
    putSecret(call, secret)
    return { ARN: secret.arn, Name: secret.name }
  },
})

export const validateResourcePolicy = operation<ValidateResourcePolicyRequest, ValidateResourcePolicyResponse>({
  name: 'ValidateResourcePolicy',
  access: (input, call) => [
    input.SecretId === undefined
      ? { action: 'secretsmanager:ValidateResourcePolicy', resource: '*' }
      : secretAccess(call, 'secretsmanager:ValidateResourcePolicy', input.SecretId),
  ],
  handle: (input) => {
    const document = readResourcePolicy(input.ResourcePolicy ?? '')
    if (isPolicyFault(document)) throw malformedPolicy(document.reason)
    const broad = isBroad(document)
    return {
      PolicyValidationPassed: !broad,
      ValidationErrors: broad
        ? [{ CheckName: 'PublicPolicyCheck', ErrorMessage: 'The resource policy grants broad access to the secret.' }]
        : [],
    }
  },
})

/** Whether a statement lets everyone in without any condition. */
function isBroad(document: PolicyDocument): boolean {
  return statementsOf(document).some(
    (statement) =>
      statement.Effect === 'Allow' &&
      statement.Condition === undefined &&
      (statement.NotPrincipal !== undefined || awsPrincipals(statement.Principal).includes('*')),
  )
}
