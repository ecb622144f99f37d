import { randomUUID } from 'node:crypto'
import type { CreateSecretRequest, CreateSecretResponse } from '@aws-sdk/client-secrets-manager'
import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { tagMap } from '../tag-list.ts'
import { resourceTagContext } from './access.ts'
import { invalidParameter, nameScheduledForDeletion, secretExists } from './errors.ts'
import { bareArn, current, findSecret, newSecretArn, putSecret, type SecretRow } from './state.ts'
import { addVersion, hasValue, openValue, sealValue } from './value.ts'

export const createSecret = operation<CreateSecretRequest, CreateSecretResponse>({
  name: 'CreateSecret',
  sensitive: ['SecretString', 'SecretBinary'],
  access: (input, call) => {
    const tags = tagMap(input.Tags)
    const check = {
      // Policies end such ARNs in -?????? or -*; the random end that the secret will have is not known yet.
      resource: `${bareArn(call, input.Name ?? '')}-000000`,
      requestTags: tags,
      context: {
        'secretsmanager:Name': input.Name,
        'secretsmanager:Description': input.Description,
        'secretsmanager:KmsKeyId': input.KmsKeyId,
        ...resourceTagContext(tags),
      },
    }
    const tagging = Object.keys(tags).length > 0 ? [{ ...check, action: 'secretsmanager:TagResource' }] : []
    return [{ ...check, action: 'secretsmanager:CreateSecret' }, ...tagging]
  },
  handle: async (input, call) => {
    const name = input.Name ?? ''
    demandName(name)
    if (input.AddReplicaRegions?.length)
      throw new AwsError('InvalidRequestException', 'This sandbox does not replicate secrets')
    const token = input.ClientRequestToken ?? randomUUID()
    const present = findSecret(call, name)
    if (present) return repeated(call, present, token, input)
    const secret = newSecret(input, call)
    if (!hasValue(input)) {
      putSecret(call, secret)
      return { ARN: secret.arn, Name: name }
    }
    const version = { ...(await sealValue(call, secret, token, input)), stages: [current] }
    putSecret(call, addVersion(secret, version))
    return { ARN: secret.arn, Name: name, VersionId: token }
  },
})

function newSecret(input: CreateSecretRequest, call: Call): SecretRow {
  const name = input.Name ?? ''
  const now = call.now.toISOString()
  return {
    name,
    arn: newSecretArn(call, name),
    account: call.account,
    region: call.region,
    ...(input.Description === undefined ? {} : { description: input.Description }),
    ...(input.KmsKeyId === undefined ? {} : { kmsKeyId: input.KmsKeyId }),
    tags: tagMap(input.Tags),
    createdAt: now,
    changedAt: now,
    versions: {},
  }
}

/** The same request again, told by its token and value, is answered as the first one was. */
async function repeated(
  call: Call,
  secret: SecretRow,
  token: string,
  input: CreateSecretRequest,
): Promise<CreateSecretResponse> {
  if (secret.deletion) throw nameScheduledForDeletion()
  const version = secret.versions[token]
  if (!version) throw secretExists(secret.name)
  const value = await openValue(call, secret, version)
  if (value.SecretString !== input.SecretString) throw secretExists(secret.name)
  return { ARN: secret.arn, Name: secret.name, VersionId: token }
}

/** Secrets Manager API Reference, CreateSecret, "Name". */
function demandName(name: string): void {
  if (!/^[A-Za-z0-9/_+=.@!-]{1,512}$/.test(name))
    throw invalidParameter(
      'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
    )
}
