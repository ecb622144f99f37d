import type * as Iam from '@aws-sdk/client-iam'
import { newSecret, uniqueId } from '../../kernel/credentials.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { credentials } from '../sts/session.ts'
import { type EntityInput, findEntity, onEntity, userKind } from './entity.ts'
import { limitExceeded, noSuchEntity, validationError } from './errors.ts'
import { type AccessKeyRow, accessKeys } from './state.ts'

const keysPerUser = 2

/** Without a name the caller's own keys are meant. */
function named(input: { UserName?: string | undefined }, { principal }: Call): EntityInput {
  if (input.UserName !== undefined) return { UserName: input.UserName }
  if (principal.type === 'user') return { UserName: principal.userName }
  throw validationError('Must specify userName when calling with non-User credentials')
}

export const createAccessKey = operation<Iam.CreateAccessKeyRequest, Iam.CreateAccessKeyResponse>({
  name: 'CreateAccessKey',
  sensitive: ['AccessKey'],
  access: (input, call) => [onEntity(userKind, 'CreateAccessKey', named(input, call), call)],
  handle: (input, call) => {
    const user = findEntity(userKind, named(input, call), call)
    if (keysOf(call, user.name).length >= keysPerUser) {
      throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${keysPerUser}`)
    }
    const id = uniqueId('AKIA', 20)
    const key: AccessKeyRow = { id, userName: user.name, status: 'Active', createdAt: call.now.toISOString() }
    const secretAccessKey = newSecret()
    accessKeys(call).put(id, key)
    credentials(call).put(id, {
      accessKeyId: id,
      secretAccessKey,
      principal: {
        type: 'user',
        account: user.account,
        userArn: user.arn,
        userId: user.id,
        userName: user.name,
        accessKeyId: id,
      },
    })
    return { AccessKey: { ...metadata(key), SecretAccessKey: secretAccessKey } as Iam.AccessKey }
  },
})

export const listAccessKeys = operation<Iam.ListAccessKeysRequest, Iam.ListAccessKeysResponse>({
  name: 'ListAccessKeys',
  access: (input, call) => [onEntity(userKind, 'ListAccessKeys', named(input, call), call)],
  handle: (input, call) => {
    const user = findEntity(userKind, named(input, call), call)
    return { AccessKeyMetadata: keysOf(call, user.name).map(metadata) }
  },
})

export const updateAccessKey = operation<Iam.UpdateAccessKeyRequest, object>({
  name: 'UpdateAccessKey',
  access: (input, call) => [onEntity(userKind, 'UpdateAccessKey', named(input, call), call)],
  handle: (input, call) => {
    const key = findKey(input, call)
    const status = input.Status === 'Inactive' ? 'Inactive' : 'Active'
    accessKeys(call).put(key.id, { ...key, status })
    const credential = credentials(call).get(key.id)
    if (credential) credentials(call).put(key.id, { ...credential, inactive: status === 'Inactive' })
    return {}
  },
})

export const deleteAccessKey = operation<Iam.DeleteAccessKeyRequest, object>({
  name: 'DeleteAccessKey',
  access: (input, call) => [onEntity(userKind, 'DeleteAccessKey', named(input, call), call)],
  handle: (input, call) => {
    const key = findKey(input, call)
    accessKeys(call).delete(key.id)
    credentials(call).delete(key.id)
    return {}
  },
})

const keysOf = (call: Call, userName: string) =>
  [...accessKeys(call).values()].filter((key) => key.userName === userName)

function findKey(input: { UserName?: string | undefined; AccessKeyId?: string | undefined }, call: Call): AccessKeyRow {
  const user = findEntity(userKind, named(input, call), call)
  const key = accessKeys(call).get(input.AccessKeyId ?? '')
  if (key?.userName === user.name) return key
  throw noSuchEntity(`The Access Key with id ${input.AccessKeyId} cannot be found.`)
}

const metadata = (key: AccessKeyRow): Iam.AccessKeyMetadata => ({
  UserName: key.userName,
  AccessKeyId: key.id,
  Status: key.status,
  CreateDate: new Date(key.createdAt),
})
