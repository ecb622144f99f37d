import type { KmsGrant } from '@uais/iam'
import type { AccessCheck, Call } from '../../kernel/operation.ts'
import type { Principal } from '../../kernel/principal.ts'
import { policyDocument } from '../resource-policy.ts'
import { findKey } from './find-key.ts'
import { aliasesOf, type GrantRow, grantsOf, type KeyRow } from './state.ts'

type Context = NonNullable<AccessCheck['context']>

/** May the caller do `action` on the key that `keyId` names? The key's policy and grants decide with IAM. */
export function keyAccess(call: Call, action: string, keyId: string, context: Context = {}): AccessCheck {
  const key = findKey(call, keyId)
  const alias = /(?:^|:)(alias\/.+)$/.exec(keyId)?.[1]
  return keyCheck(call, action, key, alias ? { 'kms:RequestAlias': alias, ...context } : context)
}

export function keyCheck(call: Call, action: string, key: KeyRow, context: Context = {}): AccessCheck {
  return {
    action,
    resource: key.arn,
    resourceAccount: key.account,
    resourceTags: key.tags,
    resourcePolicy: policyDocument(key.policy),
    kmsGrants: grantsOf(call, key).map(asIamGrant),
    context: {
      ...callerContext(call),
      'kms:ResourceAliases': aliasesOf(call, key).map((alias) => alias.name),
      ...context,
    },
  }
}

/** Condition keys of every KMS call (KMS Developer Guide, "AWS KMS condition keys"). */
export function callerContext(call: Call): Context {
  return { 'kms:CallerAccount': callerAccount(call.principal), 'kms:ViaService': call.via }
}

/** kms:EncryptionContext:<key>, kms:EncryptionContextKeys and kms:EncryptionAlgorithm of a cryptographic call. */
export function cryptoContext(encryptionContext: Readonly<Record<string, string>> | undefined): Context {
  const pairs = Object.entries(encryptionContext ?? {})
  return {
    'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
    ...Object.fromEntries(pairs.map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
    ...(pairs.length > 0 ? { 'kms:EncryptionContextKeys': pairs.map(([name]) => name) } : {}),
  }
}

export function asIamGrant(grant: GrantRow): KmsGrant {
  return {
    granteePrincipal: grant.granteePrincipal,
    operations: grant.operations,
    ...(grant.constraints ? { constraints: grant.constraints } : {}),
  }
}

export function callerAccount(principal: Principal): string | undefined {
  if (principal.type === 'anonymous') return undefined
  return principal.type === 'service' ? principal.sourceAccount : principal.account
}
