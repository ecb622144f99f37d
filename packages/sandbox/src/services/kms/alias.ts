import type {
  CreateAliasRequest,
  DeleteAliasRequest,
  ListAliasesRequest,
  ListAliasesResponse,
  UpdateAliasRequest,
} from '@aws-sdk/client-kms'
import { AwsError } from '../../kernel/aws-error.ts'
import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { callerContext, keyAccess, keyCheck } from './access.ts'
import { aliasExists, noSuchAlias } from './errors.ts'
import { findKey } from './find-key.ts'
import { type AliasRow, aliases, demandNotPendingDeletion, keys, kmsArn } from './state.ts'

/** Alias operations need permission on the alias and on the key (KMS Developer Guide, "Controlling access to aliases"). */
export const createAlias = operation<CreateAliasRequest, Record<string, never>>({
  name: 'CreateAlias',
  access: (input, call) => [
    aliasAccess(call, 'kms:CreateAlias', input.AliasName ?? ''),
    keyAccess(call, 'kms:CreateAlias', input.TargetKeyId ?? ''),
  ],
  handle: (input, call) => {
    const name = input.AliasName ?? ''
    const arn = kmsArn(call, name)
    if (aliases(call).has(name)) throw aliasExists(arn)
    const now = call.now.toISOString()
    const targetKeyId = targetOf(call, input.TargetKeyId)
    aliases(call).put(name, { name, arn, targetKeyId, createdAt: now, updatedAt: now })
    return {}
  },
})

export const updateAlias = operation<UpdateAliasRequest, Record<string, never>>({
  name: 'UpdateAlias',
  access: (input, call) => {
    const alias = aliasAccess(call, 'kms:UpdateAlias', input.AliasName ?? '')
    const current = keys(call).get(findAlias(call, input.AliasName).targetKeyId)
    return [
      alias,
      ...(current ? [keyCheck(call, 'kms:UpdateAlias', current)] : []),
      keyAccess(call, 'kms:UpdateAlias', input.TargetKeyId ?? ''),
    ]
  },
  handle: (input, call) => {
    const alias = findAlias(call, input.AliasName)
    const targetKeyId = targetOf(call, input.TargetKeyId)
    aliases(call).put(alias.name, { ...alias, targetKeyId, updatedAt: call.now.toISOString() })
    return {}
  },
})

export const deleteAlias = operation<DeleteAliasRequest, Record<string, never>>({
  name: 'DeleteAlias',
  access: (input, call) => {
    const alias = aliasAccess(call, 'kms:DeleteAlias', input.AliasName ?? '')
    const current = keys(call).get(findAlias(call, input.AliasName).targetKeyId)
    return [alias, ...(current ? [keyCheck(call, 'kms:DeleteAlias', current)] : [])]
  },
  handle: (input, call) => {
    aliases(call).delete(findAlias(call, input.AliasName).name)
    return {}
  },
})

export const listAliases = operation<ListAliasesRequest, ListAliasesResponse>({
  name: 'ListAliases',
  access: () => [{ action: 'kms:ListAliases', resource: '*' }],
  handle: (input, call) => {
    const key = input.KeyId === undefined ? undefined : findKey(call, input.KeyId)
    const wanted = [...aliases(call).values()]
      .filter((alias) => key === undefined || alias.targetKeyId === key.id)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
    return {
      Aliases: wanted.map((alias) => ({
        AliasName: alias.name,
        AliasArn: alias.arn,
        TargetKeyId: alias.targetKeyId,
        CreationDate: new Date(alias.createdAt),
        LastUpdatedDate: new Date(alias.updatedAt),
      })),
    }
  },
})

/** A name that no alias can have is refused before anyone is asked for permission. */
function aliasAccess(call: Call, action: string, name: string): AccessCheck {
  demandAliasName(name)
  return { action, resource: kmsArn(call, name), context: callerContext(call) }
}

function findAlias(call: Call, name: string | undefined): AliasRow {
  const alias = aliases(call).get(name ?? '')
  if (!alias) throw noSuchAlias(kmsArn(call, name ?? ''))
  return alias
}

function demandAliasName(name: string): void {
  if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(name))
    throw new AwsError(
      'InvalidAliasNameException',
      'Alias must start with the prefix "alias/" and hold A-Z, a-z, 0-9, /, _ and -',
    )
  if (name.startsWith('alias/aws/'))
    throw new AwsError('NotAuthorizedException', 'Alias prefix alias/aws/ is reserved for AWS managed keys')
}

/** An alias points to a customer managed key of its own account and Region. */
function targetOf(call: Call, keyId: string | undefined): string {
  if (/(^|:)alias\//.test(keyId ?? ''))
    throw new AwsError('ValidationException', 'Aliases must refer to keys. Not aliases')
  const key = findKey(call, keyId ?? '')
  demandNotPendingDeletion(key)
  if (key.account !== call.account || key.manager === 'AWS')
    throw new AwsError('ValidationException', `${key.arn} cannot be the target of an alias`)
  return key.id
}
